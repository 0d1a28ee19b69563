#include "hwmodels/import/gguf_value.hpp"

#include <bit>
#include <limits>

#include <fmt/format.h>

namespace roofcast {
namespace {

constexpr std::uint64_t kMaxText = 1u << 12;  // longer texts (chat templates) are skipped
constexpr std::uint64_t kMaxList = 1u << 14;  // longer arrays are only counted

// Value types of the format (ggml/include/gguf.h).
/// How a value is stored; the numbers are the format's own.
struct Stored {
  enum : std::uint32_t { u8, i8, u16, i16, u32, i32, f32, boolean, text, array, u64, i64, f64 };
};

/// Bytes of one value; 0 for texts, arrays and unknown types.
std::uint64_t value_bytes(std::uint32_t type) {
  switch (type) {
    case Stored::u8:
    case Stored::i8:
    case Stored::boolean:
      return 1;
    case Stored::u16:
    case Stored::i16:
      return 2;
    case Stored::u32:
    case Stored::i32:
    case Stored::f32:
      return 4;
    case Stored::u64:
    case Stored::i64:
    case Stored::f64:
      return 8;
    default:
      return 0;
  }
}

std::int64_t integer(ByteReader& reader, std::uint32_t type) {
  switch (type) {
    case Stored::u8:
      return reader.number<std::uint8_t>();
    case Stored::i8:
      return static_cast<std::int8_t>(reader.number<std::uint8_t>());
    case Stored::u16:
      return reader.number<std::uint16_t>();
    case Stored::i16:
      return static_cast<std::int16_t>(reader.number<std::uint16_t>());
    case Stored::u32:
      return reader.number<std::uint32_t>();
    case Stored::i32:
      return static_cast<std::int32_t>(reader.number<std::uint32_t>());
    case Stored::boolean: {
      const auto v = reader.number<std::uint8_t>();
      if (v > 1) reader.fail(fmt::format("a bool is {}, expected 0 or 1", v));
      return v;
    }
    default:
      return static_cast<std::int64_t>(reader.number<std::uint64_t>());
  }
}

GgufValue scalar(ByteReader& reader, std::uint32_t type) {
  switch (type) {
    case Stored::u64: {
      const auto v = reader.number<std::uint64_t>();
      if (v > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return static_cast<double>(v);
      return static_cast<std::int64_t>(v);
    }
    case Stored::f32:
      return static_cast<double>(std::bit_cast<float>(reader.number<std::uint32_t>()));
    case Stored::f64:
      return std::bit_cast<double>(reader.number<std::uint64_t>());
    case Stored::boolean:
      return integer(reader, Stored::boolean) != 0;
    case Stored::text: {
      const auto length = reader.number<std::uint64_t>();
      if (length <= kMaxText) return reader.text(length);
      reader.skip(length);
      return GgufArray{Stored::text, length};
    }
    default:
      if (value_bytes(type) > 0) return integer(reader, type);
      reader.fail(fmt::format("value type {} is unknown, expected 0 to 12", type));
      return false;
  }
}

std::vector<std::int64_t> integers(ByteReader& reader, std::uint32_t type, std::uint64_t n) {
  std::vector<std::int64_t> list;
  for (std::uint64_t i = 0; reader.ok() && i < n; ++i) list.push_back(integer(reader, type));
  return list;
}

GgufValue array_value(ByteReader& reader) {
  const auto type = reader.number<std::uint32_t>();
  const auto n = reader.number<std::uint64_t>();
  const auto smallest = type == Stored::text ? 8 : value_bytes(type);
  if (type == Stored::array)
    reader.fail("an array of arrays, expected an array of numbers or texts");
  else if (smallest == 0)
    reader.fail(fmt::format("an array of value type {} is unknown, expected 0 to 12", type));
  else if (n > reader.left() / smallest)
    reader.fail(fmt::format("an array of {} values does not fit the {} bytes that follow", n, reader.left()));
  if (!reader.ok()) return false;

  if (type == Stored::text) {
    for (std::uint64_t i = 0; reader.ok() && i < n; ++i) reader.skip(reader.number<std::uint64_t>());
    return GgufArray{type, n};
  }
  if (type != Stored::f32 && type != Stored::f64 && n <= kMaxList) return integers(reader, type, n);
  reader.skip(n * smallest);
  return GgufArray{type, n};
}

}  // namespace

GgufValue read_gguf_value(ByteReader& reader) {
  const auto type = reader.number<std::uint32_t>();
  return type == Stored::array ? array_value(reader) : scalar(reader, type);
}

}  // namespace roofcast
