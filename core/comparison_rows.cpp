#include "core/comparison_rows.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

using Value = std::optional<double>;
using Side = std::optional<Estimate> ComparisonColumn::*;

constexpr std::string_view kExact = "exact", kEstimated = "estimated", kTheoretical = "theoretical";
constexpr std::string_view kNothing = "-";

/// Builds one block of rows: each figure is taken from the same estimate of every column.
class Block {
 public:
  Block(std::vector<ComparisonRow>& rows, const Comparison& c, Side side, std::string group)
      : rows_{rows}, comparison_{c}, side_{side}, group_{std::move(group)} {}

  template <class Figure>
  void number(std::string key, std::string title, RowUnit unit, std::string_view label, Figure figure) {
    ComparisonRow row{group_, std::move(key), std::move(title), unit, label};
    for (const auto& column : comparison_.columns) {
      const auto& e = column.*side_;
      row.values.push_back(e ? Value{figure(*e)} : Value{});
      row.words.emplace_back(kNothing);
    }
    rows_.push_back(std::move(row));
  }

  template <class Figure>
  void word(std::string key, std::string title, std::string_view label, Figure figure) {
    ComparisonRow row{group_, std::move(key), std::move(title), RowUnit::word, label};
    for (const auto& column : comparison_.columns) {
      const auto& e = column.*side_;
      row.values.emplace_back();
      row.words.push_back(e ? std::string(figure(*e)) : std::string(kNothing));
    }
    rows_.push_back(std::move(row));
  }

 private:
  std::vector<ComparisonRow>& rows_;
  const Comparison& comparison_;
  Side side_;
  std::string group_;
};

const Workload& workload(const Comparison& c) {
  const auto has = [](const ComparisonColumn& column) { return column.at_maximum.has_value(); };
  return std::ranges::find_if(c.columns, has)->at_maximum->scenario.workload;
}

void add_memory(std::vector<ComparisonRow>& rows, const Comparison& c) {
  const bool exact = std::ranges::all_of(
      c.columns, [](const auto& column) { return !column.at_maximum || column.at_maximum->weights_exact; });
  Block b{rows, c, &ComparisonColumn::at_maximum, "Memory"};
  b.number("kv_bytes_per_token", "KV per token", RowUnit::bytes, kExact,
           [](const Estimate& e) { return e.cache.per_token.in(units::byte); });
  b.number("kv_bytes_per_token_per_gpu", "KV per token and GPU", RowUnit::bytes, kExact,
           [](const Estimate& e) { return e.cache.per_token_per_gpu.in(units::byte); });
  b.number("weights_bytes_per_gpu", "weights per GPU", RowUnit::capacity, exact ? kExact : kEstimated,
           [](const Estimate& e) { return e.memory.weights.in(units::byte); });
  b.number("kv_pool_bytes_per_gpu", "KV pool per GPU", RowUnit::capacity, kEstimated,
           [](const Estimate& e) { return e.memory.kv_pool.in(units::byte); });
}

void add_capacity(std::vector<ComparisonRow>& rows, const Comparison& c) {
  const Workload& w = workload(c);
  Block b{rows, c, &ComparisonColumn::at_maximum, "Conversations that fit"};
  b.number("max_batch_memory", fmt::format("of {} tokens", with_thousands(w.full_length())), RowUnit::sequences,
           kEstimated, [](const Estimate& e) { return e.limits.max_batch_memory; });
  b.number("max_batch_mean_length", fmt::format("of {} tokens, the mean", with_thousands(w.mean_length())),
           RowUnit::sequences, kEstimated, [](const Estimate& e) { return e.limits.max_batch_mean; });

  ComparisonRow longest{"Conversations that fit", "max_context_tokens",
                        fmt::format("longest context of {}", with_thousands(c.users)), RowUnit::tokens, kEstimated};
  for (const auto& column : c.columns) {
    longest.values.push_back(column.users_context);
    longest.words.emplace_back(column.at_maximum ? "no end" : kNothing);
  }
  rows.push_back(std::move(longest));
}

void add_speed(Block& b, const std::string& prefix) {
  const auto if_fits = [](double Rates::*rate) {
    return [rate](const Estimate& e) { return e.fits ? Value{e.rates.*rate} : Value{}; };
  };
  b.number(prefix + "step_ms", "decode step", RowUnit::milliseconds, kTheoretical,
           [](const Estimate& e) { return e.fits ? Value{e.rates.step.in(units::ms)} : Value{}; });
  b.number(prefix + "tokens_s_user", "tokens/s per user", RowUnit::per_second, kTheoretical,
           if_fits(&Rates::tokens_s_user));
  b.number(prefix + "tokens_s_gpu", "tokens/s per GPU", RowUnit::per_second, kTheoretical,
           if_fits(&Rates::tokens_s_gpu));
}

std::string binding_word(const Estimate& e) {
  return e.limits.max_batch_memory < 1 ? "memory (none fits)" : std::string(name(e.limits.binding));
}
std::string bound_word(const Estimate& e) {
  return e.decode ? std::string(name(e.decode->bound())) : std::string(kNothing);
}

}  // namespace

std::optional<double> ComparisonRow::ratio(std::size_t i) const {
  const auto first = std::ranges::find_if(values, [](const Value& v) { return v.has_value(); });
  if (unit == RowUnit::word || first == values.end() || !values[i] || **first == 0) return {};
  if (i == static_cast<std::size_t>(first - values.begin())) return {};
  return *values[i] / **first;
}

std::vector<ComparisonRow> comparison_rows(const Comparison& c) {
  std::vector<ComparisonRow> rows;
  add_memory(rows, c);
  add_capacity(rows, c);
  if (c.common_batch >= 1) {
    Block common{rows, c, &ComparisonColumn::at_common,
                 fmt::format("Decode with {} conversations each", with_thousands(c.common_batch))};
    add_speed(common, "common_");
    common.word("common_bound", "roof that holds the step", kTheoretical, bound_word);
  }
  Block most{rows, c, &ComparisonColumn::at_maximum, "Decode with as many as fit"};
  most.number("max_batch", "conversations", RowUnit::sequences, kEstimated,
              [](const Estimate& e) { return e.fits ? Value{e.batch} : Value{}; });
  add_speed(most, "");
  most.word("bound", "roof that holds the step", kTheoretical, bound_word);
  most.word("binding", "limit that binds", kEstimated, binding_word);
  return rows;
}

}  // namespace roofcast
