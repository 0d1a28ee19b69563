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

template <class Moved>
ScenarioSet rebased(ScenarioSet set, Moved moved) {
  set.document = rebased(std::move(set.document), moved);
  for (auto& pin : set.pins) pin = rebased(std::move(pin), moved);
  return set;
}

}  // namespace

Result<ScenarioSet> load_scenarios(const path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  auto set = parse_scenarios(*text, file.string());
  if (!set) return set;
  const auto folder = folder_of(file);
  if (folder == ".") return set;
  return rebased(std::move(*set), [&](const std::string& word) {
    const auto beside = (folder / word).lexically_normal().string();
    return has_file_ending(word) || (word.contains('/') && is_path(beside)) ? beside : word;
  });
}

Result<ScenarioDocument> load_scenario(const path& file) {
  auto set = load_scenarios(file);
  if (!set) return std::unexpected(std::move(set.error()));
  return std::move(set->document);
}

Result<void> save_scenario(const path& file, const ScenarioDocument& document) {
  return save_scenarios(file, {.document = document});
}

Result<void> save_scenarios(const path& file, const ScenarioSet& set) {
  std::error_code failed;
  const auto folder = std::filesystem::absolute(folder_of(file), failed).lexically_normal();
  const auto from_folder = rebased(set, [&](const std::string& word) {
    if (!is_path(word)) return word;
    const auto target = std::filesystem::absolute(word, failed).lexically_normal();
    const auto relative = failed ? std::string{} : target.lexically_relative(folder).string();
    if (relative.empty()) return word;
    return has_file_ending(relative) || relative.contains('/') ? relative : "./" + relative;
  });
  return write_file_atomically(file, scenarios_json(from_folder));
}

Errors in_file(Errors errors, const std::string& file) {
  for (auto& e : errors)
    for (const auto& field : scenario_fields())
      if (e.where == field.place()) e.where = fmt::format("{}:/{}", file, field.key());
  return errors;
}

}  // namespace roofcast
