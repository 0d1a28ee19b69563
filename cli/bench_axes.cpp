#ifdef ROOFCAST_HAS_KERNELS

#include "cli/bench_axes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "core/nearest_name.hpp"
#include "hwmodels/bench/bench_grid.hpp"
#include "hwmodels/bench/gpu_bench.hpp"
#include "hwmodels/probe/cpu_caches.hpp"
#include "hwmodels/probe/gpu_profile.hpp"
#include "hwmodels/usable_cpus.hpp"

namespace roofcast::cli {
namespace {

constexpr std::int64_t kMostValues = 10'000;  // on one axis: each point is measured for a while
constexpr double kLargest = 2'000'000'000;    // sizes are ints
constexpr double kMostBenchPoints = 100'000;
constexpr std::array kAttentionAxes{"heads",      "kv-heads", "head-dim", "window", "kv-dtype",
                                    "block-size", "kv-order", "batch",    "context"};
constexpr std::array kMatrixAxes{"m", "n", "k", "dtype"};

std::vector<int> whole_numbers(OptionReader& reader, std::string_view option, ValueKind kind, double min) {
  const auto list = reader.values(option, kind, {.min = min, .max = kLargest});
  if (!list) return {};
  if (list->count() > kMostValues) {
    reader.add_usage_error(fmt::format("--{}", option),
                           fmt::format("{} values; at most {}", list->count(), kMostValues));
    return {};
  }
  std::vector<int> values;
  for (std::int64_t i = 0; i < list->count(); ++i) values.push_back(static_cast<int>(list->at(i)));
  return values;
}

/// Words that `find` knows; others are errors with the nearest of `names`.
template <class Value>
std::vector<Value> named_values(OptionReader& reader, std::string_view option, const std::vector<std::string>& names,
                                std::optional<Value> (*find)(std::string_view)) {
  std::vector<Value> values;
  for (const auto& word : reader.words(option)) {
    if (const auto value = find(word)) {
      values.push_back(*value);
      continue;
    }
    reader.add_usage_error(fmt::format("--{}", option),
                           fmt::format("'{}' is not one of {}", word, fmt::join(names, ", ")),
                           did_you_mean(word, names));
  }
  return values;
}

std::optional<kernels::KvOrder> find_order(std::string_view word) {
  if (word == "heads_first") return kernels::KvOrder::heads_first;
  if (word == "tokens_first") return kernels::KvOrder::tokens_first;
  return std::nullopt;
}

/// An axis of the other operator would be ignored silently.
template <std::size_t N>
void refuse(const std::array<const char*, N>& axes, const ParsedOptions& options, OptionReader& reader) {
  for (const char* axis : axes)
    if (options.given(axis))
      reader.add_usage_error(fmt::format("--{}", axis), fmt::format("not an axis of --op {}", options.text("op")));
}

/// Points of the axes, unless there are more than anybody would wait for.
template <class Axes, class... Lists>
std::vector<bench::BenchPoint> some_points(OptionReader& reader, const Axes& axes, const Lists&... lists) {
  const double count = (static_cast<double>(lists.size()) * ...);
  if (count <= kMostBenchPoints) return points_of(axes);
  reader.add_usage_error("--op", fmt::format("{:.0f} points; at most {:.0f}", count, kMostBenchPoints));
  return {};
}

std::vector<bench::BenchPoint> attention_points(OptionReader& reader) {
  const bench::AttentionAxes a{
      .heads = whole_numbers(reader, "heads", ValueKind::count, 1),
      .kv_heads = whole_numbers(reader, "kv-heads", ValueKind::count, 1),
      .head_dims = whole_numbers(reader, "head-dim", ValueKind::count, 1),
      .windows = whole_numbers(reader, "window", ValueKind::tokens, 0),
      .elements = named_values<kernels::KvElement>(reader, "kv-dtype", {"fp32", "bf16", "fp16", "int8"},
                                                   &kernels::find_kv_element),
      .page_tokens = whole_numbers(reader, "block-size", ValueKind::tokens, 0),
      .orders = named_values<kernels::KvOrder>(reader, "kv-order", {"heads_first", "tokens_first"}, &find_order),
      .batches = whole_numbers(reader, "batch", ValueKind::count, 1),
      .contexts = whole_numbers(reader, "context", ValueKind::tokens, 1)};
  return some_points(reader, a, a.heads, a.kv_heads, a.head_dims, a.windows, a.elements, a.page_tokens, a.orders,
                     a.batches, a.contexts);
}

std::vector<bench::BenchPoint> matrix_points(OptionReader& reader) {
  const bench::MatrixAxes a{.m = whole_numbers(reader, "m", ValueKind::count, 1),
                            .n = whole_numbers(reader, "n", ValueKind::count, 1),
                            .k = whole_numbers(reader, "k", ValueKind::count, 1),
                            .elements = named_values<kernels::MatrixElement>(reader, "dtype", {"fp32", "bf16", "int8"},
                                                                             &kernels::find_matrix_element)};
  return some_points(reader, a, a.m, a.n, a.k, a.elements);
}

/// A device of a driver instead of the CPU.
void choose_gpu(const ParsedOptions& options, OptionReader& reader, BenchPlan& plan) {
  for (const char* option : {"threads", "simd"})
    if (options.given(option))
      reader.add_usage_error(fmt::format("--{}", option), fmt::format("not for --device {}", options.text("device")));
  plan.options.gpu = reader.take(kernels::find_gpu_device(options.text("device")));
  if (!plan.options.gpu) return;
  plan.options.cache = std::max(64 * units::MiB, 2 * plan.options.gpu->cache);
  if (!options.given("hardware")) plan.hardware = probe::gpu_profile_id(*plan.options.gpu);
}

void check_kernel(const ParsedOptions& options, const BenchPlan& plan, OptionReader& reader) {
  if (!options.given("kernel") || (plan.options.gpu && options.text("op") == "gemm")) return;
  std::string kernel(options.text("op") == "gemm" ? bench::kCpuMatrixKernel : bench::kCpuAttentionKernel);
  if (plan.options.gpu) kernel = bench::gpu_attention_kernel(plan.options.gpu->api);
  if (options.text("kernel") == kernel) return;
  reader.add({{"--kernel", fmt::format("'{}' is not a kernel of --op {}", options.text("kernel"), options.text("op")),
               fmt::format("use {}", kernel)}});
}

}  // namespace

BenchPlan bench_plan(const ParsedOptions& options, OptionReader& reader) {
  BenchPlan plan{.hardware = options.text("hardware")};
  const bool gemm = options.text("op") == "gemm";
  if (gemm)
    refuse(kAttentionAxes, options, reader);
  else
    refuse(kMatrixAxes, options, reader);
  plan.points = gemm ? matrix_points(reader) : attention_points(reader);
  const auto threads = reader.count("threads", {.min = 1, .max = 1024});
  const auto longest = reader.time("time");
  const auto caches = probe::read_cpu_caches("/sys/devices/system/cpu/cpu0/cache");
  plan.options = {.threads = static_cast<int>(threads.value_or(usable_cpu_count())),
                  .cold = options.given("cold"),
                  .cache = std::max(64 * units::MiB, 2 * caches.l3),
                  .repeats = {.patience = 4}};
  if (longest) plan.options.repeats.budget = *longest;
  if (options.text("device") != "cpu") choose_gpu(options, reader, plan);
  check_kernel(options, plan, reader);
  return plan;
}

}  // namespace roofcast::cli

#endif
