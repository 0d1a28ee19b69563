#include "core/value_grammar.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;

namespace {

std::vector<double> expanded(std::string_view text, ValueKind kind) {
  const auto list = parse_values("--x", text, kind);
  REQUIRE(list.has_value());
  std::vector<double> values;
  for (std::int64_t i = 0; i < list->count(); ++i) values.push_back(list->at(i));
  return values;
}

std::vector<std::string> notes(std::string_view text, ValueKind kind) {
  const auto list = parse_values("--x", text, kind);
  REQUIRE(list.has_value());
  return list->notes;
}

/// "what (hint)" of every problem.
std::vector<std::string> problems(std::string_view text, ValueKind kind) {
  const auto list = parse_values("--x", text, kind);
  REQUIRE_FALSE(list.has_value());
  std::vector<std::string> lines;
  for (const auto& e : list.error()) {
    CHECK(e.where == "--x");
    CHECK(e.kind == ErrorKind::usage);
    lines.push_back(e.hint.empty() ? e.what : e.what + " (" + e.hint + ")");
  }
  return lines;
}

using Values = std::vector<double>;
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the ranges of the command line's contract") {
  CHECK(expanded("1..256:x2", ValueKind::count) == Values{1, 2, 4, 8, 16, 32, 64, 128, 256});
  CHECK(expanded("512..4096:512", ValueKind::count) == Values{512, 1024, 1536, 2048, 2560, 3072, 3584, 4096});
  CHECK(expanded("0.5..1.0:#6", ValueKind::fraction) == Values{0.5, 0.6, 0.7, 0.8, 0.9, 1.0});
  CHECK(expanded("1..1000:#4log", ValueKind::count) == Values{1, 10, 100, 1000});
  // 1024 · 2^7 = 131072
  CHECK(expanded("1Ki..128Ki:x2", ValueKind::tokens).back() == 131072);
  CHECK(expanded("1Ki..128Ki:x2", ValueKind::tokens).size() == 8);
}

TEST_CASE("a range without a step counts by one") {
  CHECK(expanded("3..6", ValueKind::count) == Values{3, 4, 5, 6});
  CHECK(problems("0.5..1.0", ValueKind::fraction) == Lines{"'0.5..1.0': a step is needed (e.g. 0.5..1.0:#5)"});
}

TEST_CASE("a list keeps the order it was written in, ranges included") {
  CHECK(expanded("8,1..4:x2,3", ValueKind::count) == Values{8, 1, 2, 4, 3});
}

TEST_CASE("suffixes mean what they say") {
  CHECK(expanded("1Ki,1Mi,1Gi,1k,1M,1G", ValueKind::count) == Values{1024, 1048576, 1073741824, 1000, 1e6, 1e9});
  CHECK(expanded("1.5Ki", ValueKind::count) == Values{1536});
  CHECK(expanded("90%,0.9,12.5%", ValueKind::fraction) == Values{0.9, 0.9, 0.125});
  CHECK(expanded("20ms,1.5s,250us", ValueKind::time) == Values{0.02, 1.5, 0.00025});
}

TEST_CASE("decimal steps do not gather rounding errors") {
  // 0.1 + 2 · 0.1 is 0.30000000000000004 in doubles; 3/10 is 0.3
  CHECK(expanded("0.1..0.5:0.1", ValueKind::fraction) == Values{0.1, 0.2, 0.3, 0.4, 0.5});
  CHECK(expanded("10ms..1s:330ms", ValueKind::time) == Values{0.01, 0.34, 0.67, 1.0});
  CHECK(expanded("70%..90%:10%", ValueKind::fraction) == Values{0.7, 0.8, 0.9});
  CHECK(expanded("0.1..100:x10", ValueKind::number) == Values{0.1, 1, 10, 100});
}

TEST_CASE("an end that is not hit is left out and said") {
  CHECK(expanded("1..100:x2", ValueKind::count).back() == 64);
  CHECK(notes("1..100:x2", ValueKind::count) == Lines{"--x: '1..100:x2' ends at 64; 100 is not hit"});
  CHECK(notes("1..10:4", ValueKind::count) == Lines{"--x: '1..10:4' ends at 9; 10 is not hit"});
  CHECK(notes("10ms..100ms:40ms", ValueKind::time) == Lines{"--x: '10ms..100ms:40ms' ends at 0.09s; 100ms is not hit"});
  CHECK(notes("1..128:x2", ValueKind::count).empty());
}

TEST_CASE("a decimal suffix on tokens is worth one note, however often it is written") {
  CHECK(expanded("128k", ValueKind::tokens) == Values{128000});
  CHECK(notes("128k,128k", ValueKind::tokens) == Lines{"--x: 128k is 128,000; 128Ki is 131,072"});
  CHECK(notes("1M", ValueKind::tokens) == Lines{"--x: 1M is 1,000,000; 1Mi is 1,048,576"});
  CHECK(notes("128k", ValueKind::count).empty());
  CHECK(notes("128Ki", ValueKind::tokens).empty());
}

TEST_CASE("what is no number says what was expected") {
  CHECK(problems("many", ValueKind::count) == Lines{"'many': expected a whole number, e.g. 8 or 1Ki"});
  CHECK(problems("128K", ValueKind::tokens) ==
        Lines{"'128K': expected a number of tokens, e.g. 4096 or 32Ki (k is 1,000 and Ki is 1,024)"});
  CHECK(problems("1.5", ValueKind::count) == Lines{"'1.5': expected a whole number, e.g. 8 or 1Ki"});
  CHECK(problems("50", ValueKind::time) == Lines{"'50': expected a time with its unit, e.g. 50ms, 200us or 1.5s"});
  CHECK(problems("", ValueKind::number) == Lines{"'': expected a number, e.g. 0.5 or 2k"});
  CHECK(problems("1e999", ValueKind::number) == Lines{"'1e999' is out of range"});
  CHECK(problems("1e17", ValueKind::count) == Lines{"'1e17' is out of range"});
}

TEST_CASE("signs, spaces and names of non-numbers are no values") {
  for (const auto* text : {"-1", "+1", " 1", "1 ", "inf", "nan", "0x10", "1e", "1..", "..1", "1...", "1,,2", "1Kib"})
    CHECK_FALSE(parse_values("--x", text, ValueKind::number).has_value());
}

TEST_CASE("every bad item of a list is reported") {
  CHECK(problems("a,2,b", ValueKind::count).size() == 2);
}

TEST_CASE("ranges that make no sense say why") {
  CHECK(problems("8..4", ValueKind::count) == Lines{"'8..4': the end is below the start"});
  CHECK(problems("1..4:0", ValueKind::count) == Lines{"'1..4:0': the step must be above 0"});
  CHECK(problems("1..4:x1", ValueKind::count) == Lines{"'1..4:x1': the factor must be above 1"});
  CHECK(problems("0..4:x2", ValueKind::count) == Lines{"'0..4:x2': a range with a factor must start above 0"});
  CHECK(problems("0..4:#3log", ValueKind::count) == Lines{"'0..4:#3log': a log range must start above 0"});
  CHECK(problems("1..4:#1", ValueKind::count) == Lines{"'1..4:#1': #N needs at least 2 points, the two ends"});
  CHECK(problems("4..4:#2", ValueKind::count) == Lines{"'4..4:#2': #N needs two different ends"});
  CHECK(problems("1..4:#x", ValueKind::count) ==
        Lines{"'1..4:#x': '#x': expected a number of points, e.g. #8 or #8log"});
  CHECK(problems("1..4:fast", ValueKind::count) ==
        Lines{"'1..4:fast': step 'fast': expected e.g. 512, x2, #8 or #8log"});
}

TEST_CASE("whole numbers stay whole and different") {
  // 1 · 1.5 = 1.5
  CHECK(problems("1..8:x1.5", ValueKind::count) ==
        Lines{"'1..8:x1.5': 1.5 is not a whole number (use x2, or #N for N points)"});
  CHECK(expanded("64..144:x1.5", ValueKind::count) == Values{64, 96, 144});
  // steps of 99/10 = 9.9: 1, 10.9, 20.8, ...
  CHECK(expanded("1..100:#11", ValueKind::count) == Values{1, 11, 21, 31, 41, 51, 60, 70, 80, 90, 100});
  CHECK(problems("1..4:#9", ValueKind::count) ==
        Lines{"'1..4:#9': no 9 different whole numbers (ask for fewer points)"});
  // 1, 1.78, 3.16, 5.62, 10 → 2 and 3 and 6; but with 9 points 1, 1.33 → 1 twice
  CHECK(expanded("1..10:#5log", ValueKind::count) == Values{1, 2, 3, 6, 10});
  CHECK(problems("1..10:#9log", ValueKind::count).size() == 1);
}

TEST_CASE("a huge range costs nothing until it is walked") {
  const auto list = parse_values("--x", "1..1e12", ValueKind::count);
  REQUIRE(list.has_value());
  CHECK(list->count() == 1'000'000'000'000);
  CHECK(list->at(999'999'999'999) == 1e12);
  CHECK(problems("0..1e9:1e-9", ValueKind::number) ==
        Lines{"'0..1e9:1e-9': more than 9e15 values (take a larger step)"});
}

TEST_CASE("words are separated by single commas") {
  CHECK(parse_words("--attention", "mha,gqa:8,mqa") == Lines{"mha", "gqa:8", "mqa"});
  CHECK_FALSE(parse_words("--attention", "mha,,mqa").has_value());
  CHECK_FALSE(parse_words("--attention", "").has_value());
}

TEST_CASE("zipped values keep together") {
  const auto zip = parse_zip("--zip", "isl,osl=1024:128,8192:1024");
  REQUIRE(zip.has_value());
  CHECK(zip->names == Lines{"isl", "osl"});
  CHECK(zip->rows == std::vector<Lines>{{"1024", "128"}, {"8192", "1024"}});
}

TEST_CASE("a zip with a missing value names the tuple") {
  const auto zip = parse_zip("--zip", "isl,osl=1024:128,8192");
  REQUIRE_FALSE(zip.has_value());
  CHECK(zip.error().front().what == "'8192': expected 2 values joined by ':', one for each of isl,osl");
  CHECK_FALSE(parse_zip("--zip", "isl,osl").has_value());
  CHECK_FALSE(parse_zip("--zip", "isl,osl=1:").has_value());
}
