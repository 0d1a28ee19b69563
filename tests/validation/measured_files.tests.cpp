/// Every published measurement file is read whole. The files lie beside the repository.

#include <filesystem>
#include <map>

#include <catch2/catch.hpp>

#include "hwmodels/measurements.hpp"

using namespace roofcast;

TEST_CASE("measurements: every published file is read whole, each row as the op it says") {
  const std::filesystem::path folder = std::filesystem::path(ROOFCAST_SHARED_DIR) / "measured";
  if (!std::filesystem::exists(folder)) {
    WARN("no measured files at " << folder.string() << ": nothing was read");
    return;
  }
  std::map<std::string, std::size_t> rows_of_op;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    // A raw collection, not in the form of measurement files.
    if (entry.path().extension() != ".csv" || entry.path().stem() == "vllm_kv_cases") continue;
    INFO(entry.path().string());
    const auto file = read_csv_file(entry.path());
    REQUIRE(file);
    const auto rows = measurements(*file);
    REQUIRE(rows);
    CHECK(rows->size() == file->records());
    for (const auto& row : *rows) {
      ++rows_of_op[std::string(op(row.call))];
      if (!row.problem.empty()) FAIL_CHECK(file->line(row.record) << ": " << row.problem);
    }
  }
  CHECK(rows_of_op.size() == 7);  // all but kv_capacity
  CHECK(rows_of_op["decode_attention"] > 30'000);
  CHECK(rows_of_op["gemm"] > 9'000);
}
