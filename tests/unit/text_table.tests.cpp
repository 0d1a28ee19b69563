#include "cli/text_table.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "cli/text_width.hpp"

using namespace roofcast::cli;

namespace {

const TextTable kSample{
    .columns = {{"attention", Align::left}, {"bytes", Align::right}, {"note", Align::left}},
    .rows = {
        {"mha", "524,288", "every head stores its own K and V"}, {"mqa", "16,384", "one"}, {"gqa:8", "131,072", ""}}};

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) all.push_back(line);
  return all;
}

}  // namespace

TEST_CASE("columns that have no room are named, and none where all have") {
  const TextTable table{.columns = {{"#"}, {"cost"}, {"power", Align::right, true}}, .rows = {{"1", "2", "3"}}};
  // "#  cost  power" takes 1 + 2 + 4 + 2 + 5 = 14
  CHECK(left_out_columns(table, 14).empty());
  CHECK(left_out_columns(table, 13) == std::vector<std::string>{"power"});
}

TEST_CASE("text lines up left, numbers right, and no line ends in a space") {
  CHECK(laid_out(kSample, 80) ==
        "attention    bytes  note\n"
        "mha        524,288  every head stores its own K and V\n"
        "mqa         16,384  one\n"
        "gqa:8      131,072\n");
}

TEST_CASE("optional columns go before anything is wrapped, the last first, and come back when stacked") {
  TextTable table = kSample;
  table.columns[1].optional = true;
  table.columns[2].optional = true;
  CHECK(laid_out(table, 40) ==
        "attention    bytes\n"
        "mha        524,288\n"
        "mqa         16,384\n"
        "gqa:8      131,072\n");
  CHECK(laid_out(table, 17) == "attention\nmha\nmqa\ngqa:8\n");
  CHECK(laid_out(table, 8).starts_with("mha\n  bytes"));
}

TEST_CASE("a narrow table wraps its text column") {
  CHECK(laid_out(kSample, 40) ==
        "attention    bytes  note\n"
        "mha        524,288  every head stores\n"
        "                    its own K and V\n"
        "mqa         16,384  one\n"
        "gqa:8      131,072\n");
}

TEST_CASE("a table that cannot be narrow enough is stacked") {
  CHECK(laid_out(kSample, 24) ==
        "mha\n"
        "  bytes  524,288\n"
        "  note   every head\n"
        "         stores its own\n"
        "         K and V\n"
        "mqa\n"
        "  bytes  16,384\n"
        "  note   one\n"
        "gqa:8\n"
        "  bytes  131,072\n");
}

TEST_CASE("no line is wider than asked for, at any width") {
  for (int width = 20; width < 100; ++width)
    for (const auto& line : lines(laid_out(kSample, width))) {
      INFO(width << ": " << line);
      CHECK(display_width(line) <= width);
      CHECK((line.empty() || line.back() != ' '));
    }
}

TEST_CASE("width counts what a terminal shows, not bytes") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("µs·×") == 4);              // two bytes each
  CHECK(display_width("模型") == 4);              // wide: two columns each
  CHECK(display_width("e\u0301") == 1);           // a combining accent takes none
  CHECK(display_width("\x1b[1mok\x1b[0m") == 2);  // colour takes none
  CHECK(display_width("") == 0);
}

TEST_CASE("columns of UTF-8 text line up") {
  const TextTable table{.columns = {{"", Align::left}, {"", Align::right}}, .rows = {{"模型", "1 µs"}, {"ab", "22 s"}}};
  CHECK(laid_out(table, 80) == "模型  1 µs\nab    22 s\n");
}

TEST_CASE("broken UTF-8 is neither read beyond its end nor dropped") {
  CHECK(wrapped("ab\xe6", 80) == std::vector<std::string>{"ab\xe6"});
  CHECK(display_width("\xff\xff\xff\xff") > 0);
}

TEST_CASE("a word longer than the line is cut between characters") {
  CHECK(wrapped("ab 模型模型", 5) == std::vector<std::string>{"ab", "模型", "模型"});
}
