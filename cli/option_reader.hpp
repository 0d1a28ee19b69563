#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "core/bounded_literal.hpp"
#include "core/units.hpp"
#include "core/value_grammar.hpp"

namespace roofcast::cli {

/// Turns the texts of options into values. Every problem is collected, so that one run tells all of them; a
/// value that is bad or not there (not written, no default) comes back empty.
class OptionReader {
 public:
  explicit OptionReader(const ParsedOptions& options) : options_{options} {}

  [[nodiscard]] std::optional<std::int64_t> count(std::string_view option, Bounds bounds = {.min = 1});
  [[nodiscard]] std::optional<std::int64_t> tokens(std::string_view option, Bounds bounds = {.min = 1});
  [[nodiscard]] std::optional<double> number(std::string_view option, Bounds bounds = {});
  [[nodiscard]] std::optional<double> fraction(std::string_view option, Bounds bounds = {.max = 1});
  [[nodiscard]] std::optional<Seconds> time(std::string_view option);

  /// All values of a sweep flag; every one of them is inside the bounds.
  [[nodiscard]] std::optional<ValueList> values(std::string_view option, ValueKind kind, Bounds bounds = {.min = 1});
  /// One value that is part of a flag's text.
  [[nodiscard]] std::optional<double> literal(std::string_view where, std::string_view text, ValueKind kind,
                                              Bounds bounds);
  /// "mha,gqa:8" → words; empty when the option is not there.
  [[nodiscard]] std::vector<std::string> words(std::string_view option);

  /// The value of a result, or its problems added to the others.
  template <class T>
  [[nodiscard]] std::optional<T> take(Result<T> result) {
    if (result) return std::move(*result);
    add(result.error());
    return std::nullopt;
  }
  void add(const Errors& errors) { errors_.insert(errors_.end(), errors.begin(), errors.end()); }
  void add_notes(const std::vector<std::string>& notes) { notes_.insert(notes_.end(), notes.begin(), notes.end()); }
  void add_usage_error(std::string where, std::string what, std::string hint = {});

  [[nodiscard]] const Errors& errors() const { return errors_; }
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }
  /// One line each on stderr, unless --quiet.
  void print_notes(Io io) const;

 private:
  [[nodiscard]] std::optional<double> one(std::string_view option, ValueKind kind, Bounds bounds);

  const ParsedOptions& options_;
  Errors errors_{};
  std::vector<std::string> notes_{};
};

}  // namespace roofcast::cli
