#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

struct JsonMember;

/// A parsed JSON document as plain values: what the importers walk. Numbers are doubles (exact integers
/// to 2^53); members are sorted by key.
struct JsonValue {
  using Array = std::vector<JsonValue>;
  using Object = std::vector<JsonMember>;

  std::variant<std::monostate, bool, double, std::string, Array, Object> value{};

  /// The member of that name; nullptr where there is none, where it is null, or where this is no object.
  [[nodiscard]] const JsonValue* find(std::string_view key) const;

  /// The member is there and null.
  [[nodiscard]] bool states_null(std::string_view key) const;

  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(&value);
  }
  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value); }
};

struct JsonMember {
  std::string key{};
  JsonValue value{};
};

/// "an object", "the string 'abc'", ...: what an error message calls the value.
[[nodiscard]] std::string describe(const JsonValue& value);

/// What a hostile file may cost at most.
struct JsonLimits {
  double text_bytes = 64.0 * 1024 * 1024;
  int depth = 64;
  int values = 1'000'000;
};

/// Parses strictly, but for the bare words NaN and Infinity: Python's json module writes them into
/// config.json files. They read as null. A key that appears twice is an error.
[[nodiscard]] Result<JsonValue> json_tree(std::string_view text, std::string_view origin,
                                          const JsonLimits& limits = {});

}  // namespace roofcast
