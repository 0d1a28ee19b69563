#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/calibrated/serving_pace.hpp"
#include "core/device.hpp"
#include "core/step_plan.hpp"
#include "core/topology.hpp"

namespace roofcast {

/// The roofs of one device as the step model needs them: one memory roof, one compute roof per
/// number type, one network roof.
struct DeviceRoofs {
  BytesPerSecond bandwidth{};
  std::array<FlopsPerSecond, 5> compute{};  ///< indexed by Compute
  BytesPerSecond link{};                    ///< of the tp group; 0: not known; network is then left out
  std::optional<ServingPace> pace{};        ///< how an engine's kernels fall short of the roofs; absent: they do not
  Seconds link_latency{};                   ///< of one collective of the tp group, besides its bytes
  std::optional<LinkRoof> stage_link{};     ///< between pipeline stages; absent: as the tp group's
  std::optional<LinkRoof> expert_link{};    ///< between expert ranks of different replicas; likewise
  std::optional<LinkRoof> context_link{};   ///< between ranks that share a sequence's rows (T6); likewise

  /// The same without a pace: what no engine beats.
  [[nodiscard]] DeviceRoofs datasheet() const {
    DeviceRoofs r = *this;
    r.pace.reset();
    return r;
  }
  [[nodiscard]] LinkRoof link_of(OperatorKind kind) const {
    const LinkRoof group{link, link_latency};
    if (kind == OperatorKind::send) return stage_link.value_or(group);
    if (kind == OperatorKind::context_exchange) return context_link.value_or(group);
    return kind == OperatorKind::all_to_all ? expert_link.value_or(group) : group;
  }
  /// What an operator of this number type runs into; a link that is not known takes no time.
  [[nodiscard]] Roof roof(Compute c) const {
    constexpr BytesPerSecond kNoEnd{std::numeric_limits<double>::infinity()};
    return {bandwidth, compute[static_cast<std::size_t>(c)], link > BytesPerSecond{} ? link : kNoEnd};
  }
  /// The same with the links that this kind of operator meets.
  [[nodiscard]] Roof roof(const Operator& op) const {
    Roof r = roof(op.compute);
    if (const LinkRoof met = link_of(op.kind); met.bandwidth > BytesPerSecond{}) r.link = met.bandwidth;
    return r;
  }
  /// The same with `times` the bandwidth of every link.
  [[nodiscard]] DeviceRoofs with_links(double times) const;
};

/// Datasheet roofs for a deployment, each group of ranks with the links that it meets (T1-T6). Without a pace.
[[nodiscard]] DeviceRoofs device_roofs(const Device& device, const Deployment& d);

/// One operator of a step: all its layers together.
struct StepPart {
  std::string_view name;
  OperatorKind kind = OperatorKind::gemm;
  double count = 0;   ///< layers
  Traffic traffic{};  ///< of all layers
  Timed timed{};      ///< of all layers
};

/// A step keeps its parts, so that every front end can explain the total.
struct Step {
  std::vector<StepPart> parts{};

  [[nodiscard]] Seconds time() const;  ///< (D6) sum of the parts
  [[nodiscard]] Cost cost() const;     ///< sum of the parts: one rank through all stages
  [[nodiscard]] Bound bound() const;   ///< the roof that holds most of the time
};

/// (D6) A token's way through the stages takes the sum of them, or, when that is longer, a turn of the largest stage
/// for each of the micro-batches that circulate: how many times the sum.
[[nodiscard]] inline double decode_imbalance(const StepPlan& plan, double batch) {
  const double in_flight = std::min<double>(batch, plan.pp);
  return std::max(1.0, in_flight / plan.pp * plan.stage_imbalance);
}
/// Sequences that a stage decodes together.
[[nodiscard]] inline double micro_batch(const StepPlan& plan, double batch) {
  return std::max(1.0, batch / plan.pp);
}

/// (D6) One decode step: every sequence of the batch gains a token, with drafts as many as are accepted (D11). With pp
/// stages the batch runs as min(batch, pp) micro-batches; the largest stage sets the pace once they queue there. With
/// two-batch overlap halves of a micro-batch take turns (D14), and the time of tokens on their way is what they do not
/// hide.
/// @pre load.batch >= 1, load.context >= 1.
[[nodiscard]] Step decode_step(const StepPlan& plan, const DeviceRoofs& roofs, const Load& load);

/// Time and bound of decode_step without the parts: what sweeps and searches call.
struct StepTime {
  Seconds time{};
  Cost cost{};
  Bound bound = Bound::memory;
};
/// The same for many batches at once: core/decode_columns.hpp.
[[nodiscard]] StepTime decode_time(const StepPlan& plan, const DeviceRoofs& roofs, const Load& load);

/// (D8) Prefill of one prompt of `tokens` tokens in chunks of at most `chunk_tokens`; the rows of its first `cached`
/// tokens are there already. @pre cached < tokens
[[nodiscard]] Step prefill_step(const StepPlan& plan, const DeviceRoofs& roofs, double tokens, double chunk_tokens,
                                double cached = 0);
[[nodiscard]] StepTime prefill_time(const StepPlan& plan, const DeviceRoofs& roofs, double tokens, double chunk_tokens,
                                    double cached = 0);

}  // namespace roofcast
