/// Published measurements against the roofs, group by group. The files lie beside the repository.

#include <filesystem>
#include <map>

#include <catch2/catch.hpp>

#include "hwmodels/validation.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

/// What holds for one op, with room for another sample of the same tables. `faster`: share of rows below their roof.
struct Expected {
  double roofline_median = 0;  ///< APE, percent
  double fitted_median = 0;    ///< of the two-parameter roofline
  double faster = 0;
};

const std::map<std::string, Expected, std::less<>> kExpected{{"decode_attention", {93, 13, 0.03}},
                                                             {"prefill_attention", {93, 22, 0.01}},
                                                             {"mla_decode", {94, 13, 0.005}},
                                                             {"gemm", {73, 16, 0.02}},
                                                             {"moe", {79, 26, 0.03}},
                                                             {"all_reduce", {95, 15, 0.01}},
                                                             {"end_to_end", {93, 40, 0.02}}};

}  // namespace

TEST_CASE("validation: published kernels stay above their roofs, which a fitted line then follows", "[validation]") {
  const std::filesystem::path folder = std::filesystem::path(ROOFCAST_SHARED_DIR) / "measured";
  if (!std::filesystem::exists(folder)) {
    WARN("no measured files at " << folder.string() << ": nothing was validated");
    return;
  }
  ValidationRequest request{.roots = shipped_presets()};
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".csv" && entry.path().stem() != "vllm_kv_cases")
      request.files.push_back(entry.path());
  const auto run = validate(request);
  if (!run) FAIL(error_lines(run.error()));
  const auto& v = run->validation;

  std::map<std::string_view, std::pair<int, int>> faster;  // of how many
  for (const auto& r : v.rows) {
    auto& [below, all] = faster[op(r.row.call)];
    if (r.below_roof) ++below;
    ++all;
  }
  for (const auto& s : v.scores) {
    if (s.grouping != "op") continue;
    const auto name = measured_ops()[s.op];
    CAPTURE(name, s.figure);
    const auto& expected = kExpected.find(name)->second;
    CHECK(s.roofline.median_percent < expected.roofline_median);
    REQUIRE(s.two_parameters);
    CHECK(s.two_parameters->median_percent < expected.fitted_median);
    CHECK(faster[name].first <= expected.faster * faster[name].second);
  }
  // MHA, GQA and MQA differ in the KV heads that are read; one formula holds for all of them.
  for (const auto& s : v.scores)
    if (s.grouping == "variant" && measured_ops()[s.op] == "decode_attention") {
      CAPTURE(s.group);
      CHECK(s.two_parameters->median_percent < 16);
    }
  // Deployments that cannot be (tp 72 of 128 heads) are the only serving runs without a prediction.
  CHECK(v.predicted() + 60 > v.rows.size());
}
