#include "cli/option_reader.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>

namespace roofcast::cli {
namespace {

std::string flag(std::string_view option) {
  return fmt::format("--{}", option);
}

}  // namespace

void OptionReader::add_usage_error(std::string where, std::string what, std::string hint) {
  errors_.push_back({std::move(where), std::move(what), std::move(hint), ErrorKind::usage});
}

std::optional<ValueList> OptionReader::values(std::string_view option, ValueKind kind, Bounds bounds) {
  const auto text = options_.text(option);
  if (text.empty() && !options_.given(option)) return std::nullopt;
  auto list = take(parse_values(flag(option), text, kind));
  if (!list) return std::nullopt;
  for (const auto& range : list->ranges) {
    const double low = range.at(0);
    const double high = range.at(range.count - 1);  // ranges ascend
    if (bounds.hold(low) && bounds.hold(high)) continue;
    add_usage_error(flag(option),
                    fmt::format("{} in '{}': expected {}", bounds.hold(low) ? high : low, text, bounds_text(bounds)));
    return std::nullopt;
  }
  notes_.insert(notes_.end(), list->notes.begin(), list->notes.end());
  return list;
}

std::vector<std::string> OptionReader::words(std::string_view option) {
  const auto text = options_.text(option);
  if (text.empty() && !options_.given(option)) return {};
  return take(parse_words(flag(option), text)).value_or(std::vector<std::string>{});
}

std::optional<double> OptionReader::one(std::string_view option, ValueKind kind, Bounds bounds) {
  const auto text = options_.text(option);
  if (text.empty() && !options_.given(option)) return std::nullopt;
  return literal(flag(option), text, kind, bounds);
}

std::optional<double> OptionReader::literal(std::string_view where, std::string_view text, ValueKind kind,
                                            Bounds bounds) {
  const auto parsed = take(bounded_literal(where, text, kind, bounds));
  if (!parsed) return std::nullopt;
  if (!parsed->note.empty()) notes_.push_back(fmt::format("{}: {}", where, parsed->note));
  return parsed->value();
}

std::optional<std::int64_t> OptionReader::count(std::string_view option, Bounds bounds) {
  const auto value = one(option, ValueKind::count, bounds);
  return value ? std::optional{static_cast<std::int64_t>(*value)} : std::nullopt;
}

std::optional<std::int64_t> OptionReader::tokens(std::string_view option, Bounds bounds) {
  const auto value = one(option, ValueKind::tokens, bounds);
  return value ? std::optional{static_cast<std::int64_t>(*value)} : std::nullopt;
}

std::optional<double> OptionReader::number(std::string_view option, Bounds bounds) {
  return one(option, ValueKind::number, bounds);
}

std::optional<double> OptionReader::fraction(std::string_view option, Bounds bounds) {
  return one(option, ValueKind::fraction, bounds);
}

std::optional<Seconds> OptionReader::time(std::string_view option) {
  const auto value = one(option, ValueKind::time, {});
  if (!value) return std::nullopt;
  if (*value > 0) return *value * units::s;
  add_usage_error(flag(option), fmt::format("'{}': expected more than no time", options_.text(option)), "e.g. 50ms");
  return std::nullopt;
}

void OptionReader::print_notes(Io io) const {
  if (options_.given("quiet")) return;
  for (const auto& note : notes_) fmt::print(io.err, "note: {}\n", note);
}

}  // namespace roofcast::cli
