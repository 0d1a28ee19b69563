#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/program.hpp"

namespace roofcast::tests {

/// What a command line printed, run in this process.
struct ProgramRun {
  cli::Exit code = cli::Exit::ok;
  std::string out{};
  std::string err{};
};

inline ProgramRun run(const std::vector<std::string>& args, int columns = 80) {
  std::ostringstream out, err;
  const auto code = cli::run_program(args, cli::Io{.out = out, .err = err, .terminal = {.columns = columns}});
  return {code, out.str(), err.str()};
}

}  // namespace roofcast::tests
