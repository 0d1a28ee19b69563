#include "hwmodels/import/safetensors_header.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/byte_reader.hpp"
#include "hwmodels/import/printable.hpp"
#include "hwmodels/import/regular_file.hpp"
#include "hwmodels/import/safetensors_json.hpp"

namespace roofcast {
namespace {

constexpr std::uint64_t kMaxSafetensorsHeader = 100'000'000;  // the format's own limit

constexpr std::array kSafetensorsTypes{
    SafetensorsType{"BF16", 16},   SafetensorsType{"F16", 16},        SafetensorsType{"F32", 32},
    SafetensorsType{"F64", 64},    SafetensorsType{"F8_E4M3", 8},     SafetensorsType{"F8_E5M2", 8},
    SafetensorsType{"F8_E8M0", 8}, SafetensorsType{"F8_E4M3FNUZ", 8}, SafetensorsType{"F8_E5M2FNUZ", 8},
    SafetensorsType{"F4", 4},      SafetensorsType{"F6_E2M3", 6},     SafetensorsType{"F6_E3M2", 6},
    SafetensorsType{"I8", 8},      SafetensorsType{"U8", 8},          SafetensorsType{"I16", 16},
    SafetensorsType{"U16", 16},    SafetensorsType{"I32", 32},        SafetensorsType{"U32", 32},
    SafetensorsType{"I64", 64},    SafetensorsType{"U64", 64},        SafetensorsType{"BOOL", 8},
    SafetensorsType{"C64", 64},
};

/// What is wrong with one entry, if anything; else it becomes a tensor.
std::optional<std::string> problem(SafetensorsEntry& entry, std::uint64_t data_bytes, SafetensorsTensor& tensor) {
  const auto* type = find_safetensors_type(entry.dtype);
  if (type == nullptr) return fmt::format("dtype '{}' is unknown", printable(entry.dtype));
  if (entry.offsets.size() != 2)
    return fmt::format("{} data_offsets, expected a begin and an end", entry.offsets.size());
  std::uint64_t elements = 1, bits = 0;
  for (const auto n : entry.shape)
    if (__builtin_mul_overflow(elements, n, &elements)) return "the product of its shape is beyond 2^64";
  if (__builtin_mul_overflow(elements, type->bits, &bits)) return "the product of its shape is beyond 2^64";
  const auto begin = entry.offsets[0], end = entry.offsets[1];
  if (begin > end) return fmt::format("data_offsets begin at {} and end at {}", begin, end);
  if (end > data_bytes)
    return fmt::format("data_offsets end at {}, but the file holds {} bytes of data: truncated?", end, data_bytes);
  if (bits % 8 != 0 || end - begin != bits / 8)
    return fmt::format("{} bytes, but {} elements of {} take {} bits", end - begin, elements, type->name, bits);
  tensor = {std::move(entry.name), *type, std::move(entry.shape), begin, end, elements};
  return std::nullopt;
}

std::optional<Error> layout_problem(const SafetensorsHeader& header, const std::string& origin) {
  std::vector<const SafetensorsTensor*> order;
  for (const auto& t : header.tensors) order.push_back(&t);
  std::ranges::sort(order, {}, &SafetensorsTensor::name);
  const auto twice = std::ranges::adjacent_find(order, {}, &SafetensorsTensor::name);
  const auto place = [&](const SafetensorsTensor* t) { return origin + ":/" + printable(t->name); };
  if (twice != order.end()) return Error{place(*twice), "this tensor occurs twice", {}};

  std::ranges::sort(order, {}, [](const auto* t) { return std::pair{t->begin, t->end}; });
  std::uint64_t end = 0;
  for (const auto* t : order) {
    if (t->begin < end) return Error{place(t), fmt::format("begins at {}, inside another tensor", t->begin), {}};
    if (t->begin > end)
      return Error{place(t), fmt::format("begins at {}, but the one before ends at {}", t->begin, end), {}};
    end = t->end;
  }
  if (end != header.data_bytes)
    return Error{origin, fmt::format("holds {} bytes of data, its tensors {}", header.data_bytes, end), {}};
  return std::nullopt;
}

}  // namespace

const SafetensorsType* find_safetensors_type(std::string_view name) {
  const auto it = std::ranges::find(kSafetensorsTypes, name, &SafetensorsType::name);
  return it == kSafetensorsTypes.end() ? nullptr : &*it;
}

Result<SafetensorsHeader> parse_safetensors_header(std::istream& in, std::uint64_t file_bytes,
                                                   const std::string& origin) {
  ByteReader reader(in, file_bytes, kMaxSafetensorsHeader + 8);
  const auto length = reader.number<std::uint64_t>();
  if (reader.ok() && length > reader.left())
    reader.fail(fmt::format("the header's length is {}, but {} bytes follow: not a safetensors file, or truncated",
                            length, reader.left()));
  const auto text = reader.text(length);
  if (reader.ok() && !text.starts_with('{')) reader.fail("the header is no JSON object: not a safetensors file");
  if (!reader.ok()) return fail(origin + ":offset 0", reader.problem());

  auto entries = parse_safetensors_json(text, origin);
  if (!entries) return std::unexpected(std::move(entries.error()));
  SafetensorsHeader header{.data_bytes = reader.left()};
  Errors errors;
  for (auto& entry : *entries) {
    SafetensorsTensor tensor;
    if (auto what = problem(entry, header.data_bytes, tensor))
      errors.push_back({origin + ":/" + printable(entry.name), std::move(*what), {}});
    else
      header.tensors.push_back(std::move(tensor));
    if (errors.size() == 8) break;  // a broken file is broken throughout
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  if (auto e = layout_problem(header, origin)) return std::unexpected(Errors{std::move(*e)});
  return header;
}

Result<SafetensorsHeader> read_safetensors_header(const std::filesystem::path& file) {
  auto open = open_regular_file(file);
  if (!open) return std::unexpected(std::move(open.error()));
  return parse_safetensors_header(open->in, open->bytes, file.filename().string());
}

}  // namespace roofcast
