#include "core/decode_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace roofcast {
namespace {

/// Work of the engine's host, which no operator contains.
constexpr Operator kHost{.name = "host_overhead", .kind = OperatorKind::elementwise, .count = 1};

/// How operators of a decode step or a prefill take time, and what the host adds.
class Clock {
 public:
  static Clock of_decode(const DeviceRoofs& roofs, const Load& load) {
    Clock c{roofs};
    if (roofs.pace) c.host_ = roofs.pace->step_host + load.batch * roofs.pace->sequence_host;
    return c;
  }
  /// A prompt alone: the roofline over the share that prompts reach (S2).
  static Clock of_prefill(const DeviceRoofs& roofs) {
    Clock c{roofs};
    if (!roofs.pace) return c;
    c.host_ = roofs.pace->first_token_host;
    c.prefill_share_ = roofs.pace->first_token_share;
    return c;
  }
  [[nodiscard]] Timed timed(const Operator& op, const Cost& cost) const {
    const Roof roof = roofs_.roof(op.compute);
    if (roofs_.pace && !prefill_share_) return paced(op, cost, roof, *roofs_.pace);
    Timed t = roofline(cost, roof);
    if (prefill_share_) t.time = t.time / *prefill_share_;
    return t;
  }
  [[nodiscard]] Seconds host() const { return host_; }

 private:
  explicit Clock(const DeviceRoofs& roofs) : roofs_{roofs} {}

  const DeviceRoofs& roofs_;
  std::optional<double> prefill_share_{};
  Seconds host_{};
};

/// Calls `visit(operator, traffic of all its layers, timed of all its layers)` for each operator, then for the
/// host, if it takes time, and for the pipeline bubble, if any, which counts for the roof that holds most of the
/// rest. The one loop behind steps with parts and steps without.
template <class TrafficOf, class Visit>
void visit_step(const StepPlan& plan, const Clock& clock, double imbalance, TrafficOf traffic_of, Visit visit) {
  std::array<Seconds, kBounds> held{};
  for (const Operator& op : plan.operators) {
    Traffic t = traffic_of(op);
    Timed timed = clock.timed(op, t.cost());
    timed.time = op.count * timed.time;
    t.weights *= op.count;
    t.cache *= op.count;
    t.activations *= op.count;
    t.network *= op.count;
    t.flops *= op.count;
    held[static_cast<std::size_t>(timed.bound)] += timed.time;
    visit(op, t, timed);
  }
  if (clock.host() > Seconds{}) visit(kHost, Traffic{}, Timed{clock.host(), Bound::overhead});
  if (imbalance > 1) {
    static constexpr Operator kBubble{.name = "pipeline_bubble", .kind = OperatorKind::send, .count = 1};
    const auto bound = static_cast<Bound>(std::ranges::max_element(held) - held.begin());
    Seconds all{};
    for (const Seconds h : held) all += h;
    visit(kBubble, Traffic{}, Timed{(imbalance - 1) * all, bound});
  }
}

struct Totals {
  std::array<double, kBounds> by_bound{};
  StepTime step{};

  void add(const Traffic& t, const Timed& timed) {
    step.time += timed.time;
    step.cost = step.cost + t.cost();
    by_bound[static_cast<std::size_t>(timed.bound)] += timed.time.in(units::s);
  }
  [[nodiscard]] StepTime result() const {
    StepTime r = step;
    r.bound = static_cast<Bound>(std::ranges::max_element(by_bound) - by_bound.begin());
    return r;
  }
};

template <class TrafficOf>
Step with_parts(const StepPlan& plan, const Clock& clock, double imbalance, TrafficOf traffic_of) {
  Step step;
  visit_step(plan, clock, imbalance, traffic_of, [&](const Operator& op, const Traffic& t, const Timed& timed) {
    step.parts.push_back({op.name, op.kind, op.count, t, timed});
  });
  return step;
}

template <class TrafficOf>
StepTime without_parts(const StepPlan& plan, const Clock& clock, double imbalance, TrafficOf traffic_of) {
  Totals totals;
  visit_step(plan, clock, imbalance, traffic_of,
             [&](const Operator&, const Traffic& t, const Timed& timed) { totals.add(t, timed); });
  return totals.result();
}

Load micro_load(const StepPlan& plan, const Load& load) {
  return {.batch = micro_batch(plan, load.batch), .context = load.context};
}

}  // namespace

DeviceRoofs device_roofs(const Device& device, const Deployment& d) {
  DeviceRoofs r{.bandwidth = device.bandwidth};
  for (std::size_t i = 0; i < r.compute.size(); ++i)
    r.compute[i] = peak_rate(device, static_cast<Compute>(i)).value_or(FlopsPerSecond{});
  const bool inside = d.tp * d.pp <= device.link_domain && device.link > BytesPerSecond{};
  r.link = inside ? device.link : device.pcie;
  return r;
}

Seconds Step::time() const {
  Seconds sum{};
  for (const auto& p : parts) sum += p.timed.time;
  return sum;
}

Cost Step::cost() const {
  Cost sum{};
  for (const auto& p : parts) sum = sum + p.traffic.cost();
  return sum;
}

Bound Step::bound() const {
  Totals totals;
  for (const auto& p : parts) totals.add(p.traffic, p.timed);
  return totals.result().bound;
}

Step decode_step(const StepPlan& plan, const DeviceRoofs& roofs, const Load& load) {
  const Load micro = micro_load(plan, load);
  return with_parts(plan, Clock::of_decode(roofs, load), decode_imbalance(plan, load.batch),
                    [&](const Operator& op) { return decode_traffic(op, micro); });
}

StepTime decode_time(const StepPlan& plan, const DeviceRoofs& roofs, const Load& load) {
  const Load micro = micro_load(plan, load);
  return without_parts(plan, Clock::of_decode(roofs, load), decode_imbalance(plan, load.batch),
                       [&](const Operator& op) { return decode_traffic(op, micro); });
}

Step prefill_step(const StepPlan& plan, const DeviceRoofs& roofs, double tokens, double chunk_tokens) {
  const double chunks = std::ceil(tokens / chunk_tokens);
  return with_parts(plan, Clock::of_prefill(roofs), 1.0,
                    [&](const Operator& op) { return prefill_traffic(op, tokens, chunks); });
}

StepTime prefill_time(const StepPlan& plan, const DeviceRoofs& roofs, double tokens, double chunk_tokens) {
  const double chunks = std::ceil(tokens / chunk_tokens);
  return without_parts(plan, Clock::of_prefill(roofs), 1.0,
                       [&](const Operator& op) { return prefill_traffic(op, tokens, chunks); });
}

}  // namespace roofcast
