#include "hwmodels/object_reader.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/nearest_name.hpp"

namespace roofcast {
namespace {

constexpr int kDeepest = 32;  // profiles need 6; printing a value recurses

/// RFC 6901: '~' and '/' of a key are escaped.
std::string escaped(std::string_view key) {
  std::string out;
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

/// The offending value, short enough for a line.
std::string shown(const Json& json) {
  constexpr std::size_t kLongest = 40;
  auto text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return text;
}

}  // namespace

bool ObjectReader::has(std::string_view key) {
  asked_.emplace_back(key);
  return object_.contains(key);
}

std::vector<std::string> ObjectReader::keys() const {
  std::vector<std::string> result;
  for (const auto& [key, unused] : object_.items()) result.push_back(key);
  return result;
}

const Json& ObjectReader::at(std::string_view key) {
  static const Json null;
  if (!has(key)) {
    add(key, "missing");
    return null;
  }
  const auto& json = object_.find(key).value();
  if (json.is_null()) add(key, "must not be null");
  return json;
}

std::string ObjectReader::text(std::string_view key) {
  const auto& json = at(key);
  if (json.is_string()) {
    const auto& value = json.get_ref<const std::string&>();
    if (value.empty()) add(key, "must not be empty");
    return value;
  }
  if (!json.is_null()) mistyped(key, "a string");
  return {};
}

std::string ObjectReader::text_or(std::string_view key, std::string fallback) {
  return has(key) ? text(key) : std::move(fallback);
}

std::vector<std::string> ObjectReader::texts(std::string_view key) {
  std::vector<std::string> result;
  if (!has(key)) return result;
  const auto& json = at(key);
  const auto is_text = [](const Json& item) { return item.is_string(); };
  if (json.is_array() && std::ranges::all_of(json, is_text))
    for (const auto& item : json) result.push_back(item.get<std::string>());
  else if (!json.is_null())
    mistyped(key, "a list of strings");
  return result;
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
  const auto& json = at(key);
  // An unsigned value above the signed range must not wrap around.
  const bool fits = json.is_number_unsigned() ? json.get<std::uint64_t>() <= static_cast<std::uint64_t>(max)
                                              : json.is_number_integer() && json.get<std::int64_t>() <= max;
  if (fits && json.get<std::int64_t>() >= min) return json.get<std::int64_t>();
  if (!json.is_null()) mistyped(key, fmt::format("an integer in {}..{}", min, max));
  return min;
}

std::int64_t ObjectReader::integer_or(std::string_view key, std::int64_t fallback, std::int64_t min, std::int64_t max) {
  return has(key) ? integer(key, min, max) : fallback;
}

bool ObjectReader::flag(std::string_view key) {
  const auto& json = at(key);
  if (json.is_boolean()) return json.get<bool>();
  if (!json.is_null()) mistyped(key, "true or false");
  return false;
}

bool ObjectReader::flag_or(std::string_view key, bool fallback) {
  return has(key) ? flag(key) : fallback;
}

double ObjectReader::number(std::string_view key, double min, double max) {
  const auto& json = at(key);
  if (json.is_number()) {
    const double value = json.get<double>();
    if (value >= min && value <= max) return value;
  }
  if (!json.is_null()) mistyped(key, fmt::format("a number in {}..{}", min, max));
  return min;
}

std::int64_t ObjectReader::sourced_integer(std::string_view key, std::int64_t min, std::int64_t max,
                                           std::vector<FigureSource>& sources) {
  std::int64_t result = min;
  object(key, [&](ObjectReader& figure_reader) {
    sources.push_back({figure(key), figure_reader.text("source")});
    result = figure_reader.integer("value", min, max);
  });
  return result;
}

double ObjectReader::sourced_number(std::string_view key, double min, double max, std::vector<FigureSource>& sources) {
  double result = 0;
  object(key, [&](ObjectReader& figure_reader) {
    sources.push_back({figure(key), figure_reader.text("source")});
    result = figure_reader.number("value", min, max);
  });
  return result;
}

void ObjectReader::add(std::string_view key, std::string what, std::string hint) {
  errors_.push_back({pointer(key), std::move(what), std::move(hint)});
}

void ObjectReader::mistyped(std::string_view key, std::string_view expected) {
  add(key, fmt::format("expected {}, found {}", expected, shown(at(key))));
}

void ObjectReader::add_unknown_choice(std::string_view key, const std::vector<std::string>& names) {
  const auto value = text(key);
  const auto hint = did_you_mean(value, names);
  add(key, fmt::format("'{}' is not known", value),
      hint.empty() ? fmt::format("use one of: {}", fmt::join(names, ", ")) : hint);
}

void ObjectReader::report_unknown_keys() {
  if (!keys_are_known_) return;
  for (const auto& [key, unused] : object_.items())
    if (std::ranges::find(asked_, key) == asked_.end()) add(key, "unknown key", did_you_mean(key, asked_));
}

std::string ObjectReader::pointer(std::string_view key) const {
  return fmt::format("{}/{}", path_, escaped(key));
}

std::string ObjectReader::item_pointer(std::string_view key, std::size_t index) const {
  return fmt::format("{}/{}", pointer(key), index);
}

std::string ObjectReader::figure(std::string_view key) const {
  const auto path = pointer(key);
  return path.substr(path.find(":/") + 2);
}

Result<Json> parse_json(std::string_view text, std::string_view origin) {
  std::vector<std::set<std::string>> seen;  // keys of the objects that are open, outermost first
  std::string twice;
  int deepest = 0;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    deepest = std::max(deepest, depth);
    if (event == Json::parse_event_t::object_start) seen.emplace_back();
    if (event == Json::parse_event_t::object_end) seen.pop_back();
    if (event == Json::parse_event_t::key && !seen.back().insert(parsed.get<std::string>()).second)
      twice = parsed.get<std::string>();
    return true;
  };
  try {
    auto json = Json::parse(text, watch);
    if (!twice.empty()) return fail(std::string(origin), fmt::format("the key '{}' occurs twice in one object", twice));
    if (deepest > kDeepest) return fail(std::string(origin), fmt::format("nested deeper than {} levels", kDeepest));
    return json;
  } catch (const nlohmann::json::exception& e) {
    std::string_view reason = e.what();  // "[json.exception.parse_error.101] parse error at line 1, ..."
    if (const auto end = reason.find("] "); end != reason.npos) reason.remove_prefix(end + 2);
    return fail(std::string(origin), fmt::format("not valid JSON: {}", reason));
  }
}

}  // namespace roofcast
