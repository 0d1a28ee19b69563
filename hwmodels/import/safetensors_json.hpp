#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// One entry of a safetensors header as it stands there, unchecked.
struct SafetensorsEntry {
  std::string name{};
  std::string dtype{};
  std::vector<std::uint64_t> shape{};
  std::vector<std::uint64_t> offsets{};
};

/// The JSON of a safetensors header. Read as a stream of events: memory is that of the entries, however
/// deep or odd the text is. Anything but the format's own keys and types is an error.
[[nodiscard]] Result<std::vector<SafetensorsEntry>> parse_safetensors_json(std::string_view text,
                                                                           const std::string& origin);

/// model.safetensors.index.json: which file holds which tensor.
struct SafetensorsIndex {
  std::optional<std::uint64_t> total_size{};                      ///< bytes of all tensors
  std::vector<std::pair<std::string, std::string>> weight_map{};  ///< tensor, file; sorted by tensor
};
[[nodiscard]] Result<SafetensorsIndex> parse_safetensors_index(std::string_view text, const std::string& origin);

}  // namespace roofcast
