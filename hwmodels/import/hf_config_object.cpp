#include "hwmodels/import/hf_config_object.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace roofcast::hf {
namespace {

// RFC 6901: a key in a pointer writes ~ as ~0 and / as ~1.
std::string pointer_token(std::string_view key) {
  std::string token;
  for (const char c : key.substr(0, 80)) token += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return token;
}

std::optional<int> whole_number(const JsonValue& value, CountRange range) {
  const auto* v = value.as<double>();
  if (v == nullptr || std::floor(*v) != *v || *v < range.min || *v > range.max) return std::nullopt;
  return static_cast<int>(*v);
}

std::string wrong_count(const JsonValue& value, CountRange range) {
  return fmt::format("{} where a whole number from {} to {} was expected", describe(value), range.min, range.max);
}

}  // namespace

ConfigObject::ConfigObject(const JsonValue* object, std::string where, Errors& errors)
    : object_{object}, where_{std::move(where)}, errors_{&errors} {}

const JsonValue* ConfigObject::value(std::string_view key) const {
  return object_ == nullptr ? nullptr : object_->find(key);
}

bool ConfigObject::states_null(std::string_view key) const {
  return object_ != nullptr && object_->states_null(key);
}

std::vector<std::string> ConfigObject::keys() const {
  std::vector<std::string> out;
  if (const auto* members = object_ == nullptr ? nullptr : object_->as<JsonValue::Object>())
    for (const auto& member : *members) out.push_back(member.key);
  return out;
}

std::string ConfigObject::where(std::string_view key) const {
  return where_ + "/" + pointer_token(key);
}

void ConfigObject::error(std::string_view key, std::string what, std::string hint) const {
  // A hostile file has a problem in each of a million places; the first thousand say enough.
  if (errors_->size() < 1000) errors_->push_back({where(key), std::move(what), std::move(hint)});
}

std::optional<int> ConfigObject::count(Aliases keys, CountRange range) const {
  for (const auto key : keys) {
    const auto* v = value(key);
    if (v == nullptr) continue;
    const auto number = whole_number(*v, range);
    if (!number) error(key, wrong_count(*v, range));
    return number;
  }
  return std::nullopt;
}

int ConfigObject::required(Aliases keys, CountRange range) const {
  bool present = false;
  for (const auto key : keys) present = present || has(key);
  if (!present) {
    const auto first = *keys.begin();
    error(first, states_null(first) ? "null where a number is needed" : "missing",
          keys.size() > 1 ? fmt::format("accepted names: {}", fmt::join(keys, ", ")) : std::string{});
    return range.min;
  }
  return count(keys, range).value_or(range.min);
}

std::optional<double> ConfigObject::number(std::string_view key) const {
  const auto* v = value(key);
  if (v == nullptr) return std::nullopt;
  if (const auto* number = v->as<double>(); number != nullptr && std::isfinite(*number)) return *number;
  error(key, fmt::format("{} where a number was expected", describe(*v)));
  return std::nullopt;
}

bool ConfigObject::flag(std::string_view key, bool fallback) const {
  const auto* v = value(key);
  if (v == nullptr) return fallback;
  if (const auto* b = v->as<bool>()) return *b;
  error(key, fmt::format("{} where true or false was expected", describe(*v)));
  return fallback;
}

std::optional<std::string> ConfigObject::text(std::string_view key) const {
  const auto* v = value(key);
  if (v == nullptr) return std::nullopt;
  if (const auto* s = v->as<std::string>()) return *s;
  error(key, fmt::format("{} where a string was expected", describe(*v)));
  return std::nullopt;
}

std::optional<std::string> ConfigObject::first_text(std::string_view key) const {
  const auto entries = texts(key);
  return entries.empty() ? std::nullopt : std::optional{entries.front()};
}

const JsonValue::Array* ConfigObject::list(std::string_view key) const {
  const auto* v = value(key);
  if (v == nullptr) return nullptr;
  const auto* entries = v->as<JsonValue::Array>();
  if (entries == nullptr) error(key, fmt::format("{} where a list was expected", describe(*v)));
  return entries;
}

std::vector<int> ConfigObject::counts(std::string_view key, CountRange range) const {
  std::vector<int> out;
  const auto* entries = list(key);
  if (entries == nullptr) return out;
  for (const auto& entry : *entries) {
    const auto number = whole_number(entry, range);
    if (!number) {
      error(key, fmt::format("entry {} is {}", out.size(), wrong_count(entry, range)));
      return {};
    }
    out.push_back(*number);
  }
  return out;
}

std::vector<std::string> ConfigObject::texts(std::string_view key) const {
  std::vector<std::string> out;
  const auto* entries = list(key);
  if (entries == nullptr) return out;
  for (const auto& entry : *entries) {
    const auto* s = entry.as<std::string>();
    if (s == nullptr) {
      error(key, fmt::format("entry {} is {} where a string was expected", out.size(), describe(entry)));
      return {};
    }
    out.push_back(*s);
  }
  return out;
}

ConfigObject ConfigObject::object(std::string_view key) const {
  const auto* v = value(key);
  if (v != nullptr && v->as<JsonValue::Object>() == nullptr) {
    error(key, fmt::format("{} where an object was expected", describe(*v)));
    v = nullptr;
  }
  return {v, where(key), *errors_};
}

std::vector<ConfigObject> ConfigObject::objects(std::string_view key) const {
  std::vector<ConfigObject> out;
  const auto* entries = list(key);
  if (entries == nullptr) return out;
  for (const auto& entry : *entries) {
    const auto at = fmt::format("{}/{}", where(key), out.size());
    if (entry.as<JsonValue::Object>() == nullptr) {
      errors_->push_back({at, fmt::format("{} where an object was expected", describe(entry)), {}});
      return {};
    }
    out.emplace_back(&entry, at, *errors_);
  }
  return out;
}

}  // namespace roofcast::hf
