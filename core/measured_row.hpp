#pragma once

/// Rows of measurement files as values: docs/cli.md, "Measurement CSV". `hwmodels/measurements.hpp` reads them.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/calibrated/kernel_call.hpp"
#include "core/units.hpp"

namespace roofcast {

/// A serving run at a fixed number of concurrent requests: continuous batching, prefill among the steps.
struct ServingRun {
  std::string model{};
  std::string engine{};
  std::string engine_version{};
  std::string precision{};  ///< empty: the checkpoint's own, as with the two below
  std::string gemm_dtype{};
  std::string moe_dtype{};
  double tp = 1;
  double pp = 1;
  double dp = 1;
  double moe_tp = 1;
  double ep = 1;
  double isl = 1;    ///< tokens
  double osl = 1;    ///< tokens
  double batch = 1;  ///< concurrent requests
  double ttft_ms = 0;
  double tpot_ms = 0;

  friend bool operator==(const ServingRun&, const ServingRun&) = default;
};

/// What an engine said about its KV pool when it started.
struct CacheStart {
  std::string model{};
  std::string engine{};
  std::string engine_version{};
  double gpus = 1;
  double tp = 1;
  double pp = 1;
  double memory_utilization = 0.9;
  double max_model_len = 1;             ///< tokens
  std::string weight_dtype{};           ///< empty: the checkpoint's own
  std::string kv_dtype{};               ///< empty: the model's
  std::optional<double> kv_pool_gib{};  ///< of one GPU
  std::optional<double> kv_tokens{};
  std::optional<double> max_concurrency{};

  friend bool operator==(const CacheStart&, const CacheStart&) = default;
};

using MeasuredCall = std::variant<DecodeAttentionCall, PrefillAttentionCall, MlaDecodeCall, GemmCall, MoeCall,
                                  AllReduceCall, ServingRun, CacheStart>;

/// The `op` words, in the order of MeasuredCall.
[[nodiscard]] std::span<const std::string_view> measured_ops();
[[nodiscard]] std::string_view op(const MeasuredCall& call);

/// One row. Everything in it can be read; `problem` says why nothing can be predicted for it all the same.
struct MeasuredRow {
  KernelName kernel{};
  std::string dtype{};  ///< of the cache, of the product, "query/cache" of a prompt
  MeasuredCall call{};
  double latency_us = 0;                   ///< of kernels
  int threads = 0;                         ///< of CPU kernels; 0: the file does not say
  bool cold = false;                       ///< operands come from memory in every run, not from a cache
  std::string layout{};                    ///< of a CPU's KV cache: "" a head's rows in a row, "tokens_first", "paged"
  std::optional<BytesPerSecond> memory{};  ///< what memory gave to reads beside the runs
  std::optional<double> noise{};  ///< what the middle half of the row's own runs spans, as a share of their median
  std::string problem{};          ///< "kv_dtype 'fp9' is no cache format"; empty: none is known
  std::size_t record = 0;         ///< index among the records of its file

  friend bool operator==(const MeasuredRow&, const MeasuredRow&) = default;
};

/// A row of one operator that a fit can use.
template <class Call>
struct Measured {
  KernelName kernel{};
  std::string dtype{};
  Call call{};
  double latency_us = 0;
  std::size_t record = 0;

  friend bool operator==(const Measured&, const Measured&) = default;
};

/// The rows of one operator that are free of problems, in file order.
template <class Call>
[[nodiscard]] std::vector<Measured<Call>> measured(std::span<const MeasuredRow> rows) {
  std::vector<Measured<Call>> out;
  for (const auto& row : rows)
    if (const auto* call = std::get_if<Call>(&row.call); call && row.problem.empty())
      out.push_back({row.kernel, row.dtype, *call, row.latency_us, row.record});
  return out;
}

}  // namespace roofcast
