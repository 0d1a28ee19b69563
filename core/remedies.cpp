#include "core/remedies.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/estimate.hpp"
#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

constexpr int kMostTimes = 8;  // the GPUs asked for; more is another project

struct Candidate {
  std::string change;
  Scenario scenario;
};

/// A larger share of the memory: costs nothing but head-room.
void add_utilization(std::vector<Candidate>& list, Scenario s) {
  constexpr double kHigh = 0.95;
  const bool has_fraction = s.engine.memory_rule != MemoryRule::whole_device;
  const double now = s.memory_utilization.value_or(s.engine.memory_utilization);
  if (!has_fraction || now <= 0 || now >= kHigh) return;
  s.memory_utilization = kHigh;
  list.push_back({fmt::format("--memory-utilization {}", kHigh), std::move(s)});
}

void add_kv_format(std::vector<Candidate>& list, Scenario s) {
  if (s.kv.bytes_per_element <= 1) return;
  s.kv = *find_kv_format("fp8");
  list.push_back({"--kv-dtype fp8", std::move(s)});
}

void add_weight_format(std::vector<Candidate>& list, Scenario s) {
  const WeightFormat fp8 = *find_weight_format("fp8");
  ModelSpec smaller = with_weight_format(s.model, fp8);
  if (weight_bytes(smaller) >= weight_bytes(s.model)) return;
  s.model = std::move(smaller);
  list.push_back({"--weight-dtype fp8", std::move(s)});
}

/// Ranks of a replica as they are typed: those of all its groups.
int said_tp(const Deployment& d, const LayoutSaid& said) {
  return d.tp * said.attention_groups;
}

/// `times` as many ranks in every group; experts that are spread over all of them follow.
Deployment with_larger_groups(Deployment d, const LayoutSaid& said, int times) {
  d.tp *= times;
  if (said.attention_groups > 1 && !said.ep) d.ep *= times;
  return d;
}

/// The same ranks in fewer, larger replicas or groups of attention; a single group has its experts where --ep says.
Deployment regrouped(Deployment d, const LayoutSaid& said, int times) {
  d.tp *= times;
  d.dp /= times;
  if (said.attention_groups == times && !said.ep) d.ep = 1;
  return d;
}

std::string regrouped_flags(const Deployment& fewer, const LayoutSaid& said, int times) {
  if (said.attention_groups > 1) return fmt::format("--attention-dp {}", said.attention_groups / times);
  return said.as_gpus ? fmt::format("--tp {}", fewer.tp) : fmt::format("--tp {} --dp {}", fewer.tp, fewer.dp);
}

/// The same GPUs in fewer, larger replicas: each with the users of those it takes in, or with those of one.
void add_regrouped(std::vector<Candidate>& list, const Scenario& s, const LayoutSaid& said) {
  const int most = said.attention_groups > 1 ? said.attention_groups : s.deployment.dp;
  for (int times = 2; times <= most && s.deployment.prefill == 0; times *= 2) {
    Scenario fewer = s;
    fewer.deployment = regrouped(s.deployment, said, times);
    if (most % times != 0 || !deployment_errors(fewer.model, fewer.deployment).empty()) continue;
    auto flags = regrouped_flags(fewer.deployment, said, times);
    if (s.workload.batch) {
      Scenario all = fewer;
      *all.workload.batch *= times;
      list.push_back({fmt::format("{} --batch {}", flags, *all.workload.batch), std::move(all)});
    }
    list.push_back({std::move(flags), std::move(fewer)});
  }
}

void add_ranks(std::vector<Candidate>& list, const Scenario& s, const LayoutSaid& said) {
  for (int times = 2; times <= kMostTimes; times *= 2) {
    Scenario more = s;
    more.deployment = with_larger_groups(s.deployment, said, times);
    if (!deployment_errors(more.model, more.deployment).empty()) continue;
    auto flags = fmt::format("--tp {}", said_tp(more.deployment, said));
    if (said.as_gpus) flags += fmt::format(" --gpus {}", more.deployment.gpus());
    list.push_back({std::move(flags), std::move(more)});
  }
}

/// The users spread over more replicas, as many as it takes.
void add_replicas(std::vector<Candidate>& list, Scenario s, const Estimate& now, const LayoutSaid& said) {
  const double most = now.limits.max_batch_memory;
  if (!s.workload.batch || most < 1) return;
  const int times = static_cast<int>(std::ceil(*s.workload.batch / most));
  if (times > kMostTimes) return;
  s.deployment.dp *= times;
  s.workload.batch = (*s.workload.batch + times - 1) / times;
  const auto replicas = said.as_gpus ? fmt::format("--gpus {}", s.deployment.gpus())
                                     : fmt::format("--dp {}", s.deployment.dp / said.attention_groups);
  list.push_back({fmt::format("{} --batch {}", replicas, *s.workload.batch), std::move(s)});
}

/// The same users with a shorter context, and fewer users.
void add_smaller_workload(std::vector<Candidate>& list, const Scenario& s, const Estimate& now) {
  if (s.workload.batch && now.limits.max_batch_memory >= 1) {
    Scenario fewer = s;
    fewer.workload.batch = static_cast<int>(now.limits.max_batch_memory);
    list.push_back({fmt::format("--batch {}", *fewer.workload.batch), std::move(fewer)});
  }
  Scenario shorter = s;
  const double longest = now.limits.max_context.value_or(0);
  auto& prompt = shorter.workload.context ? shorter.workload.context : shorter.workload.isl;
  prompt = longest - (s.workload.context ? 0 : s.workload.osl.value_or(0));
  if (*prompt >= 1)
    list.push_back({fmt::format("--{} {:.0f}", s.workload.context ? "context" : "isl", *prompt), std::move(shorter)});
}

/// Another model: one KV head, the smallest cache that grouped queries can have.
void add_fewer_heads(std::vector<Candidate>& list, Scenario s) {
  const AttentionOverride mqa{.kind = AttentionOverride::Kind::mqa};
  auto model = with_attention(s.model, mqa);
  if (!model || attention_label(*model) == attention_label(s.model)) return;
  s.model = std::move(*model);
  list.push_back({"--attention mqa", std::move(s)});
}

std::vector<Candidate> candidates(const Scenario& s, const Estimate& now, const LayoutSaid& said) {
  std::vector<Candidate> list;
  add_regrouped(list, s, said);
  add_utilization(list, s);
  add_kv_format(list, s);
  add_weight_format(list, s);
  add_ranks(list, s, said);
  add_replicas(list, s, now, said);
  add_smaller_workload(list, s, now);
  add_fewer_heads(list, s);
  return list;
}

std::string effect(const Estimate& e, const Scenario& before) {
  const Workload& w = e.scenario.workload;
  const int replicas = e.scenario.deployment.dp;
  auto text = fmt::format("{}{} x {} tokens fit", replicas > 1 ? fmt::format("{} x ", replicas) : std::string{},
                          with_thousands(e.batch), with_thousands(w.full_length()));
  if (w.batch && e.limits.max_batch_memory > e.batch)
    text += fmt::format(", {} at most", with_thousands(e.limits.max_batch_memory));
  if (e.scenario.deployment.gpus() != before.deployment.gpus())
    text += fmt::format(", on {}x {}", e.scenario.deployment.gpus(), e.scenario.device.name);
  return text + fmt::format(", decode step {}", format_seconds(e.rates.step));
}

}  // namespace

std::vector<Remedy> remedies(const Scenario& scenario, const LayoutSaid& said) {
  const auto now = estimate(scenario);
  if (!now || now->fits) return {};
  std::vector<Remedy> found;
  bool ranks_found = false;  // the smallest number that fits is enough
  for (const auto& c : candidates(scenario, *now, said)) {
    const bool ranks = c.scenario.deployment.tp != scenario.deployment.tp;
    if (ranks && ranks_found) continue;
    const auto e = estimate(c.scenario);
    if (!e || !e->fits || !e->meets_slos) continue;
    ranks_found = ranks_found || ranks;
    found.push_back({c.change, effect(*e, scenario)});
  }
  return found;
}

}  // namespace roofcast
