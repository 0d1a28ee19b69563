#include <fmt/format.h>
#include <fmt/ostream.h>

#include <ostream>

#include "cli/commands.hpp"
#include "core/version.hpp"

namespace roofcast::cli {

OptionTable version_table() {
  return {.description = "Prints the version and the commit it was built from. The same as 'roofcast --version'.",
          .options = {{.name = "json", .help = "print JSON", .group = "Output"}}};
}

Exit run_version(const ParsedOptions& options, Io io) {
  if (options.given("json"))
    fmt::print(io.out,
               "{{\"schema_version\":1,\"name\":\"roofcast\",\"version\":\"{}\",\"git\":\"{}\",\"compiler\":\"{}\"}}\n",
               version(), git_revision(), __VERSION__);
  else
    fmt::print(io.out, "roofcast {}{}\n", version(),
               git_revision().empty() ? "" : fmt::format(" ({})", git_revision()));
  return Exit::ok;
}

}  // namespace roofcast::cli
