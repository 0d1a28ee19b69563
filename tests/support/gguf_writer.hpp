#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hwmodels/import/ggml_types.hpp"

namespace roofcast::test {

/// Appends a value as little-endian bytes.
template <std::integral T>
void append(std::string& bytes, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
}

inline void append_text(std::string& bytes, std::string_view text) {
  append(bytes, static_cast<std::uint64_t>(text.size()));
  bytes += text;
}

/// Writes GGUF headers, right or deliberately wrong: counts, version and padding can be overridden.
struct GgufWriter {
  struct Key {
    std::string name{};
    std::string value{};  ///< type and value as bytes
  };
  struct Tensor {
    std::string name{};
    std::vector<std::uint64_t> dims{};
    std::uint32_t type = 0;
    std::uint64_t offset = 0;
  };

  std::uint32_t version = 3;
  std::uint64_t alignment = 32;
  std::vector<Key> keys{};
  std::vector<Tensor> tensors{};
  std::uint64_t data_bytes = 0;

  void set(std::string_view name, std::string value) {
    for (auto& key : keys)
      if (key.name == name) {
        key.value = std::move(value);
        return;
      }
    keys.push_back({std::string(name), std::move(value)});
  }
  void erase(std::string_view name) {
    std::erase_if(keys, [&](const Key& key) { return key.name == name; });
  }
  void text(std::string_view name, std::string_view value) {
    std::string bytes;
    append(bytes, std::uint32_t{8});
    append_text(bytes, value);
    set(name, bytes);
  }
  void number(std::string_view name, std::uint32_t value) {
    std::string bytes;
    append(bytes, std::uint32_t{4});
    append(bytes, value);
    set(name, bytes);
  }
  void real(std::string_view name, float value) {
    std::string bytes;
    append(bytes, std::uint32_t{6});
    append(bytes, std::bit_cast<std::uint32_t>(value));
    set(name, bytes);
  }
  void numbers(std::string_view name, const std::vector<std::int32_t>& values) {
    std::string bytes;
    append(bytes, std::uint32_t{9});
    append(bytes, std::uint32_t{5});
    append(bytes, static_cast<std::uint64_t>(values.size()));
    for (const auto v : values) append(bytes, v);
    set(name, bytes);
  }
  void flags(std::string_view name, const std::vector<bool>& values) {
    std::string bytes;
    append(bytes, std::uint32_t{9});
    append(bytes, std::uint32_t{7});
    append(bytes, static_cast<std::uint64_t>(values.size()));
    for (const bool v : values) append(bytes, static_cast<std::uint8_t>(v));
    set(name, bytes);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    std::string bytes;
    append(bytes, std::uint32_t{9});
    append(bytes, std::uint32_t{8});
    append(bytes, static_cast<std::uint64_t>(values.size()));
    for (const auto& v : values) append_text(bytes, v);
    set(name, bytes);
  }

  /// Placed after the tensors so far. Types by name: "q4_k".
  void tensor(std::string_view name, std::vector<std::uint64_t> dims, std::string_view type = "f32") {
    for (const auto& t : ggml_types())
      if (t.name == type) {
        std::uint64_t rows = 1;
        for (std::size_t i = 1; i < dims.size(); ++i) rows *= dims[i];
        const auto bytes = tensor_bytes(t, dims.front(), rows).value();
        tensors.push_back({std::string(name), std::move(dims), t.id, data_bytes});
        data_bytes += (bytes + alignment - 1) / alignment * alignment;
        return;
      }
    throw std::string("no such ggml type: ") + std::string(type);
  }
  void erase_tensor(std::string_view name) {
    std::erase_if(tensors, [&](const Tensor& t) { return t.name == name; });
  }

  [[nodiscard]] std::string header() const {
    std::string bytes = "GGUF";
    append(bytes, version);
    append(bytes, static_cast<std::uint64_t>(tensors.size()));
    append(bytes, static_cast<std::uint64_t>(keys.size()));
    for (const auto& key : keys) {
      append_text(bytes, key.name);
      bytes += key.value;
    }
    for (const auto& t : tensors) {
      append_text(bytes, t.name);
      append(bytes, static_cast<std::uint32_t>(t.dims.size()));
      for (const auto d : t.dims) append(bytes, d);
      append(bytes, t.type);
      append(bytes, t.offset);
    }
    while (bytes.size() % alignment != 0) bytes += '\0';
    return bytes;
  }
  /// Bytes of the whole file; tests of large models do not write the data.
  [[nodiscard]] std::uint64_t file_bytes() const { return header().size() + data_bytes; }
  [[nodiscard]] std::string file() const { return header() + std::string(data_bytes, '\0'); }
};

}  // namespace roofcast::test
