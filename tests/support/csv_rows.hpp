#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

/// Rows of a reference CSV by column name. Fields may be quoted; quotes inside are doubled. One record per line.
using CsvRow = std::map<std::string, std::string>;

inline std::vector<std::string> csv_fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
      fields.back() += line[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      fields.emplace_back();
    else if (c != '\r')
      fields.back() += c;
  }
  return fields;
}

inline std::vector<CsvRow> csv_rows(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::vector<CsvRow> rows;
  std::getline(in, line);
  const auto header = csv_fields(line);
  while (std::getline(in, line)) {
    const auto fields = csv_fields(line);
    CsvRow row;
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = i < fields.size() ? fields[i] : "";
    rows.push_back(row);
  }
  return rows;
}
