#include "hwmodels/scenario_file.hpp"

#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/file_output.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

using std::filesystem::path;

path folder_of(const path& file) {
  const auto folder = file.parent_path();
  return folder.empty() ? path{"."} : folder;
}

/// Paths among the texts, given another base by `moved`.
template <class Moved>
ScenarioDocument rebased(ScenarioDocument document, Moved moved) {
  for (const auto& field : scenario_fields()) {
    auto& text = document.*field.text;
    if (text && names_file(field, *text) && path{*text}.is_relative()) *text = moved(*text);
  }
  return document;
}

}  // namespace

Result<ScenarioDocument> load_scenario(const path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  auto document = parse_scenario(*text, file.string());
  if (!document) return document;
  const auto folder = folder_of(file);
  if (folder == ".") return document;
  return rebased(std::move(*document), [&](const std::string& word) {
    const auto beside = (folder / word).lexically_normal().string();
    return has_file_ending(word) || (word.contains('/') && is_path(beside)) ? beside : word;
  });
}

Result<void> save_scenario(const path& file, const ScenarioDocument& document) {
  std::error_code failed;
  const auto folder = std::filesystem::absolute(folder_of(file), failed).lexically_normal();
  const auto from_folder = rebased(document, [&](const std::string& word) {
    if (!is_path(word)) return word;
    const auto target = std::filesystem::absolute(word, failed).lexically_normal();
    const auto relative = failed ? std::string{} : target.lexically_relative(folder).string();
    if (relative.empty()) return word;
    return has_file_ending(relative) || relative.contains('/') ? relative : "./" + relative;
  });
  return write_file_atomically(file, scenario_json(from_folder));
}

Errors in_file(Errors errors, const std::string& file) {
  for (auto& e : errors)
    for (const auto& field : scenario_fields())
      if (e.where == field.place()) e.where = fmt::format("{}:/{}", file, field.key());
  return errors;
}

}  // namespace roofcast
