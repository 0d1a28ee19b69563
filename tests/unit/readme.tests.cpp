#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <sstream>

#include "tests/support/program_run.hpp"

using namespace roofcast::tests;

namespace {

/// A command of the README and what it is said to print: pieces, where "..." stands for lines left out.
struct Shown {
  std::vector<std::string> args{};
  std::vector<std::string> pieces{""};
};

/// The output begins with the first piece and has the others in order.
bool has_pieces(const std::string& output, const std::vector<std::string>& pieces) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    at = output.find(pieces[i], at);
    if (at == output.npos || (i == 0 && at != 0)) return false;
    at += pieces[i].size();
  }
  return true;
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>{in}, {}};
}

/// Blocks between ``` lines whose first line is "$ roofcast ...", without shell redirections and files.
std::vector<Shown> shown_commands(const std::string& file) {
  std::ifstream in(file);
  std::vector<Shown> all;
  bool code = false, command = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) {
      code = !code;
      command = false;
    } else if (code && line.starts_with("$ ")) {
      command = line.starts_with("$ roofcast ") && line.find_first_of("|>") == line.npos && !line.contains(" -o ");
      if (command) all.push_back({.args = words(line.substr(11))});
    } else if (code && command && line == "...") {
      all.back().pieces.emplace_back();
    } else if (code && command) {
      all.back().pieces.back() += line + '\n';
    }
  }
  return all;
}

}  // namespace

TEST_CASE("README: the commands of the tour print what it shows") {
  const auto commands = shown_commands(std::string(ROOFCAST_SOURCE_DIR) + "/README.md");
  CHECK(commands.size() >= 3);
  for (const auto& shown : commands) {
    if (shown.pieces.front().empty()) continue;  // a command without its output
    const auto output = run(shown.args).out;
    INFO(output);
    CHECK(has_pieces(output, shown.pieces));
  }
}
