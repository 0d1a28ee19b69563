#include "hwmodels/import/gguf_header.hpp"

#include <algorithm>
#include <bit>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/byte_reader.hpp"
#include "hwmodels/import/printable.hpp"
#include "hwmodels/import/regular_file.hpp"

namespace roofcast {
namespace {

// Real headers: tokens and merges make 5 to 30 MB, some ten keys, at most 100,000 tensors.
constexpr std::uint64_t kMaxGgufHeader = 256u << 20;
constexpr std::uint64_t kMaxKeys = 1u << 16;
constexpr std::uint64_t kMaxGgufTensors = 1u << 18;
constexpr std::uint64_t kMaxName = 1u << 10;
constexpr std::uint64_t kDefaultAlignment = 32;

class HeaderParser {
 public:
  HeaderParser(std::istream& in, std::uint64_t bytes, const std::string& origin)
      : reader_{in, bytes, kMaxGgufHeader}, file_bytes_{bytes}, origin_{origin} {}

  Result<GgufHeader> parse() {
    magic();
    version();
    const auto tensor_count = reader_.number<std::uint64_t>();
    const auto key_count = reader_.number<std::uint64_t>();
    // The smallest tensor is 8 + 1 + 4 + 8 + 4 + 8 bytes, the smallest key 8 + 1 + 4 + 1.
    count("tensors", tensor_count, kMaxGgufTensors, 33);
    count("keys", key_count, kMaxKeys, 14);
    for (std::uint64_t i = 0; reader_.ok() && i < key_count; ++i) key_value(i);
    const auto alignment = alignment_of_data();
    for (std::uint64_t i = 0; reader_.ok() && i < tensor_count; ++i) tensor(i);
    if (reader_.ok()) extents(alignment);
    if (!reader_.ok()) return roofcast::fail(origin_ + place_, reader_.problem());
    return std::move(header_);
  }

 private:
  /// Where the next problem will be; the place of the first one stays.
  void at(std::string place) {
    if (reader_.ok()) place_ = std::move(place);
  }

  void magic() {
    at(":offset 0");
    const auto found = reader_.text(4);
    if (!reader_.ok() || found == "GGUF") return;
    if (found == "ggml" || found == "lmgg" || found == "fmgg" || found == "tjgg")
      return reader_.fail("a GGML file from before GGUF, expected GGUF version 2 or 3");
    reader_.fail(fmt::format("starts with '{}', expected 'GGUF'", printable(found)));
  }

  void version() {
    at(":offset 4");
    header_.version = reader_.number<std::uint32_t>();
    if (!reader_.ok() || header_.version == 2 || header_.version == 3) return;
    if ((header_.version & 0xffff) == 0 && header_.version != 0)
      return reader_.fail("a big-endian file, expected little-endian (gguf_convert_endian.py of gguf-py converts)");
    reader_.fail(fmt::format("GGUF version {}, expected 2 or 3", header_.version));
  }

  void count(std::string_view what, std::uint64_t n, std::uint64_t limit, std::uint64_t smallest) {
    if (!reader_.ok()) return;
    at(what == "tensors" ? ":offset 8" : ":offset 16");
    if (n > reader_.left() / smallest)
      return reader_.fail(fmt::format("{} {} do not fit the {} bytes that follow", n, what, reader_.left()));
    if (n > limit) reader_.fail(fmt::format("{} {}, at most {} are read", n, what, limit));
  }

  std::string name(std::string_view what, std::uint64_t index) {
    at(fmt::format(":offset {}", reader_.position()));
    const auto length = reader_.number<std::uint64_t>();
    if (!reader_.ok()) return {};
    if (length == 0) reader_.fail(fmt::format("the name of {} {} is empty", what, index));
    if (length > kMaxName)
      reader_.fail(
          fmt::format("the name of {} {} is {} bytes long, at most {} are read", what, index, length, kMaxName));
    return reader_.text(length);
  }

  void key_value(std::uint64_t index) {
    auto key = name("key", index);
    if (!reader_.ok()) return;
    at(":/" + printable(key));
    auto value = read_gguf_value(reader_);
    if (reader_.ok() && !header_.metadata.try_emplace(std::move(key), std::move(value)).second)
      reader_.fail("this key occurs twice");
  }

  std::uint64_t alignment_of_data() {
    const auto it = header_.metadata.find("general.alignment");
    if (!reader_.ok() || it == header_.metadata.end()) return kDefaultAlignment;
    const auto* value = std::get_if<std::int64_t>(&it->second);
    if (value != nullptr && *value > 0 && std::has_single_bit(static_cast<std::uint64_t>(*value)) && *value <= 1 << 30)
      return static_cast<std::uint64_t>(*value);
    at(":/general.alignment");
    reader_.fail(value == nullptr ? std::string("expected an integer")
                                  : fmt::format("{}, expected a power of two up to 2^30", *value));
    return kDefaultAlignment;
  }

  void tensor(std::uint64_t index) {
    GgufTensor t{.name = name("tensor", index)};
    if (!reader_.ok()) return;
    at(":/tensors/" + printable(t.name));
    if (!names_.insert(t.name).second) return reader_.fail("this tensor occurs twice");
    dims(t);
    const auto type = reader_.number<std::uint32_t>();
    t.offset = reader_.number<std::uint64_t>();
    if (!reader_.ok()) return;
    const auto* known = find_ggml_type(type);
    if (known == nullptr)
      return reader_.fail(fmt::format("tensor type {} is unknown or not one that files hold", type));
    const auto bytes = tensor_bytes(*known, t.dims.front(), t.elements / t.dims.front());
    if (!bytes)
      return reader_.fail(fmt::format("rows of {} weights are no whole blocks of {} ({} stores {} together)",
                                      t.dims.front(), known->block, known->name, known->block));
    t.type = *known;
    t.bytes = *bytes;
    header_.tensors.push_back(std::move(t));
  }

  void dims(GgufTensor& t) {
    const auto n = reader_.number<std::uint32_t>();
    if (reader_.ok() && (n == 0 || n > 4)) return reader_.fail(fmt::format("{} dimensions, expected 1 to 4", n));
    t.elements = 1;
    for (std::uint32_t i = 0; reader_.ok() && i < n; ++i) {
      t.dims.push_back(reader_.number<std::uint64_t>());
      if (!reader_.ok()) return;
      if (t.dims.back() == 0) return reader_.fail(fmt::format("dimension {} is 0", i));
      if (__builtin_mul_overflow(t.elements, t.dims.back(), &t.elements) || t.elements >> 56 != 0)
        return reader_.fail("the product of its dimensions is beyond 2^56");
    }
  }

  /// Every tensor aligned, inside the file, clear of the others.
  void extents(std::uint64_t alignment) {
    const auto data = (reader_.position() + alignment - 1) / alignment * alignment;
    std::vector<const GgufTensor*> order;
    for (const auto& t : header_.tensors) order.push_back(&t);
    std::ranges::sort(order, {}, &GgufTensor::offset);
    std::uint64_t end = 0;
    for (const auto* t : order) {
      at(":/tensors/" + printable(t->name));
      if (t->offset % alignment != 0)
        return reader_.fail(fmt::format("offset {} is not a multiple of the alignment {}", t->offset, alignment));
      if (t->offset < end) return reader_.fail(fmt::format("offset {} lies inside another tensor", t->offset));
      if (data > file_bytes_ || t->offset > file_bytes_ - data || t->bytes > file_bytes_ - data - t->offset)
        return reader_.fail(fmt::format("{} bytes at offset {} reach beyond the end of the file ({} bytes): truncated?",
                                        t->bytes, t->offset, file_bytes_));
      end = t->offset + t->bytes;
    }
  }

  ByteReader reader_;
  std::uint64_t file_bytes_;
  const std::string& origin_;
  std::string place_{};
  GgufHeader header_{};
  std::unordered_set<std::string> names_{};
};

}  // namespace

Result<GgufHeader> parse_gguf_header(std::istream& in, std::uint64_t file_bytes, const std::string& origin) {
  return HeaderParser(in, file_bytes, origin).parse();
}

Result<GgufHeader> read_gguf_header(const std::filesystem::path& file) {
  auto open = open_regular_file(file);
  if (!open) return std::unexpected(std::move(open.error()));
  return parse_gguf_header(open->in, open->bytes, file.filename().string());
}

}  // namespace roofcast
