#include "cli/parsed_options.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;
using namespace roofcast::cli;

namespace {

OptionTable sample() {
  return {
      .description = "A sample.",
      .arguments = {{.name = "MODEL", .help = "preset name or file"},
                    {.name = "MORE", .help = "others", .required = false, .repeatable = true}},
      .options = {{.name = "context", .placeholder = "TOKENS", .help = "cached tokens", .aliases = {"max-model-len"}},
                  {.name = "tp", .placeholder = "N", .help = "ranks", .default_text = "1"},
                  {.name = "output", .short_name = 'o', .placeholder = "FILE", .help = "where to"},
                  {.name = "zip", .placeholder = "PAIRS", .help = "pairs", .repeatable = true},
                  {.name = "phase", .placeholder = "P", .help = "phase", .choices = {"decode", "prefill"}},
                  {.name = "json", .help = "print JSON"}}};
}

ParsedOptions parsed(std::vector<std::string> args) {
  const auto options = parse_options(sample(), args);
  REQUIRE(options.has_value());
  return *options;
}

/// "where: what (hint)" of every problem.
std::vector<std::string> problems(std::vector<std::string> args, const OptionTable& table = sample()) {
  const auto options = parse_options(table, args);
  REQUIRE_FALSE(options.has_value());
  std::vector<std::string> lines;
  for (const auto& e : options.error()) {
    CHECK(e.kind == ErrorKind::usage);
    lines.push_back(e.where + ": " + e.what + (e.hint.empty() ? "" : " (" + e.hint + ")"));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("options are read wherever they stand, with or without an equals sign") {
  const auto options = parsed({"--context", "32Ki", "llama", "--tp=8", "qwen", "-oout.csv", "gemma"});
  CHECK(options.text("context") == "32Ki");
  CHECK(options.text("tp") == "8");
  CHECK(options.text("output") == "out.csv");
  CHECK(options.word("MODEL") == "llama");
  CHECK(options.words("MORE") == Lines{"qwen", "gemma"});
}

TEST_CASE("what is not written has its default and is not given") {
  const auto options = parsed({"llama"});
  CHECK(options.text("tp") == "1");
  CHECK_FALSE(options.given("tp"));
  CHECK(options.text("context").empty());
  CHECK_FALSE(options.given("json"));
  CHECK(options.words("MORE").empty());
  CHECK(parsed({"llama", "--json"}).given("json"));
}

TEST_CASE("another tool's flag name is an alias") {
  CHECK(parsed({"llama", "--max-model-len", "8192"}).text("context") == "8192");
  CHECK(problems({"llama", "--context", "1", "--max-model-len", "2"}) ==
        Lines{"--max-model-len: given twice: '1' and '2'"});
}

TEST_CASE("a repeatable option keeps every value") {
  CHECK(parsed({"llama", "--zip", "a=1", "--zip", "b=2"}).texts("zip") == Lines{"a=1", "b=2"});
}

TEST_CASE("after two dashes everything is a word") {
  CHECK(parsed({"--", "--context"}).word("MODEL") == "--context");
  CHECK_FALSE(wants_help(Lines{"--", "--help"}));
}

TEST_CASE("every unknown flag is reported with the nearest name") {
  CHECK(problems({"llama", "--contxt", "5", "--jsn", "--zzzzzz"}) ==
        Lines{"--contxt: unknown option (did you mean '--context'?)", "--jsn: unknown option (did you mean '--json'?)",
              "--zzzzzz: unknown option"});
}

TEST_CASE("a prefix of a flag is not that flag") {
  CHECK(problems({"llama", "--cont", "5"}) == Lines{"--cont: unknown option (did you mean '--context'?)"});
}

TEST_CASE("misuse of a flag says how it is used") {
  CHECK(problems({"llama", "--tp"}) == Lines{"--tp: needs a value (--tp N)"});
  CHECK(problems({"llama", "--tp="}) == Lines{"--tp: needs a value (--tp N)"});
  CHECK(problems({"llama", "--json=yes"}) == Lines{"--json: takes no value"});
  CHECK(problems({"llama", "-x"}) == Lines{"-x: unknown option (see --help)"});
  CHECK(problems({"llama", "--tp", "1", "--tp", "2"}) == Lines{"--tp: given twice: '1' and '2'"});
  CHECK(problems({"llama", "--phase", "decod"}) ==
        Lines{"--phase: 'decod' is not one of decode, prefill (did you mean 'decode'?)"});
}

TEST_CASE("what is missing is all named at once") {
  auto table = sample();
  table.options.push_back({.name = "hardware", .placeholder = "H", .help = "device preset or file", .required = true});
  CHECK(problems({}, table) ==
        Lines{"MODEL: missing (preset name or file)", "--hardware: missing (device preset or file)"});
}

TEST_CASE("a word too many is named") {
  auto table = sample();
  table.arguments.pop_back();
  CHECK(problems({"llama", "qwen"}, table) == Lines{"'qwen': unexpected word (options start with --)"});
}

TEST_CASE("help is wanted whatever else stands on the line") {
  CHECK(wants_help(Lines{"--bogus", "-h"}));
  CHECK(wants_help(Lines{"--help"}));
  CHECK_FALSE(wants_help(Lines{"--context", "1"}));
}
