/// KV pools of start-up logs whose inputs are all stated, in the form that `validate` reads.

#include <catch2/catch.hpp>

#include <filesystem>

#include "hwmodels/validation.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

TEST_CASE("validation: pools of known inputs come out within 2% in the median, none above by a tenth (M6, M10, M11)") {
  ValidationRequest request{.roots = shipped_presets()};
  request.files.emplace_back(std::filesystem::path(ROOFCAST_SOURCE_DIR) / "tests/data/kv_capacity.csv");
  const auto run = validate(request);
  if (!run) FAIL(error_lines(run.error()));
  REQUIRE(run->validation.predicted() == 6);
  for (const auto& s : run->validation.scores)
    if (s.grouping == "op" && s.figure == 0) {
      CHECK(s.accuracy.median_percent < 2);
      CHECK(s.accuracy.max_percent < 10);
    }
}
