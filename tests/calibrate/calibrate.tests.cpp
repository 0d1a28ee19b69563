#include <catch2/catch.hpp>

#include <cmath>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "core/calibrated/calibrated_attention.hpp"
#include "core/calibrated/kernel_traits.hpp"
#include "hwmodels/calibrate/measured_calibrations.hpp"
#include "hwmodels/calibration_profile.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/shipped_presets.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;

namespace {

Device h100() {
  return shipped(find_device(shipped_presets(), "h100-sxm"));
}

constexpr std::string_view kHeader =
    "op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,head_dim,window_tokens,q_dtype,"
    "kv_dtype,latency_us\n";

/// What a kernel with known parameters would be measured as, on the H100's data sheet.
std::string synthetic_csv(const DecodeAttentionKernel& kernel, std::string_view hardware = "h100-sxm") {
  const auto m = *machine(h100(), Compute::bf16);
  std::string csv(kHeader);
  for (const double batch : {1, 4, 16, 64, 256})
    for (const double context : {16, 128, 1024, 4096, 16384})
      for (const double kv_heads : {1, 2, 4, 8, 32}) {
        const DecodeAttentionCall call{.batch = batch, .context = context, .heads = 32, .kv_heads = kv_heads};
        const double us = decode_attention_time(kernel, m, call, CacheReuse::between_calls).total().in(units::us);
        csv += fmt::format("decode_attention,{},mine,1.0,mine,{},{},32,{},128,0,bf16,bf16,{}\n", hardware, batch,
                           context, kv_heads, us);
      }
  return csv;
}

DecodeAttentionKernel known() {
  // An unknown kernel is taken for one whose products take 16 query heads.
  return {.traits = {.product_rows = 16, .item_rows = 16},
          .parameters = {.launch_us = 6, .bandwidth_share = 0.8, .item_us = 3, .unit_stream_gb_s = 40, .split_us = 3}};
}

double value(const Calibration& c, std::string_view name) {
  for (const auto& p : c.parameters)
    if (p.name == name) return p.value;
  FAIL("no parameter " << name);
  return 0;
}

std::string slurp(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("a fit recovers the physical parameters of synthetic rows") {
  const auto file = shipped(parse_csv(synthetic_csv(known()), "synthetic.csv"));
  const auto out = shipped(measured_calibrations(file, h100(), {.source = "synthetic", .date = "2026-01-01"}));
  REQUIRE(out.calibrations.size() == 1);
  const auto& c = out.calibrations.front();
  CHECK(c.key == CalibrationKey{"decode_attention", "h100-sxm", "mine", "mine", "", "bf16"});
  CHECK(c.framework_version == "1.0");
  CHECK(value(c, "launch_us") == Approx(6).epsilon(0.05));
  CHECK(value(c, "bandwidth_share") == Approx(0.8).epsilon(0.02));
  CHECK(value(c, "item_us") == Approx(3).epsilon(0.05));
  // Rows without noise leave next to no error, also on configurations apart.
  for (const auto& e : c.errors) {
    CAPTURE(e.rows_of);
    CHECK(e.median_percent < 1);
  }
  CHECK(out.accuracy.front().unseen.rows > 50);
  CHECK(out.accuracy.front().covered_percent > 80);
}

TEST_CASE("what is fitted is stored, read, and predicts the rows it came from") {
  const auto file = shipped(parse_csv(synthetic_csv(known()), "synthetic.csv"));
  const auto out = shipped(measured_calibrations(file, h100(), {.source = "synthetic", .date = "2026-01-01"}));
  const auto read = shipped(parse_calibrations(calibrations_json(out.calibrations), "x.json"));
  CHECK(read == out.calibrations);
  const auto calibrated = shipped(calibrated_decode_attention(read.front()));
  const auto m = *machine(h100(), Compute::bf16);
  const DecodeAttentionCall call{.batch = 32, .context = 2048, .heads = 32, .kv_heads = 4};
  const auto t = predicted(calibrated, m, call, CacheReuse::between_calls);
  CHECK(t.grade == Grade::calibrated);
  CHECK(t.time.in(units::us) ==
        Approx(decode_attention_time(known(), m, call, CacheReuse::between_calls).total().in(units::us)).epsilon(0.02));
  CHECK(t.low < t.high);
}

TEST_CASE("rows of other devices and operators are left out with a note, nothing left is an error") {
  auto csv = synthetic_csv(known()) + synthetic_csv(known(), "l40s").substr(kHeader.size());
  const auto out = shipped(measured_calibrations(shipped(parse_csv(csv, "m.csv")), h100(), {}));
  CHECK(out.notes == std::vector<std::string>{"rows of l40s are left out"});
  CHECK(out.accuracy.front().fitted.rows == 125);

  const auto none = measured_calibrations(shipped(parse_csv(synthetic_csv(known(), "l40s"), "m.csv")), h100(), {});
  REQUIRE_FALSE(none.has_value());
  CHECK(error_lines(none.error()) == "--hardware m.csv has no rows of 'h100-sxm' (it has rows of l40s)\n");
}

TEST_CASE("a kernel with fewer rows than twice its parameters is not fitted") {
  std::string csv(kHeader);
  for (int i = 1; i <= 20; ++i)
    csv += fmt::format("decode_attention,h100-sxm,mine,1,mine,{},128,8,8,128,0,bf16,bf16,{}\n", i, 10 + i);
  const auto few = measured_calibrations(shipped(parse_csv(csv, "m.csv")), h100(), {});
  REQUIRE_FALSE(few.has_value());
  CHECK_THAT(error_lines(few.error()), Catch::StartsWith("m.csv holds too few rows of every kernel") &&
                                           Catch::Contains("20 rows, a fit needs 26"));
}

TEST_CASE("calibrate writes a file that the same rows write again, and prints errors by group") {
  const test::TemporaryFolder folder;
  const auto csv = folder.write("m.csv", synthetic_csv(known())).string();
  const std::vector<std::string> command{"calibrate", csv,      "--hardware", "h100-sxm", "--source",
                                         "synthetic", "--date", "2026-01-01", "-o",       (folder / "a.json").string(),
                                         "--csv"};
  const auto first = tests::run(command);
  CHECK(first.err.empty());
  REQUIRE(first.code == cli::Exit::ok);
  CHECK_THAT(first.out, Catch::StartsWith("group,name,fitted_rows,") && Catch::Contains("\nattention,MHA,25,") &&
                            Catch::Contains("\nattention,MQA,25,") && Catch::Contains("\nkernel,mine mine bf16,125,"));
  auto second = command;
  second[9] = (folder / "b.json").string();
  CHECK(tests::run(second).out == first.out);
  CHECK(slurp(folder / "a.json") == slurp(folder / "b.json"));
  CHECK(load_calibrations(folder / "a.json").has_value());
}

TEST_CASE("calibrate refuses what it cannot read and writes nothing") {
  const test::TemporaryFolder folder;
  const auto output = (folder / "a.json").string();
  auto csv = synthetic_csv(known());
  csv += "decode_attention,h100-sxm,mine,1,mine,many,128,8,8,128,0,bf16,bf16,10\n";
  const auto bad = tests::run({"calibrate", folder.write("m.csv", csv).string(), "--hardware", "h100", "-o", output});
  CHECK(bad.code == cli::Exit::unsupported);
  CHECK_THAT(bad.err, Catch::Contains("m.csv:127:6") && Catch::Contains("'many'"));
  CHECK_FALSE(std::filesystem::exists(output));
  CHECK(tests::run({"calibrate", "nonesuch.csv", "--hardware", "h100", "-o", output}).code == cli::Exit::file);
  CHECK(tests::run({"calibrate", "nonesuch.csv", "--hardware", "h1000", "-o", output}).code == cli::Exit::usage);
  CHECK(tests::run({"calibrate", "nonesuch.csv", "--hardware", "h100"}).code == cli::Exit::usage);
  CHECK(tests::run({"calibrate", "nonesuch.csv", "--hardware", "h100", "-o", output, "--holdout", "95%"}).code ==
        cli::Exit::usage);
}
