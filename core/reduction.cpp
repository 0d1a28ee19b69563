#include "core/reduction.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/nearest_name.hpp"
#include "core/value_grammar.hpp"

namespace roofcast {
namespace {

struct Direction {
  std::string_view column;
  bool more_is_better = true;
};

constexpr std::array kDirections{Direction{"tokens_s_user"},
                                 Direction{"tokens_s"},
                                 Direction{"tokens_s_gpu"},
                                 Direction{"batch"},
                                 Direction{"context_tokens"},
                                 Direction{"isl_tokens"},
                                 Direction{"osl_tokens"},
                                 Direction{"max_batch_memory"},
                                 Direction{"usd_mtok", false},
                                 Direction{"gpus", false},
                                 Direction{"tpot_ms", false},
                                 Direction{"ttft_ms", false},
                                 Direction{"prefill_ms", false},
                                 Direction{"step_ms", false},
                                 Direction{"step_low_ms", false},
                                 Direction{"step_high_ms", false},
                                 Direction{"kv_gib_per_gpu", false},
                                 Direction{"weights_gib_per_gpu", false},
                                 Direction{"kv_bytes_per_token", false}};

constexpr std::string_view kBest = "best:";

std::size_t column_index(std::string_view name) {
  const auto columns = sweep_columns();
  return static_cast<std::size_t>(std::ranges::find(columns, name, &SweepColumn::name) - columns.begin());
}

Measure objective(const Direction& d) {
  return {.column = column_index(d.column), .more_is_better = d.more_is_better};
}

Result<std::vector<Measure>> objectives(std::string_view keep) {
  if (keep == kKeepAll) return std::vector<Measure>{};
  if (keep == "pareto") return std::vector{objective({"tokens_s_user"}), objective({"tokens_s_gpu"})};
  std::vector<std::string> names;
  for (const auto& d : kDirections) names.emplace_back(d.column);
  if (!keep.starts_with(kBest))
    return usage_error("--keep", fmt::format("'{}' is not all, pareto or best:COLUMN", keep),
                       did_you_mean(keep, std::vector<std::string>{"all", "pareto", "best:tokens_s_gpu"}));
  const auto name = keep.substr(kBest.size());
  const auto found = std::ranges::find(kDirections, name, &Direction::column);
  if (found == kDirections.end())
    return usage_error(
        "--keep", fmt::format("'{}': '{}' is no column with a best, expected {}", keep, name, fmt::join(names, ", ")),
        did_you_mean(name, names));
  return std::vector{objective(*found)};
}

std::optional<double> number(std::string_view cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

/// What stands before the name of a case's group.
struct CaseHead {
  FrontPoint candidate{};
  std::size_t group_bytes = 0;
};

}  // namespace

Result<Reduction> parse_reduction(std::string_view keep, std::string_view per) {
  const auto judged = objectives(keep);
  if (!judged) return std::unexpected(judged.error());
  Reduction reduction{.objectives = *judged};
  const auto known = input_columns();
  if (per == "none") return reduction;
  const auto names = parse_words("--per", per);
  if (!names) return std::unexpected(names.error());
  Errors errors;
  for (const auto& name : *names) {
    if (std::ranges::find(known, name) == known.end())
      errors.push_back({"--per", fmt::format("'{}' is no column of inputs, expected {}", name, fmt::join(known, ", ")),
                        did_you_mean(name, known), ErrorKind::usage});
    else
      reduction.per.push_back(column_index(name));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return reduction;
}

void KeptPoints::append_case(std::size_t point, const Cell& cell, std::string& out) const {
  static const std::size_t kStatus = column_index("status");
  if (cell(kStatus) != name(PointStatus::ok)) return;
  CaseHead head{.candidate = {.point = point}};
  std::array<double*, 2> measures{&head.candidate.x, &head.candidate.y};
  for (std::size_t i = 0; i < reduction_.objectives.size(); ++i) {
    const auto value = number(cell(reduction_.objectives[i].column));
    if (!value) return;
    *measures[i] = reduction_.objectives[i].more_is_better ? *value : -*value;
  }
  const std::size_t at = out.size();
  out.resize(at + sizeof head);
  for (const auto column : reduction_.per) {
    out += cell(column);
    out += ',';
  }
  head.group_bytes = out.size() - at - sizeof head;
  std::memcpy(out.data() + at, &head, sizeof head);
}

void KeptPoints::append_case(const SweepRow& row, std::string& out) const {
  if (row.status != PointStatus::ok) return;
  std::string text;
  append_case(
      row.point,
      [&](std::size_t column) -> std::string_view {
        text.clear();
        sweep_columns()[column].write(row, text);
        return text;
      },
      out);
}

void KeptPoints::take(std::string_view cases) {
  auto front = fronts_.end();
  while (!cases.empty()) {
    CaseHead head;
    std::memcpy(&head, cases.data(), sizeof head);
    const auto group = cases.substr(sizeof head, head.group_bytes);
    cases.remove_prefix(sizeof head + head.group_bytes);
    if (front == fronts_.end() || front->first != group) front = fronts_.find(group);  // neighbours mostly share one
    if (front == fronts_.end()) front = fronts_.emplace(group, ParetoFront{}).first;
    front->second.insert(head.candidate);
  }
}

std::vector<std::size_t> KeptPoints::points() const {
  std::vector<std::size_t> all;
  for (const auto& [group, front] : fronts_) front.each([&](const FrontPoint& c) { all.push_back(c.point); });
  std::ranges::sort(all);
  return all;
}

}  // namespace roofcast
