#pragma once

#include <span>
#include <vector>

#include "core/decode_columns.hpp"
#include "core/sweep_config.hpp"

namespace roofcast {

/// The points of one deployment at one length, one column per figure: [batch]. Of batches beyond `max_batch_memory`,
/// which do not fit, the figures mean nothing.
struct SweepBlock {
  LengthFigures length{};
  StepColumns step{};
  std::vector<double> low{};   ///< s, of the step (S4)
  std::vector<double> high{};  ///< likewise; infinity: not known
  std::vector<double> tpot{};  ///< s, what a user waits for a token: the step, in a stream also prompts (S3)
  std::vector<double> ttft{};  ///< s, for the first one: a prompt alone, or in a stream (S2)
  std::vector<double> tokens_s_user{};
  std::vector<double> tokens_s{};  ///< all replicas
  std::vector<double> tokens_s_gpu{};

  void resize(std::size_t batches);
};

/// Whether blocks hold the points of this deployment under such requests: all but drafts, links with latency, uneven
/// experts, prompts read elsewhere, arrivals, and lengths that vary.
[[nodiscard]] bool block_holds(const SweepConfig& config, const Workload& w);

/// One deployment at many batches: evaluates their points at one length after the other.
class BatchAxis {
 public:
  BatchAxis() = default;
  /// @pre `config`, which must outlive it, can be; every batch is >= 1.
  BatchAxis(const SweepConfig& config, std::span<const double> batches);

  [[nodiscard]] const std::vector<double>& batches() const { return batches_; }
  /// The points at the lengths of `w`, whose figures are `length`. `out` is used again: nothing is allocated anew.
  void evaluate(const Workload& w, const LengthFigures& length, SweepBlock& out) const;

 private:
  void add_range(double tokens, SweepBlock& out) const;
  void add_stream(const Workload& w, SweepBlock& out) const;

  const SweepConfig* config_ = nullptr;
  std::vector<double> batches_{};
  DecodeColumns columns_{};
};

/// The points of all `contexts` x `batches` of one deployment: a block per context. @pre as for BatchAxis.
[[nodiscard]] std::vector<SweepBlock> sweep_blocks(const SweepConfig& config, std::span<const double> contexts,
                                                   std::span<const double> batches);

}  // namespace roofcast
