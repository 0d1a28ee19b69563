#include <unistd.h>

#include <cerrno>
#include <ostream>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/sibling_program.hpp"

namespace roofcast::cli {
namespace {

constexpr const char* kGuiProgram = "roofcast-gui";

/// Comes back only with what went wrong.
Errors replaced_by(const std::filesystem::path& program, const std::vector<std::string>& files) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), files.begin(), files.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execv(argv.front(), argv.data());
  return {{program.string(), "cannot be run: " + std::generic_category().message(errno), {}, ErrorKind::file}};
}

}  // namespace

OptionTable gui_table() {
  return {
      .description =
          "Opens the desktop planner, roofcast-gui, with the files given: scenarios, CSVs of sweeps and of measured "
          "rows, models, hardware profiles. It comes with the package roofcast-gui.",
      .arguments = {{.name = "FILE",
                     .help = "what to open",
                     .completion = Completion::file,
                     .required = false,
                     .repeatable = true}},
      .options = {},
      .examples = {"roofcast gui", "roofcast gui mine.roofcast.json", "roofcast gui sweep.csv"}};
}

Exit run_gui(const ParsedOptions& options, Io io) {
  const auto program = sibling_program(kGuiProgram);
  if (!program)
    return report({{kGuiProgram, "is not installed", "it comes with the package roofcast-gui", ErrorKind::file}}, io);
  io.out.flush();
  return report(replaced_by(*program, options.words("FILE")), io);
}

}  // namespace roofcast::cli
