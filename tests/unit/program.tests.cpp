#include "cli/program.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/help_text.hpp"
#include "cli/text_width.hpp"

using namespace roofcast::cli;

namespace {

struct Run {
  Exit code;
  std::string out;
  std::string err;
};

Run run(const std::vector<std::string>& args) {
  std::ostringstream out;
  std::ostringstream err;
  const Exit code = run_program(args, Io{out, err});
  return {code, out.str(), err.str()};
}

}  // namespace

TEST_CASE("no command prints the commands on stderr and is a usage error") {
  const auto none = run({});
  CHECK(none.code == Exit::usage);
  CHECK(none.out.empty());
  CHECK(none.err.find("completion") != std::string::npos);
}

TEST_CASE("a mistyped command is answered with the nearest one") {
  const auto typo = run({"vresion"});
  CHECK(typo.code == Exit::usage);
  CHECK(typo.err == "roofcast: no command 'vresion' (did you mean 'version'?)\n");
}

TEST_CASE("an option before the command says where it belongs") {
  CHECK(run({"--no-color", "version"}).err ==
        "roofcast: --no-color: an option before the command (roofcast COMMAND [options])\n");
}

TEST_CASE("the flag --help wins over everything else on the line and prints to stdout") {
  const auto help = run({"version", "--bogus", "--help"});
  CHECK(help.code == Exit::ok);
  CHECK(help.err.empty());
  CHECK(help.out == run({"help", "version"}).out);
}

TEST_CASE("the flag --version is the command version") {
  CHECK(run({"--version", "--json"}).out == run({"version", "--json"}).out);
  CHECK(run({"--help"}).out == run({"help"}).out);
}

TEST_CASE("every command has a help that fits, a summary and no dangling option") {
  for (const auto& command : kCommands) {
    INFO(command.name);
    CHECK_FALSE(command.summary.empty());
    const OptionTable table = complete(command.table());
    CHECK(table.description.ends_with('.'));
    for (std::size_t i = 0; i < table.options.size(); ++i) {
      const auto& o = table.options[i];
      INFO(o.name);
      CHECK_FALSE(o.help.empty());
      CHECK_FALSE(o.help.ends_with('.'));
      CHECK(find_option(table, o.name) == &table.options[i]);  // no name twice
      for (const auto& alias : o.aliases) CHECK(find_option(table, alias) == &table.options[i]);
    }
    std::istringstream lines(help_text(command, 60));
    for (std::string line; std::getline(lines, line);)
      if (!line.starts_with("  $ ")) CHECK(display_width(line) <= 60);
  }
}

TEST_CASE("completion scripts know every command and option") {
  for (const auto* shell : {"bash", "zsh", "fish"}) {
    const auto script = run({"completion", shell}).out;
    INFO(shell);
    CHECK(script.find("version") != std::string::npos);
    CHECK(script.find("markdown") != std::string::npos);
  }
}
