#include "cli/scenario_file_option.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/value_grammar.hpp"
#include "hwmodels/scenario_file.hpp"

namespace roofcast::cli {
namespace {

/// Flags that say the same thing in another way.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kRivals{{{"rps", "users"},
                                                                                 {"dp", "disaggregate"},
                                                                                 {"gpus", "disaggregate"},
                                                                                 {"context", "isl"},
                                                                                 {"context", "osl"},
                                                                                 {"isl", "context"},
                                                                                 {"osl", "context"},
                                                                                 {"gpus", "dp"},
                                                                                 {"dp", "gpus"},
                                                                                 {"isl", "isl-histogram"},
                                                                                 {"isl-histogram", "isl"},
                                                                                 {"osl", "osl-histogram"},
                                                                                 {"osl-histogram", "osl"},
                                                                                 {"disaggregate", "dp"},
                                                                                 {"disaggregate", "gpus"}}};

/// Written, alone or in a --zip.
bool is_written(const ParsedOptions& options, std::string_view name) {
  if (find_option(options.table, name) == nullptr) return false;
  if (options.given(name)) return true;
  if (find_option(options.table, "zip") == nullptr) return false;
  return std::ranges::any_of(options.texts("zip"), [&](const auto& text) {
    const auto zip = parse_zip("--zip", text);
    return zip && std::ranges::find(zip->names, name) != zip->names.end();
  });
}

bool is_decided(const ParsedOptions& options, std::string_view name) {
  return is_written(options, name) || std::ranges::any_of(kRivals, [&](const auto& pair) {
           return pair.first == name && is_written(options, pair.second);
         });
}

}  // namespace

Option scenario_file_option() {
  return {.name = "scenario",
          .placeholder = "FILE",
          .help = "take what is not written here from a scenario file",
          .completion = Completion::file,
          .group = "Scenario"};
}

Result<ParsedOptions> with_scenario(ParsedOptions options, std::span<const std::string_view> other) {
  if (!options.given("scenario")) return options;
  const auto file = options.text("scenario");
  const auto document = load_scenario(file);
  if (!document) return std::unexpected(document.error());
  const ParsedOptions written = options;
  Errors unknown;
  for (const auto& field : scenario_fields()) {
    const auto& text = (*document).*field.text;
    if (!text) continue;
    const auto place = fmt::format("{}:/{}", file, field.key());
    if (std::ranges::find(other, field.option) != other.end()) {
      if (!is_written(written, field.option)) options.places[field.place()] = place;
      continue;
    }
    const bool is_model = field.text == &ScenarioDocument::model;
    if (const auto words = options.arguments.find("MODEL"); is_model && words != options.arguments.end()) {
      if (!words->second.empty()) continue;
      words->second.push_back(*text);
    } else if (is_decided(written, field.option)) {
      continue;
    } else if (find_option(options.table, field.option) != nullptr) {
      options.options[std::string(field.option)] = {*text};
    } else if (is_model) {
      continue;
    } else {
      unknown.push_back(
          {place, fmt::format("there is no {} here", field.place()), "leave it out of the file", ErrorKind::usage});
      continue;
    }
    options.places[field.place()] = place;
  }
  if (!unknown.empty()) return std::unexpected(std::move(unknown));
  if (auto errors = missing(options); !errors.empty()) return std::unexpected(std::move(errors));
  return options;
}

Errors placed(Errors errors, const ParsedOptions& options) {
  for (auto& e : errors)
    if (const auto it = options.places.find(e.where); it != options.places.end()) e.where = it->second;
  return errors;
}

}  // namespace roofcast::cli
