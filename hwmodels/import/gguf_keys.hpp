#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/import/gguf_header.hpp"

namespace roofcast {

/// Typed look-ups in the metadata of one architecture: `integer("block_count")` reads
/// "llama.block_count". Every missing or mistyped key is added to `errors`.
class GgufKeys {
 public:
  GgufKeys(const GgufMetadata& metadata, std::string architecture, std::string origin, Errors& errors)
      : metadata_{metadata}, architecture_{std::move(architecture)}, origin_{std::move(origin)}, errors_{errors} {}

  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  [[nodiscard]] bool is_list(std::string_view key) const;

  /// A required integer in [min, 2^31).
  [[nodiscard]] int integer(std::string_view key, int min = 1);
  /// `fallback` where the key is absent.
  [[nodiscard]] int integer_or(std::string_view key, int fallback, int min = 0);
  /// One value per layer: a single value counts for all of them. Absent: `fallback` for all.
  [[nodiscard]] std::vector<int> per_layer(std::string_view key, int layers, int fallback);

  void add(std::string_view key, std::string what, std::string hint = {});

 private:
  [[nodiscard]] const GgufValue* find(std::string_view key) const;
  [[nodiscard]] std::optional<int> in_range(std::string_view key, std::int64_t value, int min);

  const GgufMetadata& metadata_;
  std::string architecture_;
  std::string origin_;
  Errors& errors_;
};

/// A general text, e.g. "general.architecture"; empty where it is absent or no text.
[[nodiscard]] std::string gguf_text(const GgufMetadata& metadata, std::string_view key);

}  // namespace roofcast
