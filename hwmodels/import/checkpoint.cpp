#include "hwmodels/import/checkpoint.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/printable.hpp"
#include "hwmodels/import/regular_file.hpp"
#include "hwmodels/import/safetensors_header.hpp"
#include "hwmodels/import/safetensors_json.hpp"
#include "hwmodels/import/tensor_names.hpp"

namespace roofcast {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIndex = "model.safetensors.index.json";
constexpr std::string_view kSingle = "model.safetensors";
constexpr std::uint64_t kMaxIndex = 100'000'000;
constexpr std::size_t kMaxFiles = 10'000;

Result<SafetensorsIndex> read_index(const fs::path& file) {
  auto open = open_regular_file(file);
  if (!open) return std::unexpected(std::move(open.error()));
  const auto origin = file.filename().string();
  if (open->bytes > kMaxIndex)
    return fail(origin, fmt::format("{} bytes, at most {} are read: not an index", open->bytes, kMaxIndex));
  std::string text(open->bytes, '\0');
  open->in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (open->in.gcount() != static_cast<std::streamsize>(text.size()))
    return fail(file.string(), "cannot be read whole", {}, ErrorKind::file);
  return parse_safetensors_index(text, origin);
}

/// Tensors by the file that holds them.
using TensorsByFile = std::map<std::string_view, std::vector<std::string_view>>;

TensorsByFile by_file(const SafetensorsIndex& index) {
  TensorsByFile files;
  for (const auto& [tensor, file] : index.weight_map) files[file].push_back(tensor);
  return files;
}

void add(Checkpoint& checkpoint, const SafetensorsHeader& header, int layers) {
  for (const auto& t : header.tensors) {
    const auto elements = is_quantisation_data(t.name) ? 0 : t.elements;
    if (const auto layer = language_layer(t.name)) checkpoint.layers = std::max(checkpoint.layers, *layer + 1);
    checkpoint.sums.add(checkpoint_role(t.name, t.shape, layers), t.type.name, t.bytes(), elements);
  }
}

/// A tensor that the index puts into a file which does not hold it.
std::optional<Error> misplaced(std::string_view file, const std::vector<std::string_view>& tensors,
                               const SafetensorsHeader& header) {
  std::unordered_set<std::string_view> held;
  for (const auto& t : header.tensors) held.insert(t.name);
  for (const auto tensor : tensors)
    if (!held.contains(tensor))
      return Error{fmt::format("{}:/weight_map/{}", kIndex, printable(tensor)),
                   fmt::format("is not in {}", printable(file)),
                   {}};
  return std::nullopt;
}

/// The files that are not there.
std::vector<std::string_view> missing_files(const fs::path& folder, const TensorsByFile& files) {
  std::vector<std::string_view> missing;
  std::error_code ignored;
  for (const auto& [file, tensors] : files)
    if (!fs::exists(folder / file, ignored)) missing.push_back(file);
  return missing;
}

Result<Checkpoint> from_index(const fs::path& folder, int layers) {
  const auto index = read_index(folder / kIndex);
  if (!index) return std::unexpected(index.error());
  const auto files = by_file(*index);
  if (files.empty() || files.size() > kMaxFiles)
    return fail(fmt::format("{}:/weight_map", kIndex),
                fmt::format("names {} files, expected 1 to {}", files.size(), kMaxFiles));
  const auto missing = missing_files(folder, files);

  Checkpoint checkpoint;
  if (missing.size() == files.size()) {
    if (!index->total_size)
      return fail(fmt::format("{}:/metadata/total_size", kIndex), "missing, and so are the files");
    checkpoint.bytes = *index->total_size;
    checkpoint.notes.emplace_back("weights are the index' total_size: the safetensors files are not at hand");
    return checkpoint;
  }
  if (!missing.empty())
    return fail((folder / kIndex).string(),
                fmt::format("{} of its {} files are missing, first {}", missing.size(), files.size(),
                            printable(missing.front())),
                "put all files in one folder, or none", ErrorKind::file);

  for (const auto& [file, tensors] : files) {
    const auto header = read_safetensors_header(folder / file);
    if (!header) return std::unexpected(header.error());
    if (auto e = misplaced(file, tensors, *header)) return std::unexpected(Errors{std::move(*e)});
    add(checkpoint, *header, layers);
  }
  checkpoint.bytes = checkpoint.sums.bytes();
  checkpoint.headers_read = true;
  if (index->total_size && *index->total_size != checkpoint.bytes)
    checkpoint.notes.push_back(
        fmt::format("the files hold {} bytes of tensors, their index says {}", checkpoint.bytes, *index->total_size));
  return checkpoint;
}

std::vector<fs::path> safetensors_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".safetensors") files.push_back(it->path());
  std::ranges::sort(files);
  return files;
}

}  // namespace

bool has_checkpoint(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / kIndex, ignored) || !safetensors_files(folder).empty();
}

Result<Checkpoint> read_checkpoint(const fs::path& folder, int layers) {
  std::error_code ignored;
  if (fs::exists(folder / kIndex, ignored)) return from_index(folder, layers);
  auto files = safetensors_files(folder);
  if (const auto single = folder / kSingle; fs::exists(single, ignored)) files = {single};
  if (files.size() != 1)
    return fail(folder.string(), fmt::format("{} safetensors files and no {}", files.size(), kIndex),
                "which of them make the model is not known without the index");
  const auto header = read_safetensors_header(files.front());
  if (!header) return std::unexpected(header.error());
  Checkpoint checkpoint{.headers_read = true};
  add(checkpoint, *header, layers);
  checkpoint.bytes = checkpoint.sums.bytes();
  return checkpoint;
}

}  // namespace roofcast
