#pragma once

#include <optional>
#include <string>

#include "core/grade.hpp"
#include "core/sweep_row.hpp"

namespace roofcast {

/// A row of a sweep's CSV as charts need it; an empty cell is absent.
struct SweepRecord {
  std::string model{};
  std::string attention{};
  std::string hardware{};
  std::string engine{};
  std::string weight_dtype{};
  std::string kv_dtype{};
  double tp = 1, pp = 1, ep = 1, dp = 1, dcp = 1;
  double prefill = 0;  ///< replicas that read prompts
  double gpus = 1;
  std::optional<double> isl{};
  std::optional<double> osl{};
  double context = 0;
  double prefix_hit = 0;
  double draft_tokens = 0;
  double acceptance = 0;
  std::optional<double> requests_s{};  ///< that arrive
  double batch = 0;                    ///< of one replica; 0: nothing fits
  std::optional<double> max_batch_memory{};
  std::optional<double> weights_gib{};  ///< of one GPU
  std::optional<double> kv_gib{};       ///< of one GPU, at this batch
  std::optional<double> step_ms{};
  std::optional<double> step_low_ms{};
  std::optional<double> step_high_ms{};
  std::optional<double> tokens_s_user{};
  std::optional<double> tokens_s{};
  std::optional<double> tokens_s_gpu{};
  std::optional<double> flops{};      ///< of a step
  std::optional<double> intensity{};  ///< FLOP per byte of it
  std::optional<double> usd_mtok{};
  std::optional<double> tpot_ms{};
  std::optional<double> ttft_ms{};
  Grade grade = Grade::theoretical;
  PointStatus status = PointStatus::ok;
  std::string reason{};

  friend bool operator==(const SweepRecord&, const SweepRecord&) = default;
};

}  // namespace roofcast
