#pragma once

#include <string>
#include <vector>

#include "cli/option_reader.hpp"
#include "hwmodels/bench/bench_run.hpp"

namespace roofcast::cli {

/// What `bench` is asked to measure.
struct BenchPlan {
  std::vector<bench::BenchPoint> points{};
  bench::BenchOptions options{};
  std::string hardware{};
};

/// Out of the flags. Problems are collected in `reader`.
[[nodiscard]] BenchPlan bench_plan(const ParsedOptions& options, OptionReader& reader);

}  // namespace roofcast::cli
