#include "cli/preset_listing.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <system_error>

#include "cli/error_report.hpp"
#include "cli/record_output.hpp"
#include "core/lower_case.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::cli {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all(1);
  for (const char c : text) {
    if (c != ' ')
      all.back() += lower_case(c);
    else if (!all.back().empty())
      all.emplace_back();
  }
  return all;
}

/// The user's file for this preset; its folder is made.
Result<std::filesystem::path> saved_path(const std::string& id, std::string_view folder) {
  const auto user = user_preset_folder(preset_environment());
  if (!user) return fail("--save", "neither XDG_CONFIG_HOME nor HOME is set", "use --output FILE", ErrorKind::file);
  std::error_code failed;
  std::filesystem::create_directories(*user / folder, failed);
  if (failed)
    return fail((*user / folder).string(), fmt::format("cannot be made: {}", failed.message()), {}, ErrorKind::file);
  return *user / folder / (id + ".json");
}

}  // namespace

std::vector<Option> listing_options() {
  return joined({{{.name = "search",
                   .short_name = 's',
                   .placeholder = "TEXT",
                   .help = "only presets with these words in a name, an alias or a property",
                   .group = "Selection"},
                  {.name = "names", .help = "print ids alone, one a line", .group = "Output"}},
                 figure_options()});
}

bool matches(std::string_view search, const std::vector<std::string>& texts) {
  return std::ranges::all_of(words(search), [&](const std::string& word) {
    return std::ranges::any_of(texts,
                               [&](const auto& text) { return lower_case(text).find(word) != std::string::npos; });
  });
}

Exit print_listing(const RecordTable& table, std::string_view name, const Errors& problems,
                   const ParsedOptions& options, Io io) {
  if (options.given("names")) {
    for (const auto& record : table.records) fmt::print(io.out, "{}\n", record.front().shown);
  } else if (!table.records.empty() || options.given("json") || options.given("csv")) {
    print_records(table, name, options, io);
  }
  if (!problems.empty()) return report(problems, io);
  if (!table.records.empty()) return Exit::ok;
  fmt::print(io.err, "roofcast: no {} found{}\n", name,
             options.given("search") ? fmt::format(" with '{}'", options.text("search")) : "");
  return Exit::no;
}

std::vector<Option> import_options() {
  return {{.name = "output",
           .short_name = 'o',
           .placeholder = "FILE",
           .help = "write the profile there; without it, to stdout",
           .completion = Completion::file,
           .group = "Output"},
          {.name = "save", .help = "keep it among your own presets, under its id", .group = "Output"}};
}

Exit write_profile(const std::string& json, const std::string& id, std::string_view folder,
                   const ParsedOptions& options, Io io) {
  if (options.given("output") && options.given("save"))
    return report({{"--save", "not together with --output", "", ErrorKind::usage}}, io);
  if (!options.given("output") && !options.given("save")) {
    io.out << json;
    return Exit::ok;
  }
  const auto path =
      options.given("save") ? saved_path(id, folder) : Result<std::filesystem::path>{options.text("output")};
  if (!path) return report(path.error(), io);
  std::error_code unreadable;
  const bool replaced = std::filesystem::exists(*path, unreadable);
  if (const auto written = write_file_atomically(*path, json); !written) return report(written.error(), io);
  if (!options.given("quiet")) fmt::print(io.err, "{} {}\n", replaced ? "replaced" : "wrote", path->string());
  return Exit::ok;
}

}  // namespace roofcast::cli
