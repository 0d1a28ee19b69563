#include "core/scenario.hpp"

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

const ServingCalibration* serving_calibration(const Scenario& s) {
  return serving_of(s.engine.serving, s.device.id, has_experts(s.model));
}

ServingPlace serving_place(const Scenario& s) {
  return {.device = s.device.id, .gpus = s.deployment.tp * s.deployment.pp, .experts = has_experts(s.model)};
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
  return errors;
}

Errors scenario_errors(const Scenario& s) {
  Errors errors = deployment_errors(s.model, s.deployment);
  for (auto& e : workload_errors(s.workload)) errors.push_back(std::move(e));
  check_device(s, errors);
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
