#pragma once

#include <climits>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/import/json_tree.hpp"

namespace roofcast::hf {

/// Names one key may have, the preferred one first.
using Aliases = std::initializer_list<std::string_view>;

/// What a count may be. The default upper bound keeps every product of two dimensions inside an int.
struct CountRange {
  int min = 1;
  int max = 1'000'000;
};

/// One object of a Hugging Face config. Keys may be absent, null or spelled in several ways, and unknown
/// keys are normal. Wrong types and impossible values are collected as errors; the caller reads on with
/// a harmless value and checks the errors once at the end.
class ConfigObject {
 public:
  ConfigObject(const JsonValue* object, std::string where, Errors& errors);

  [[nodiscard]] bool exists() const { return object_ != nullptr; }
  [[nodiscard]] bool has(std::string_view key) const { return value(key) != nullptr; }
  /// The key is there and says null: the file says "none", it does not merely stay silent.
  [[nodiscard]] bool states_null(std::string_view key) const;
  /// The member; nullptr where it is absent or null.
  [[nodiscard]] const JsonValue* value(std::string_view key) const;
  /// The keys of the object.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// "config.json:/text_config/key"
  [[nodiscard]] std::string where(std::string_view key) const;

  /// A whole number under the first alias that is present; nullopt where none is, or on an error.
  [[nodiscard]] std::optional<int> count(Aliases keys, CountRange range = {}) const;
  /// The same, but absence is an error; the smallest allowed value is returned on errors.
  [[nodiscard]] int required(Aliases keys, CountRange range = {}) const;
  [[nodiscard]] std::optional<double> number(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key, bool fallback) const;
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  /// The first entry of a list of strings, e.g. of `architectures`.
  [[nodiscard]] std::optional<std::string> first_text(std::string_view key) const;
  /// Lists of one entry per layer; empty where the key is absent or an entry is wrong.
  [[nodiscard]] std::vector<int> counts(std::string_view key, CountRange range) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  /// A nested object; `exists()` is false where it is absent.
  [[nodiscard]] ConfigObject object(std::string_view key) const;
  /// The entries of a list of objects.
  [[nodiscard]] std::vector<ConfigObject> objects(std::string_view key) const;

  /// The object itself; call only where it exists.
  [[nodiscard]] const JsonValue& json() const { return *object_; }
  /// The same place in the file, with other contents.
  [[nodiscard]] ConfigObject replaced_by(const JsonValue& object) const { return {&object, where_, *errors_}; }

  void error(std::string_view key, std::string what, std::string hint = {}) const;
  [[nodiscard]] bool has_errors() const { return !errors_->empty(); }

 private:
  [[nodiscard]] const JsonValue::Array* list(std::string_view key) const;

  const JsonValue* object_;
  std::string where_;
  Errors* errors_;
};

}  // namespace roofcast::hf
