/// Shipped calibrations against the rows that they were fitted on, and the same held out. The files lie beside
/// the repository.

#include <filesystem>

#include <catch2/catch.hpp>

#include "hwmodels/kernel_calibrations.hpp"
#include "hwmodels/validation.hpp"

using namespace roofcast;

TEST_CASE("decode attention: shipped calibrations predict the rows of their fits, nine of ten inside the interval") {
  const auto folder = std::filesystem::path(ROOFCAST_SHARED_DIR) / "measured";
  if (!std::filesystem::exists(folder)) {
    WARN("no measured files at " << folder.string() << ": nothing was compared");
    return;
  }
  ValidationRequest request{.roots = {{std::filesystem::path(ROOFCAST_SOURCE_DIR) / "presets"}}};
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().filename().string().starts_with("decode_attention_")) request.files.push_back(entry.path());
  const auto kernels = list_kernel_calibrations(request.roots);
  REQUIRE(kernels);
  const auto predict = kernel_prediction(*kernels);
  REQUIRE(predict);
  request.calibrated = *predict;
  const auto run = validate(request);
  REQUIRE(run);
  int groups = 0;
  for (const auto& score : run->validation.scores) {
    if (score.accuracy.rows < 300) continue;
    ++groups;
    INFO(score.grouping << " " << score.group << ": median " << score.accuracy.median_percent << "%");
    CHECK(score.accuracy.median_percent < (score.grouping == "kernel" ? 16 : 9));
    CHECK(score.accuracy.median_percent < score.roofline.median_percent);
    if (score.grouping != "kernel") CHECK(score.inside_percent.value_or(0) > 86);
  }
  CHECK(groups > 20);
}
