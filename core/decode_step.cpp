#include "core/decode_step.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

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
  static Clock of_prefill(const DeviceRoofs& roofs, double chunks) {
    Clock c{roofs};
    c.passes_ = chunks;
    c.decodes_ = false;
    if (!roofs.pace) return c;
    c.host_ = roofs.pace->first_token_host;
    c.prefill_share_ = roofs.pace->first_token_share;
    return c;
  }
  [[nodiscard]] Timed timed(const Operator& op, const Cost& cost) const {
    const Roof roof = roofs_.roof(op);
    if (roofs_.pace && !prefill_share_) return with_latency(op, cost, paced(op, cost, roof, *roofs_.pace));
    Timed t = roofline(cost, roof);
    if (prefill_share_) t.time = t.time / *prefill_share_;
    return with_latency(op, cost, t);
  }
  [[nodiscard]] Seconds host() const { return host_; }
  /// How often the draft model runs: once for each draft of a step, once over a prompt.
  [[nodiscard]] double draft_passes(const StepPlan& plan) const { return decodes_ ? plan.draft_steps : 1; }

 private:
  explicit Clock(const DeviceRoofs& roofs) : roofs_{roofs} {}

  /// Messages between units of a system, once for every pass over the weights.
  [[nodiscard]] Timed with_latency(const Operator& op, const Cost& cost, Timed t) const {
    if (op.messages <= 0 || cost.network <= Bytes{}) return t;
    const Seconds latency = passes_ * op.messages * roofs_.link_of(op.kind).latency;
    if (latency > t.time) t.bound = Bound::network;
    t.time += latency;
    return t;
  }

  const DeviceRoofs& roofs_;
  double passes_ = 1;
  bool decodes_ = true;
  std::optional<double> prefill_share_{};
  Seconds host_{};
};

void scale(Traffic& t, double times) {
  t.weights *= times;
  t.cache *= times;
  t.activations *= times;
  t.network *= times;
  t.flops *= times;
}

void add(Traffic& sum, const Traffic& t) {
  sum.weights += t.weights;
  sum.cache += t.cache;
  sum.activations += t.activations;
  sum.network += t.network;
  sum.flops += t.flops;
}

/// Whose tokens an operator computes: the model's, which verifies drafts, or the draft model's.
enum class Role { verifies, drafts };
constexpr Role kVerifies = Role::verifies, kDrafts = Role::drafts;

constexpr Operator kDraft{.name = "draft_model", .kind = OperatorKind::gemm, .count = 1};

/// All passes of the draft model as one part, which counts for the roof that holds most of it.
template <class TrafficOf>
std::pair<Traffic, Timed> drafted(const StepPlan& plan, const Clock& clock, TrafficOf traffic_of) {
  Traffic sum;
  Timed all;
  std::array<Seconds, kBounds> held{};
  for (const Operator& op : plan.draft) {
    Traffic t = traffic_of(op, kDrafts);
    const Timed timed = clock.timed(op, t.cost());
    const double count = op.count * clock.draft_passes(plan);
    scale(t, count);
    add(sum, t);
    held[static_cast<std::size_t>(timed.bound)] += count * timed.time;
    all.time += count * timed.time;
  }
  all.bound = static_cast<Bound>(std::ranges::max_element(held) - held.begin());
  return {sum, all};
}

/// How the operators of a step come up: once, or in turns of parts of the batch.
struct Turning {
  double count = 1;
  double exposed = 1;  ///< share of the exchange with other replicas that takes time

  /// What follows the layers is done for the whole batch.
  [[nodiscard]] double times(const Operator& op) const { return op.last_token_only ? 1 : count; }
  [[nodiscard]] double share(const Operator& op) const { return op.kind == OperatorKind::all_to_all ? exposed : 1; }
};

/// Calls `visit(operator, traffic of all its layers, timed of all its layers)` for each operator, then for the
/// host, if it takes time, and for the pipeline bubble, if any, which counts for the roof that holds most of the
/// rest. The one loop behind steps with parts and steps without.
template <class TrafficOf, class Visit>
void visit_step(const StepPlan& plan, const Clock& clock, const Turning& turning, double imbalance,
                TrafficOf traffic_of, Visit visit) {
  std::array<Seconds, kBounds> held{};
  for (const Operator& op : plan.operators) {
    Traffic t = traffic_of(op, kVerifies);
    Timed timed = clock.timed(op, t.cost());
    const double times = op.count * turning.times(op);
    timed.time = turning.share(op) * times * timed.time;
    scale(t, times);
    held[static_cast<std::size_t>(timed.bound)] += timed.time;
    visit(op, t, timed);
  }
  if (!plan.draft.empty()) {
    const auto [t, timed] = drafted(plan, clock, traffic_of);
    held[static_cast<std::size_t>(timed.bound)] += timed.time;
    visit(kDraft, t, timed);
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
Step with_parts(const StepPlan& plan, const Clock& clock, const Turning& turning, double imbalance,
                TrafficOf traffic_of) {
  Step step;
  visit_step(plan, clock, turning, imbalance, traffic_of,
             [&](const Operator& op, const Traffic& t, const Timed& timed) {
               step.parts.push_back({op.name, op.kind, op.count, t, timed});
             });
  return step;
}

template <class TrafficOf>
StepTime without_parts(const StepPlan& plan, const Clock& clock, const Turning& turning, double imbalance,
                       TrafficOf traffic_of) {
  Totals totals;
  visit_step(plan, clock, turning, imbalance, traffic_of,
             [&](const Operator&, const Traffic& t, const Timed& timed) { totals.add(t, timed); });
  return totals.result();
}

/// One decode step: who takes turns in it, and what one operator sees of one turn.
class Decode {
 public:
  Decode(const StepPlan& plan, const Load& load) : plan_{plan}, load_{load}, whole_{micro_batch(plan, load.batch)} {
    if (plan.overlap == Overlap::two_batch &&
        std::ranges::find(plan.operators, OperatorKind::all_to_all, &Operator::kind) != plan.operators.end())
      turns_ = turns(whole_);
  }
  /// Drafts are made token by token and verified together.
  [[nodiscard]] Traffic operator()(const Operator& op, Role role) const {
    const bool in_turns = turns_ && role == kVerifies && !op.last_token_only;
    return decode_traffic(op, {.batch = in_turns ? turns_->batch : whole_,
                               .context = load_.context,
                               .queries = role == kVerifies ? plan_.queries : 1.0});
  }
  /// (D14) What compute hides of the exchange.
  [[nodiscard]] Turning turning(const Clock& clock) const {
    if (!turns_) return {};
    Seconds compute{}, exchange{};
    double layers = 0;
    for (const Operator& op : plan_.operators) {
      if (op.last_token_only) continue;
      const Cost cost = (*this)(op, kVerifies).cost();
      const Seconds time = op.count * clock.timed(op, cost).time;
      if (op.kind == OperatorKind::all_to_all) {
        exchange += time;
        layers += op.count;
      } else if (cost.network == Bytes{}) {
        compute += time;  // what uses a link itself hides nothing: it may be the same link
      }
    }
    Turning t{.count = turns_->count};
    if (exchange > Seconds{})
      t.exposed = exposed_share(compute.in(units::s), exchange.in(units::s), layers, turns_->count);
    return t;
  }

 private:
  const StepPlan& plan_;
  const Load& load_;
  double whole_;
  std::optional<Turns> turns_{};
};

}  // namespace

DeviceRoofs device_roofs(const Device& device, const Deployment& d) {
  DeviceRoofs r{.bandwidth = device.bandwidth};
  for (std::size_t i = 0; i < r.compute.size(); ++i)
    r.compute[i] = peak_rate(device, static_cast<Compute>(i)).value_or(FlopsPerSecond{});
  const LinkRoof group = all_reduce_link(topology(device, d.tp), d.tp);
  r.link = group.bandwidth;
  r.link_latency = group.latency;
  const auto other = [&](const LinkRoof& link) { return link == group ? std::nullopt : std::optional{link}; };
  if (d.pp > 1) r.stage_link = other(stage_link(topology(device, d.tp * d.pp), d));
  if (d.expert_replicas() > 1) r.expert_link = other(all_to_all_link(topology(device, d.ep), d.ep));
  if (d.dcp > 1) r.context_link = other(one_way_link(topology(device, d.dcp), d.dcp));
  return r;
}

DeviceRoofs DeviceRoofs::with_links(double times) const {
  DeviceRoofs r = *this;
  r.link = times * r.link;
  if (r.stage_link) r.stage_link->bandwidth = times * r.stage_link->bandwidth;
  if (r.expert_link) r.expert_link->bandwidth = times * r.expert_link->bandwidth;
  if (r.context_link) r.context_link->bandwidth = times * r.context_link->bandwidth;
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
  const Clock clock = Clock::of_decode(roofs, load);
  const Decode decode{plan, load};
  return with_parts(plan, clock, decode.turning(clock), decode_imbalance(plan, load.batch), decode);
}

StepTime decode_time(const StepPlan& plan, const DeviceRoofs& roofs, const Load& load) {
  const Clock clock = Clock::of_decode(roofs, load);
  const Decode decode{plan, load};
  return without_parts(plan, clock, decode.turning(clock), decode_imbalance(plan, load.batch), decode);
}

Step prefill_step(const StepPlan& plan, const DeviceRoofs& roofs, double tokens, double chunk_tokens, double cached) {
  const double chunks = std::ceil((tokens - cached) / chunk_tokens);
  return with_parts(plan, Clock::of_prefill(roofs, chunks), {}, 1.0,
                    [&](const Operator& op, Role) { return prefill_traffic(op, tokens, chunks, cached); });
}

StepTime prefill_time(const StepPlan& plan, const DeviceRoofs& roofs, double tokens, double chunk_tokens,
                      double cached) {
  const double chunks = std::ceil((tokens - cached) / chunk_tokens);
  return without_parts(plan, Clock::of_prefill(roofs, chunks), {}, 1.0,
                       [&](const Operator& op, Role) { return prefill_traffic(op, tokens, chunks, cached); });
}

}  // namespace roofcast
