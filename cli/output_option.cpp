#include "cli/output_option.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "core/value_grammar.hpp"
#include "hwmodels/output_path.hpp"

namespace roofcast::cli {
namespace {

constexpr std::array<std::string_view, 3> kOutputs{"output", "chart", "save"};

/// What is given that may be a file to read; lists are of several.
std::vector<std::string> files_read(const ParsedOptions& options) {
  std::vector<std::string> files;
  const auto add = [&](const std::string& text) {
    files.push_back(text);
    if (const auto words = parse_words("", text)) files.insert(files.end(), words->begin(), words->end());
  };
  for (const auto& argument : options.table.arguments)
    for (const auto& word : options.words(argument.name)) add(word);
  for (const auto& o : options.table.options)
    if (o.completion != Completion::nothing && options.given(o.name) &&
        std::ranges::find(kOutputs, o.name) == kOutputs.end())
      for (const auto& text : options.texts(o.name)) add(text);
  return files;
}

}  // namespace

void check_output_option(OptionReader& reader, const ParsedOptions& options, const std::string& option) {
  if (!options.given(option)) return;
  const auto output = options.text(option);
  if (is_device_or_pipe(output)) return;
  for (const auto& file : files_read(options)) {
    std::error_code ec;
    if (!std::filesystem::equivalent(file, output, ec)) continue;
    reader.add_usage_error(fmt::format("--{}", option), fmt::format("'{}' is read, and would be overwritten", output),
                           "choose another file");
    return;
  }
}

void check_rows_ending(OptionReader& reader, const std::string& path) {
  for (const auto* ending : {".gz", ".xz", ".bz2"})
    if (path.ends_with(ending))
      reader.add_usage_error("--output", fmt::format("'{}': of compressed files only .zst is written", path),
                             fmt::format("'{}.zst'", path.substr(0, path.rfind('.'))));
}

}  // namespace roofcast::cli
