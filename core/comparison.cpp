#include "core/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include <fmt/format.h>

#include "core/cache.hpp"

namespace roofcast {
namespace {

constexpr double kUsers = 16;

Scenario with_batch(Scenario s, std::optional<double> batch) {
  s.workload.batch.reset();
  if (batch) s.workload.batch = static_cast<int>(*batch);
  return s;
}

ComparisonColumn column(const Candidate& c) {
  ComparisonColumn col{.label = c.label, .own = c.own, .attention = c.attention};
  if (!c.scenario) {
    col.problems = c.scenario.error();
    return col;
  }
  auto e = estimate(with_batch(*c.scenario, {}));
  if (!e) {
    col.problems = e.error();
    return col;
  }
  col.at_maximum = std::move(*e);
  col.copies = cache_copies(c.scenario->model, c.scenario->kv, c.scenario->deployment);
  return col;
}

/// The batch that was asked for, if any column was asked for one.
std::optional<double> batch_given(const std::vector<Candidate>& candidates) {
  for (const auto& c : candidates)
    if (c.scenario && c.scenario->workload.batch) return *c.scenario->workload.batch;
  return {};
}

double smallest_maximum(const std::vector<ComparisonColumn>& columns) {
  double least = 0;
  for (const auto& c : columns)
    if (c.at_maximum && c.at_maximum->fits)
      least = least > 0 ? std::min(least, c.at_maximum->batch) : c.at_maximum->batch;
  return std::min(least, 0x1p30);
}

/// Figures that need the common batch.
void add_common(ComparisonColumn& col, const Comparison& all) {
  if (!col.at_maximum) return;
  const Scenario& s = col.at_maximum->scenario;
  if (all.common_batch >= 1) {
    auto e = estimate(with_batch(s, all.common_batch));
    if (e) col.at_common = std::move(*e);
  }
  col.users_context = max_context(compile(s), all.users);
}

bool replicated(const ComparisonColumn& c) {
  return c.at_maximum && c.at_maximum->scenario.deployment.tp > 1;
}

/// Columns whose whole caches differ while the share of one GPU does not.
SharedFootprint footprint_of(const std::vector<ComparisonColumn>& columns, std::size_t first) {
  const CacheFigures& mine = columns[first].at_maximum->cache;
  SharedFootprint f{.columns = {first}, .per_token_per_gpu = mine.per_token_per_gpu};
  for (std::size_t i = first + 1; i < columns.size(); ++i) {
    if (!replicated(columns[i])) continue;
    const CacheFigures& other = columns[i].at_maximum->cache;
    if (other.per_token_per_gpu == mine.per_token_per_gpu && other.per_token != mine.per_token) f.columns.push_back(i);
  }
  return f;
}

std::vector<SharedFootprint> shared_footprints(const std::vector<ComparisonColumn>& columns) {
  std::vector<SharedFootprint> found;
  std::vector<bool> seen(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (seen[i] || !replicated(columns[i])) continue;
    SharedFootprint f = footprint_of(columns, i);
    for (const auto c : f.columns) seen[c] = true;
    if (f.columns.size() < 2) continue;
    const auto most = *std::ranges::max_element(f.columns, {}, [&](std::size_t c) { return columns[c].copies; });
    const Scenario& s = columns[most].at_maximum->scenario;
    Deployment d = s.deployment;
    d.dcp = static_cast<int>(columns[most].copies) * d.dcp;
    if (d.dcp > s.deployment.dcp && deployment_errors(s.model, d).empty()) {
      f.dcp = d.dcp;
      f.dcp_column = most;
      f.per_token_with_dcp = kv_bytes_per_token_per_rank(s.model, s.kv, d);
    }
    found.push_back(std::move(f));
  }
  return found;
}

bool serves(const std::optional<Estimate>& e) {
  return e && e->fits && e->meets_slos;
}

}  // namespace

bool any_serves(const Comparison& c) {
  return std::ranges::any_of(c.columns,
                             [&](const auto& col) { return serves(c.batch_given ? col.at_common : col.at_maximum); });
}

std::string binding_slos(const Comparison& c) {
  std::string text;
  for (const Limit slo : {Limit::tpot, Limit::ttft})
    if (std::ranges::any_of(c.columns,
                            [&](const auto& col) { return col.at_maximum && col.at_maximum->limits.binding == slo; }))
      text += fmt::format("{}--{}", text.empty() ? "" : " and ", name(slo));
  return text;
}

Result<Comparison> compare(const std::vector<Candidate>& candidates) {
  Comparison result;
  std::ranges::transform(candidates, std::back_inserter(result.columns), column);
  if (std::ranges::none_of(result.columns, [](const auto& c) { return c.at_maximum.has_value(); })) {
    Errors errors;
    for (const auto& c : result.columns)
      for (const auto& e : c.problems)
        if (std::ranges::find(errors, e) == errors.end()) errors.push_back(e);
    return std::unexpected(std::move(errors));
  }
  const auto given = batch_given(candidates);
  result.batch_given = given.has_value();
  result.common_batch = given.value_or(smallest_maximum(result.columns));
  result.users = given.value_or(kUsers);
  for (auto& c : result.columns) add_common(c, result);
  result.shared = shared_footprints(result.columns);
  return result;
}

}  // namespace roofcast
