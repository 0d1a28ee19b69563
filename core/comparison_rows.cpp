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

constexpr std::string_view kExact = "exact", kEstimated = "estimated";
constexpr std::string_view kNoFigure = "-";

/// Builds one block of rows: each figure is taken from the same estimate of every column.
class Block {
 public:
  Block(std::vector<ComparisonRow>& rows, const Comparison& c, Side side, std::string_view label, std::string group)
      : rows_{rows}, comparison_{c}, side_{side}, label_{label}, group_{std::move(group)} {}

  template <class Figure>
  void number(std::string key, std::string title, RowUnit unit, Figure figure) {
    ComparisonRow row{group_, std::move(key), std::move(title), unit, label_};
    for (const auto& column : comparison_.columns) {
      const auto& e = column.*side_;
      row.values.push_back(e ? Value{figure(*e)} : Value{});
      row.words.emplace_back(kNoFigure);
    }
    rows_.push_back(std::move(row));
  }

  template <class Figure>
  void word(std::string key, std::string title, Figure figure) {
    ComparisonRow row{group_, std::move(key), std::move(title), RowUnit::word, label_};
    for (const auto& column : comparison_.columns) {
      const auto& e = column.*side_;
      row.values.emplace_back();
      row.words.push_back(e ? std::string(figure(*e)) : std::string(kNoFigure));
    }
    rows_.push_back(std::move(row));
  }

  /// Prompts and answers are given: a token takes longer than a step.
  [[nodiscard]] bool of_streams() const {
    return std::ranges::any_of(comparison_.columns, [&](const auto& column) {
      const auto& e = column.*side_;
      return e && e->serving;
    });
  }

  [[nodiscard]] bool grades_differ() const {
    std::optional<Grade> first;
    for (const auto& column : comparison_.columns)
      if (const auto& e = column.*side_; e && e->decode) {
        if (first && *first != e->grade) return true;
        first = e->grade;
      }
    return false;
  }

 private:
  std::vector<ComparisonRow>& rows_;
  const Comparison& comparison_;
  Side side_;
  std::string_view label_;
  std::string group_;
};

bool weights_are_exact(const Comparison& c) {
  return std::ranges::all_of(c.columns,
                             [](const auto& column) { return !column.at_maximum || column.at_maximum->weights_exact; });
}

void add_bytes(std::vector<ComparisonRow>& rows, const Comparison& c) {
  Block b{rows, c, &ComparisonColumn::at_maximum, kExact, "Bytes"};
  b.number("kv_bytes_per_token", "KV per token", RowUnit::bytes,
           [](const Estimate& e) { return e.cache.per_token.in(units::byte); });
  b.number("kv_bytes_per_token_per_gpu", "KV per token and GPU", RowUnit::bytes,
           [](const Estimate& e) { return e.cache.per_token_per_gpu.in(units::byte); });
}

void add_weights(Block& b) {
  b.number("weights_bytes_per_gpu", "weights per GPU", RowUnit::capacity,
           [](const Estimate& e) { return e.memory.weights.in(units::byte); });
}

/// The weakest grade of the times: what all of them can claim.
std::string_view times_label(const Comparison& c, Side side) {
  Grade weakest = Grade::calibrated;
  for (const auto& column : c.columns)
    if (const auto& e = column.*side; e && e->decode) weakest = std::max(weakest, e->grade);
  return name(weakest);
}

void add_room(std::vector<ComparisonRow>& rows, const Comparison& c) {
  const std::string group = "Room";
  Block b{rows, c, &ComparisonColumn::at_maximum, kEstimated, group};
  if (!weights_are_exact(c)) add_weights(b);
  b.number("kv_pool_bytes_per_gpu", "KV pool per GPU", RowUnit::capacity,
           [](const Estimate& e) { return e.memory.kv_pool.in(units::byte); });
  b.number("max_batch_memory", "full-length conversations", RowUnit::sequences,
           [](const Estimate& e) { return e.limits.max_batch_memory; });
  b.number("max_batch_mean_length", "mean-length conversations", RowUnit::sequences,
           [](const Estimate& e) { return e.limits.max_batch_mean; });

  ComparisonRow longest{group, "max_context_tokens", fmt::format("longest context for {}", with_thousands(c.users)),
                        RowUnit::tokens, kEstimated};
  for (const auto& column : c.columns) {
    longest.values.push_back(column.users_context);
    longest.words.emplace_back(column.at_maximum ? "no end" : kNoFigure);
  }
  rows.push_back(std::move(longest));
}

std::string most_title(const Comparison& c) {
  const auto slos = binding_slos(c);
  return slos.empty() ? "Decode with as many as fit" : fmt::format("Decode with as many as fit and keep {}", slos);
}

std::string binding_word(const Estimate& e) {
  return e.limits.max_batch_memory < 1 ? "memory (none fits)" : std::string(name(e.limits.binding));
}
std::string bound_word(const Estimate& e) {
  return e.decode ? std::string(name(e.decode->bound())) : std::string(kNoFigure);
}

std::string grade_word(const Estimate& e) {
  return e.decode ? std::string(name(e.grade)) : std::string(kNoFigure);
}

void add_speed(Block& b, const std::string& prefix) {
  const auto if_fits = [](double Rates::*rate) {
    return [rate](const Estimate& e) { return e.fits ? Value{e.rates.*rate} : Value{}; };
  };
  b.number(prefix + "step_ms", "step", RowUnit::milliseconds,
           [](const Estimate& e) { return e.fits ? Value{e.rates.step.in(units::ms)} : Value{}; });
  if (b.of_streams())
    b.number(prefix + "tpot_ms", "TPOT", RowUnit::milliseconds,
             [](const Estimate& e) { return e.fits ? Value{e.rates.tpot.in(units::ms)} : Value{}; });
  b.number(prefix + "tokens_s_user", "tokens/s per user", RowUnit::per_second, if_fits(&Rates::tokens_s_user));
  b.number(prefix + "tokens_s_gpu", "tokens/s per GPU", RowUnit::per_second, if_fits(&Rates::tokens_s_gpu));
  b.word(prefix + "bound", "roof", bound_word);
  if (b.grades_differ()) b.word(prefix + "grade", "times are", grade_word);
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
  add_bytes(rows, c);
  if (weights_are_exact(c)) {
    Block exact{rows, c, &ComparisonColumn::at_maximum, kExact, "Bytes"};
    add_weights(exact);
  }
  add_room(rows, c);
  if (c.common_batch >= 1) {
    Block common{rows, c, &ComparisonColumn::at_common, times_label(c, &ComparisonColumn::at_common),
                 fmt::format("Decode with {} conversation{} each", with_thousands(c.common_batch),
                             c.common_batch == 1 ? "" : "s")};
    add_speed(common, "common_");
  }
  Block most{rows, c, &ComparisonColumn::at_maximum, times_label(c, &ComparisonColumn::at_maximum), most_title(c)};
  most.number("max_batch", "conversations", RowUnit::sequences,
              [](const Estimate& e) { return e.fits ? Value{e.batch} : Value{}; });
  add_speed(most, "");
  most.word("binding", "limit that binds", binding_word);
  return rows;
}

}  // namespace roofcast
