#include "cli/record_output.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <ostream>

#include "cli/ink.hpp"
#include "cli/text_width.hpp"
#include "hwmodels/record_json.hpp"

namespace roofcast::cli {
namespace {

void print_pairs(const std::vector<std::pair<std::string, std::string>>& pairs, Io io) {
  int label = 0;
  for (const auto& [name, value] : pairs)
    if (!value.empty()) label = std::max(label, display_width(name));
  label = std::min(label, io.terminal.columns / 2);
  for (const auto& [name, value] : pairs) {
    if (value.empty()) continue;
    std::string shown = name;
    for (const auto& line : wrapped(value, io.terminal.columns - label - 4)) {
      fmt::print(io.out, "  {}{}  {}\n", shown,
                 std::string(static_cast<std::size_t>(std::max(0, label - display_width(shown))), ' '), line);
      shown.clear();
    }
  }
}

}  // namespace

TextTable text_table(const RecordTable& table) {
  TextTable text;
  for (const auto& field : table.fields)
    if (!field.header.empty())
      text.columns.push_back({field.header, field.number ? Align::right : Align::left, field.optional});
  for (const auto& record : table.records) {
    auto& row = text.rows.emplace_back();
    for (std::size_t i = 0; i < record.size(); ++i)
      if (!table.fields[i].header.empty()) row.push_back(record[i].shown);
  }
  return text;
}

void print_records(const RecordTable& table, std::string_view name, const ParsedOptions& options, Io io) {
  if (options.given("json"))
    io.out << records_json(table, name);
  else if (options.given("csv"))
    io.out << csv(table);
  else
    io.out << laid_out(text_table(table), io.terminal.columns);
}

void print_facts(const Facts& facts, Io io) {
  fmt::print(io.out, "{}\n", ink(io).bold(facts.title));
  print_pairs(facts.lines, io);
}

void print_sources(const std::vector<FigureSource>& sources, Io io) {
  if (sources.empty()) return;
  fmt::print(io.out, "\nSources\n");
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& source : sources) lines.emplace_back(source.figure, source.text);
  print_pairs(lines, io);
}

void print_notes(const std::vector<std::string>& notes, Io io) {
  if (notes.empty()) return;
  fmt::print(io.out, "\nNotes\n");
  for (const auto& note : notes)
    for (const auto& line : wrapped("* " + note, io.terminal.columns - 2)) fmt::print(io.out, "  {}\n", line);
}

}  // namespace roofcast::cli
