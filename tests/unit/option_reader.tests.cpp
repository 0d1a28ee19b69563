#include "cli/option_reader.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/support/quantity_io.hpp"

using namespace roofcast;
using namespace roofcast::cli;

namespace {

ParsedOptions parsed(const std::vector<std::string>& args) {
  const OptionTable table{.options = {{.name = "tp", .placeholder = "N", .default_text = "1"},
                                      {.name = "context", .placeholder = "TOKENS"},
                                      {.name = "utilization", .placeholder = "F"},
                                      {.name = "tpot", .placeholder = "TIME"},
                                      {.name = "attention", .placeholder = "LIST"}}};
  const auto options = parse_options(table, args);
  REQUIRE(options.has_value());
  return *options;
}

}  // namespace

TEST_CASE("texts become values of their kind") {
  const auto options =
      parsed({"--context", "32Ki", "--utilization", "90%", "--tpot", "50ms", "--attention", "mha,gqa:8"});
  OptionReader reader{options};
  CHECK(reader.count("tp") == 1);
  CHECK(reader.tokens("context") == 32768);
  CHECK(reader.fraction("utilization") == 0.9);
  CHECK(reader.time("tpot") == 0.05 * units::s);
  CHECK(reader.words("attention") == std::vector<std::string>{"mha", "gqa:8"});
  CHECK(reader.errors().empty());
}

TEST_CASE("an option that is not there has no value and is no problem") {
  const auto options = parsed({});
  OptionReader reader{options};
  CHECK_FALSE(reader.tokens("context").has_value());
  CHECK_FALSE(reader.values("context", ValueKind::tokens).has_value());
  CHECK(reader.words("attention").empty());
  CHECK(reader.errors().empty());
}

TEST_CASE("every bad value is collected with its flag") {
  const auto options = parsed({"--tp", "0", "--context", "much", "--utilization", "1.5", "--attention", "mha,,mqa"});
  OptionReader reader{options};
  CHECK_FALSE(reader.count("tp").has_value());
  CHECK_FALSE(reader.tokens("context").has_value());
  CHECK_FALSE(reader.fraction("utilization").has_value());
  CHECK(reader.words("attention").empty());
  REQUIRE(reader.errors().size() == 4);
  CHECK(reader.errors()[0] == Error{"--tp", "'0': expected at least 1", "", ErrorKind::usage});
  CHECK(reader.errors()[1].what == "'much': expected a number of tokens, e.g. 4096 or 32Ki");
  CHECK(reader.errors()[2].what == "'1.5': expected between 0 and 1");
  CHECK(reader.errors()[3].where == "--attention");
}

TEST_CASE("the values of a sweep flag are inside the bounds, both ends") {
  const auto options = parsed({"--tp", "1..64:x2"});
  OptionReader reader{options};
  CHECK(reader.values("tp", ValueKind::count, {.min = 1, .max = 64})->count() == 7);
  CHECK_FALSE(reader.values("tp", ValueKind::count, {.min = 1, .max = 32}).has_value());
  CHECK(reader.errors().front().what == "64 in '1..64:x2': expected between 1 and 32");
}

TEST_CASE("notes go to stderr, and nowhere when quiet") {
  const auto print = [](const std::vector<std::string>& args) {
    const auto options = parsed(args);
    OptionReader reader{options};
    CHECK(reader.tokens("context") == 128000);
    std::ostringstream out;
    std::ostringstream err;
    reader.print_notes(Io{out, err});
    CHECK(out.str().empty());
    return err.str();
  };
  CHECK(print({"--context", "128k"}) == "note: --context: 128k is 128,000; 128Ki is 131,072\n");
  CHECK(print({"--context", "128k", "--quiet"}).empty());
}
