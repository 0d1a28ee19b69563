#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "hwmodels/import/safetensors_header.hpp"
#include "tests/support/gguf_writer.hpp"

namespace roofcast::test {

/// Writes safetensors files whose data are zeros.
struct SafetensorsWriter {
  std::string entries{};
  std::uint64_t data_bytes = 0;

  void tensor(std::string_view name, const std::vector<std::uint64_t>& shape, std::string_view dtype = "BF16") {
    std::uint64_t bits = find_safetensors_type(dtype)->bits;
    for (const auto n : shape) bits *= n;
    const auto begin = data_bytes;
    data_bytes += bits / 8;
    raw(fmt::format(R"("{}":{{"dtype":"{}","shape":[{}],"data_offsets":[{},{}]}})", name, dtype, fmt::join(shape, ","),
                    begin, data_bytes));
  }
  /// An entry as text, right or wrong.
  void raw(std::string_view entry) {
    if (!entries.empty()) entries += ",";
    entries += entry;
  }

  [[nodiscard]] std::string header() const { return framed("{" + entries + "}"); }
  [[nodiscard]] std::uint64_t file_bytes() const { return header().size() + data_bytes; }
  [[nodiscard]] std::string file() const { return header() + std::string(data_bytes, '\0'); }

  /// Length and text, padded with spaces to a multiple of 8.
  [[nodiscard]] static std::string framed(std::string text) {
    while (text.size() % 8 != 0) text += ' ';
    std::string bytes;
    append_text(bytes, text);
    return bytes;
  }
};

}  // namespace roofcast::test
