#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/figure_source.hpp"
#include "core/result.hpp"
#include "core/units.hpp"

namespace roofcast {

/// Keys keep their order: the kinds of a model's layers are numbered as the file lists them.
using Json = nlohmann::ordered_json;

/// Text to JSON. Malformed text and keys that occur twice are errors; `origin` only labels them.
[[nodiscard]] Result<Json> parse_json(std::string_view text, std::string_view origin);

/// JSON to text: what fits on a line stays on a line. Ends with a newline.
[[nodiscard]] std::string json_text(const Json& json);

/// Integers print without a fraction: 8192, not 8192.0.
[[nodiscard]] Json json_number(double value);

/// Absent and endless figures are null: JSON has no infinity.
[[nodiscard]] Json number_or_null(std::optional<double> value);
[[nodiscard]] Json milliseconds_or_null(std::optional<Seconds> time);

/// Reads one JSON object strictly: missing, mistyped *and unknown* keys are errors. Errors are
/// collected, so that a profile's author sees them all in one run. Use through `read_object`.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::string path, Errors& errors)
      : object_{object}, path_{std::move(path)}, errors_{errors} {}

  /// Is the key there? Asking makes it known.
  [[nodiscard]] bool has(std::string_view key);

  /// In the order of the file. Asking does not make them known.
  [[nodiscard]] std::vector<std::string> keys() const;

  /// Required, not empty.
  [[nodiscard]] std::string text(std::string_view key);
  [[nodiscard]] std::string text_or(std::string_view key, std::string fallback);
  /// A list of strings; empty where the key is absent.
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);

  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
  [[nodiscard]] std::int64_t integer_or(std::string_view key, std::int64_t fallback, std::int64_t min,
                                        std::int64_t max);
  [[nodiscard]] bool flag(std::string_view key);
  [[nodiscard]] bool flag_or(std::string_view key, bool fallback);
  [[nodiscard]] double number(std::string_view key, double min, double max);

  /// One of the names of `table`, as its value.
  template <class Value>
  [[nodiscard]] Value choice(std::string_view key, std::span<const std::pair<std::string_view, Value>> table);

  /// Reads the object under `key` with `body(ObjectReader&)`.
  template <class Body>
  void object(std::string_view key, Body body);
  template <class Body>
  void object_if_present(std::string_view key, Body body) {
    if (has(key)) object(key, body);
  }
  /// Calls `body(name, ObjectReader&)` for every member of the object under `key`.
  template <class Body>
  void each_object(std::string_view key, Body body);

  /// Calls `body(ObjectReader&)` for every item of the list of objects under `key`.
  template <class Body>
  void each_item(std::string_view key, Body body);

  /// `{"value": "80 GB", "source": "data sheet, p. 3"}`: a number nobody can trace is not accepted.
  /// The source goes to `sources` under this key's path.
  template <class Q>
  [[nodiscard]] Q sourced(std::string_view key, Result<Q> (*parse)(std::string_view),
                          std::vector<FigureSource>& sources);
  /// The same for counts and fractions: `{"value": 132, "source": "..."}`.
  [[nodiscard]] std::int64_t sourced_integer(std::string_view key, std::int64_t min, std::int64_t max,
                                             std::vector<FigureSource>& sources);
  [[nodiscard]] double sourced_number(std::string_view key, double min, double max, std::vector<FigureSource>& sources);

  /// The raw value; null and an error where it is missing.
  [[nodiscard]] const Json& at(std::string_view key);
  void add(std::string_view key, std::string what, std::string hint = {});
  /// "expected an integer in 1..8, found \"abc\""
  void mistyped(std::string_view key, std::string_view expected);
  /// Every key that nobody asked for is a mistake (usually a misspelling).
  void report_unknown_keys();
  /// After an error that leaves open which keys there may be.
  void ignore_unknown_keys() { keys_are_known_ = false; }

 private:
  [[nodiscard]] std::string pointer(std::string_view key) const;
  [[nodiscard]] std::string item_pointer(std::string_view key, std::size_t index) const;
  [[nodiscard]] std::string figure(std::string_view key) const;
  void add_unknown_choice(std::string_view key, const std::vector<std::string>& names);

  const Json& object_;
  std::string path_;
  Errors& errors_;
  std::vector<std::string> asked_;
  bool keys_are_known_ = true;
};

/// Runs `body` over the object, then reports what it left unread.
template <class Body>
void read_object(const Json& json, std::string path, Errors& errors, Body body) {
  if (!json.is_object()) return errors.push_back({std::move(path), "expected an object", {}});
  ObjectReader reader(json, std::move(path), errors);
  body(reader);
  reader.report_unknown_keys();
}

template <class Body>
void ObjectReader::object(std::string_view key, Body body) {
  const auto& json = at(key);
  if (json.is_object())
    read_object(json, pointer(key), errors_, body);
  else if (!json.is_null())
    mistyped(key, "an object");
}

template <class Body>
void ObjectReader::each_object(std::string_view key, Body body) {
  object(key, [&](ObjectReader& members) {
    for (const auto& [name, unused] : members.object_.items())
      members.object(name, [&](ObjectReader& member) { body(name, member); });
  });
}

template <class Body>
void ObjectReader::each_item(std::string_view key, Body body) {
  const auto& json = at(key);
  if (!json.is_array()) {
    if (!json.is_null()) mistyped(key, "a list of objects");
    return;
  }
  std::size_t index = 0;
  for (const auto& item : json) read_object(item, item_pointer(key, index++), errors_, body);
}

template <class Value>
Value ObjectReader::choice(std::string_view key, std::span<const std::pair<std::string_view, Value>> table) {
  const auto chosen = text(key);
  std::vector<std::string> names;
  for (const auto& [name, value] : table) {
    if (name == chosen) return value;
    names.emplace_back(name);
  }
  if (!chosen.empty()) add_unknown_choice(key, names);
  return table.front().second;
}

template <class Q>
Q ObjectReader::sourced(std::string_view key, Result<Q> (*parse)(std::string_view),
                        std::vector<FigureSource>& sources) {
  Q result{};
  object(key, [&](ObjectReader& figure_reader) {
    sources.push_back({figure(key), figure_reader.text("source")});
    const auto value = figure_reader.text("value");
    if (value.empty()) return;
    if (const auto quantity = parse(value))
      result = *quantity;
    else
      for (const auto& e : quantity.error()) figure_reader.add("value", e.what, e.hint);
  });
  return result;
}

}  // namespace roofcast
