#include "hwmodels/import/gguf_parts.hpp"

#include <cstddef>
#include <cstdint>
#include <system_error>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hwmodels/import/printable.hpp"

namespace roofcast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".gguf";
constexpr std::size_t kDigits = 5;

std::optional<int> five_digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return text.size() == kDigits ? std::optional{value} : std::nullopt;
}

/// A split.* key, or `fallback` where it is absent.
std::int64_t split_key(const GgufHeader& header, std::string_view key, std::int64_t fallback) {
  const auto it = header.metadata.find(key);
  if (it == header.metadata.end()) return fallback;
  const auto* value = std::get_if<std::int64_t>(&it->second);
  return value != nullptr ? *value : -1;
}

std::vector<fs::path> part_files(const fs::path& folder, GgufPartName name) {
  std::vector<fs::path> files;
  for (name.part = 1; name.part <= name.parts; ++name.part) files.push_back(folder / file_name(name));
  return files;
}

std::optional<Error> missing_parts(const std::vector<fs::path>& files) {
  std::vector<std::string> missing;
  std::error_code ignored;
  for (const auto& file : files)
    if (!fs::exists(file, ignored)) missing.push_back(file.filename().string());
  if (missing.empty()) return std::nullopt;
  return Error{files.front().filename().string(),
               fmt::format("{} of {} parts are missing: {}{}", missing.size(), files.size(), missing.front(),
                           missing.size() > 1 ? fmt::format(" to {}", missing.back()) : ""),
               "put all parts in one folder", ErrorKind::file};
}

/// Do the header's own words and the file's name agree?
std::optional<Error> contradiction(const GgufHeader& header, const GgufPartName& name, const std::string& origin) {
  const auto parts = split_key(header, "split.count", 0);
  if (parts != name.parts)
    return Error{origin + ":/split.count", fmt::format("{}, expected {} from the file's name", parts, name.parts), {}};
  const auto part = split_key(header, "split.no", 0);
  if (part != name.part - 1)
    return Error{origin + ":/split.no", fmt::format("{}, expected {} from the file's name", part, name.part - 1), {}};
  return std::nullopt;
}

std::optional<Error> repeated_tensor(const GgufHeader& header, const std::string& origin) {
  std::unordered_set<std::string_view> names;
  for (const auto& t : header.tensors)
    if (!names.insert(t.name).second)
      return Error{origin + ":/tensors/" + printable(t.name), "this tensor occurs in two parts", {}};
  return std::nullopt;
}

Result<GgufHeader> read_all(const std::vector<fs::path>& files, GgufPartName name) {
  GgufHeader whole;
  Errors errors;
  for (name.part = 1; name.part <= name.parts; ++name.part) {
    const auto& file = files[static_cast<std::size_t>(name.part - 1)];
    auto header = read_gguf_header(file);
    if (!header) return header;
    if (auto e = contradiction(*header, name, file.filename().string())) errors.push_back(std::move(*e));
    if (name.part == 1) {
      whole = std::move(*header);
      continue;
    }
    whole.tensors.insert(whole.tensors.end(), std::make_move_iterator(header->tensors.begin()),
                         std::make_move_iterator(header->tensors.end()));
  }
  const auto first = files.front().filename().string();
  const auto announced = split_key(whole, "split.tensors.count", static_cast<std::int64_t>(whole.tensors.size()));
  if (announced != static_cast<std::int64_t>(whole.tensors.size()))
    errors.push_back(
        {first + ":/split.tensors.count",
         fmt::format("{}, but the {} parts hold {} tensors", announced, files.size(), whole.tensors.size()),
         {}});
  if (auto e = repeated_tensor(whole, first)) errors.push_back(std::move(*e));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return whole;
}

}  // namespace

std::optional<GgufPartName> gguf_part_name(std::string_view name) {
  // -00001-of-00003.gguf
  constexpr std::size_t kTail = 1 + kDigits + 4 + kDigits + kExtension.size();
  if (name.size() <= kTail) return std::nullopt;
  const auto tail = name.substr(name.size() - kTail);
  const auto part = five_digits(tail.substr(1, kDigits)), parts = five_digits(tail.substr(1 + kDigits + 4, kDigits));
  if (tail.front() != '-' || tail.substr(1 + kDigits, 4) != "-of-" || !tail.ends_with(kExtension) || !part || !parts)
    return std::nullopt;
  if (*part < 1 || *part > *parts) return std::nullopt;
  return GgufPartName{std::string(name.substr(0, name.size() - kTail)), *part, *parts};
}

std::string file_name(const GgufPartName& name) {
  return fmt::format("{}-{:05}-of-{:05}{}", name.stem, name.part, name.parts, kExtension);
}

Result<GgufHeader> read_gguf_parts(const fs::path& file) {
  const auto origin = file.filename().string();
  auto header = read_gguf_header(file);
  if (!header) return header;
  const auto parts = split_key(*header, "split.count", 0);
  const auto name = gguf_part_name(origin);
  if (!name || name->parts == 1) {
    if (parts <= 1) return header;
    return fail(origin + ":/split.count",
                fmt::format("one of {} parts, but its name does not end in -0000N-of-{:05}.gguf", parts, parts),
                "keep the parts' names: the others are found by them");
  }
  if (auto e = contradiction(*header, *name, origin)) return std::unexpected(Errors{std::move(*e)});
  const auto files = part_files(file.parent_path(), *name);
  if (auto e = missing_parts(files)) return std::unexpected(Errors{std::move(*e)});
  return read_all(files, *name);
}

}  // namespace roofcast
