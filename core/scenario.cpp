#include "core/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/step_plan.hpp"

namespace roofcast {
namespace {

constexpr double kLongestContext = 1e12;

void check_length(Errors& errors, std::string flag, const std::optional<double>& tokens) {
  if (tokens && (!(*tokens >= 1) || *tokens > kLongestContext || *tokens != std::floor(*tokens)))
    errors.push_back({std::move(flag),
                      fmt::format("{} is not a whole number of tokens from 1 to 1e12", *tokens),
                      {},
                      ErrorKind::usage});
}

void check_device(const Scenario& s, Errors& errors) {
  if (!s.device.memory)
    errors.push_back({"--memory", fmt::format("{} has no fixed memory", s.device.name), "give it, e.g. --memory 256GiB",
                      ErrorKind::usage});
  std::set<Compute> needed{Compute::bf16, s.model.head_format.compute};
  for (const auto& k : s.model.kinds)
    for (const auto& f : stored_formats(k)) needed.insert(f.compute);
  for (const Compute c : needed)
    if (!peak_rate(s.device, c)) {
      errors.push_back({"--hardware",
                        fmt::format("{} has no known {} peak rate", s.device.name, name(c)),
                        {},
                        ErrorKind::unsupported});
      break;
    }
}

}  // namespace

double Workload::full_length() const {
  if (context) return *context;
  const double prompts = isl_lengths ? isl_lengths->budgeted() : isl.value_or(0);
  return prompts + (osl_lengths ? osl_lengths->budgeted() : osl.value_or(0));
}

double Workload::longest_length() const {
  if (context) return *context;
  return (isl_lengths ? isl_lengths->longest : isl.value_or(0)) +
         (osl_lengths ? osl_lengths->longest : osl.value_or(0));
}

double Workload::mean_length() const {
  if (!isl) return full_length() / 2;
  if (!osl_lengths) return *isl + osl.value_or(0) / 2;
  return *isl + osl_lengths->second_moment() / (2 * osl_lengths->mean());
}

double Workload::cached(double tokens) const {
  return std::max(0.0, std::min(std::floor(prefix_hit * tokens), tokens - 1));
}

const ServingCalibration* serving_calibration(const Scenario& s) {
  return serving_of(s.engine.serving, s.device.id, has_experts(s.model));
}

ServingPlace serving_place(const Scenario& s) {
  const Deployment& d = s.deployment;  // ranks of a replica, or of all the replicas that share experts
  return {.device = s.device.id, .gpus = std::max(d.tp * d.pp, d.ep), .experts = has_experts(s.model)};
}

Errors workload_errors(const Workload& w) {
  Errors errors;
  check_length(errors, "--context", w.context);
  check_length(errors, "--isl", w.isl);
  check_length(errors, "--osl", w.osl);
  if (w.context && (w.isl || w.osl))
    errors.push_back({"--context", "excludes --isl and --osl", "give one or the other", ErrorKind::usage});
  if (!w.context && (w.isl || w.osl) && !(w.isl && w.osl))
    errors.push_back({w.isl ? "--osl" : "--isl", "missing", "prompts and answers come together", ErrorKind::usage});
  if (!w.context && !w.isl && !w.osl)
    errors.push_back({"--context", "missing", "give --context C, or both --isl I and --osl O", ErrorKind::usage});
  if (w.batch && *w.batch < 1)
    errors.push_back(
        {"--batch", fmt::format("{} is not a count of sequences from 1 on", *w.batch), {}, ErrorKind::usage});
  if (!(w.prefix_hit >= 0 && w.prefix_hit <= 1))
    errors.push_back(
        {"--prefix-hit", fmt::format("{} is not a fraction in [0, 1]", w.prefix_hit), {}, ErrorKind::usage});
  if (w.requests_s && !(*w.requests_s > 0 && std::isfinite(*w.requests_s)))
    errors.push_back({"--rps", fmt::format("{} is not a rate above 0", *w.requests_s), {}, ErrorKind::usage});
  if (w.requests_s && !w.osl)
    errors.push_back({"--rps", "needs answers that end", "give --isl I and --osl O", ErrorKind::usage});
  return errors;
}

namespace {

void check_speculation(const Scenario& s, Errors& errors) {
  const auto add = [&](std::string where, std::string what, std::string hint = {}) {
    errors.push_back({std::move(where), std::move(what), std::move(hint), ErrorKind::usage});
  };
  const Speculation& p = s.speculation;
  constexpr int kMostDrafts = 64;
  if (p.draft_tokens < 0 || p.draft_tokens > kMostDrafts)
    add("--draft-tokens", fmt::format("{} is not a count from 0 to {}", p.draft_tokens, kMostDrafts));
  if (!(p.acceptance >= 0 && p.acceptance <= 1))
    add("--acceptance", fmt::format("{} is not a fraction in [0, 1]", p.acceptance));
  if (p.draft_model && p.draft_model->vocab != s.model.vocab)
    add("--draft-model",
        fmt::format("{} has {} tokens in its vocabulary, {} has {}", p.draft_model->name, p.draft_model->vocab,
                    s.model.name, s.model.vocab),
        "a draft model speaks the same tokens");
}

void check_disaggregation(const Scenario& s, Errors& errors) {
  if (s.deployment.prefill > 0 && !s.workload.osl)
    errors.push_back({"--disaggregate", "needs prompts and answers", "give --isl I and --osl O", ErrorKind::usage});
}

}  // namespace

Errors overlap_errors(const Scenario& s) {
  if (s.overlap == Overlap::none) return {};
  if (!s.engine.two_batch)
    return {{"--overlap", fmt::format("{} has no two-batch overlap", s.engine.name), "e.g. --engine vllm, sglang",
             ErrorKind::usage}};
  if (has_experts(s.model) && s.deployment.expert_replicas() > 1) return {};
  return {{"--overlap", "two-batch hides what replicas exchange that share experts, and none do here",
           "e.g. --tp 8 --attention-dp 8, or --dp 8 --ep 8", ErrorKind::usage}};
}

Errors scenario_errors(const Scenario& s) {
  Errors errors = deployment_errors(s.model, s.deployment);
  for (auto& e : workload_errors(s.workload)) errors.push_back(std::move(e));
  check_device(s, errors);
  check_speculation(s, errors);
  check_disaggregation(s, errors);
  for (auto& e : overlap_errors(s)) errors.push_back(std::move(e));
  if (!(s.routing.imbalance >= 1 && std::isfinite(s.routing.imbalance)))
    errors.push_back(
        {"--expert-imbalance", fmt::format("{} is not a factor from 1 on", s.routing.imbalance), {}, ErrorKind::usage});
  if (s.memory_utilization && !(*s.memory_utilization > 0 && *s.memory_utilization <= 1))
    errors.push_back({"--memory-utilization",
                      fmt::format("{} is not a fraction in (0, 1]", *s.memory_utilization),
                      {},
                      ErrorKind::usage});
  if (s.block_tokens && *s.block_tokens < 1)
    errors.push_back(
        {"--block-size", fmt::format("{} is not a count of tokens from 1 on", *s.block_tokens), {}, ErrorKind::usage});
  if (s.max_batched_tokens && *s.max_batched_tokens < 1)
    errors.push_back({"--max-batched-tokens",
                      fmt::format("{} is not a count of tokens from 1 on", *s.max_batched_tokens),
                      {},
                      ErrorKind::usage});
  return errors;
}

}  // namespace roofcast
