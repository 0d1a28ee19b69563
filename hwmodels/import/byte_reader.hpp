#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>

namespace roofcast {

/// Reads little-endian values out of a stream whose length is known, and never past it. After the first
/// problem every read returns zeros: callers look at `ok()` where they loop or allocate.
class ByteReader {
 public:
  /// @param size of the whole file; @param limit how far a header may reach: bounds time and memory
  ByteReader(std::istream& in, std::uint64_t size, std::uint64_t limit) : in_{in}, size_{size}, limit_{limit} {}

  [[nodiscard]] bool ok() const { return problem_.empty(); }
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] std::uint64_t position() const { return position_; }
  [[nodiscard]] std::uint64_t left() const { return size_ - position_; }

  template <std::unsigned_integral T>
  [[nodiscard]] T number() {
    std::array<char, sizeof(T)> bytes{};
    read(bytes.data(), bytes.size());
    T value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
      value = static_cast<T>(static_cast<std::uint64_t>(value) << 8 | static_cast<unsigned char>(bytes[i]));
    return value;
  }
  /// @pre `length` is bounded by the caller
  [[nodiscard]] std::string text(std::uint64_t length);
  void skip(std::uint64_t bytes);

  /// Only the first problem is kept: what follows is a consequence.
  void fail(std::string what);

 private:
  void read(char* into, std::uint64_t bytes);
  [[nodiscard]] bool reserve(std::uint64_t bytes);

  std::istream& in_;
  std::uint64_t size_;
  std::uint64_t limit_;
  std::uint64_t position_ = 0;
  std::string problem_{};
};

}  // namespace roofcast
