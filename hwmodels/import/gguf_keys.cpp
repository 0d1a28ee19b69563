#include "hwmodels/import/gguf_keys.hpp"

#include <cstddef>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace roofcast {
namespace {

constexpr int kMax = std::numeric_limits<int>::max();

std::string_view kind_of(const GgufValue& value) {
  switch (value.index()) {
    case 0:
      return "an integer";
    case 1:
      return "a real number";
    case 2:
      return "a bool";
    case 3:
      return "a text";
    default:
      return "an array";
  }
}

}  // namespace

const GgufValue* GgufKeys::find(std::string_view key) const {
  const auto it = metadata_.find(fmt::format("{}.{}", architecture_, key));
  return it == metadata_.end() ? nullptr : &it->second;
}

bool GgufKeys::is_list(std::string_view key) const {
  const auto* value = find(key);
  return value != nullptr && std::holds_alternative<std::vector<std::int64_t>>(*value);
}

void GgufKeys::add(std::string_view key, std::string what, std::string hint) {
  errors_.push_back({fmt::format("{}:/{}.{}", origin_, architecture_, key), std::move(what), std::move(hint)});
}

std::optional<int> GgufKeys::in_range(std::string_view key, std::int64_t value, int min) {
  if (value >= min && value <= kMax) return static_cast<int>(value);
  add(key, fmt::format("{}, expected an integer from {} to {}", value, min, kMax));
  return std::nullopt;
}

int GgufKeys::integer(std::string_view key, int min) {
  if (has(key)) return integer_or(key, min, min);
  add(key, "missing");
  return min;
}

int GgufKeys::integer_or(std::string_view key, int fallback, int min) {
  const auto* value = find(key);
  if (value == nullptr) return fallback;
  if (const auto* number = std::get_if<std::int64_t>(value)) return in_range(key, *number, min).value_or(fallback);
  add(key, fmt::format("{}, expected an integer", kind_of(*value)));
  return fallback;
}

std::vector<int> GgufKeys::per_layer(std::string_view key, int layers, int fallback) {
  const auto count = static_cast<std::size_t>(layers);
  if (!is_list(key)) return std::vector<int>(count, integer_or(key, fallback));
  const auto& list = std::get<std::vector<std::int64_t>>(*find(key));
  std::vector<int> values(count, fallback);
  if (list.size() != count) {
    add(key, fmt::format("an array of {} values, expected {} (block_count)", list.size(), layers));
    return values;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto value = in_range(fmt::format("{}/{}", key, i), list[i], 0);
    if (!value) return values;
    values[i] = *value;
  }
  return values;
}

std::string gguf_text(const GgufMetadata& metadata, std::string_view key) {
  const auto it = metadata.find(key);
  const auto* text = it == metadata.end() ? nullptr : std::get_if<std::string>(&it->second);
  return text != nullptr ? *text : std::string{};
}

}  // namespace roofcast
