#include "core/glossary_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/csv.hpp"

namespace roofcast {

std::string glossary_csv_header() {
  return "term,meaning,formula,equation,page,source,numbers,result,label\n";
}

std::string term_csv(const Term& term, const std::optional<Explanation>& x) {
  std::string line;
  for (const auto cell : {term.name, term.meaning, term.formula, term.equation, term.page, term.source}) {
    append_cell(line, cell);
    line += ',';
  }
  append_cell(line, std::string_view(x ? fmt::format("{}", fmt::join(x->numbers, "; ")) : ""));
  line += ',';
  append_cell(line, std::string_view(x ? x->result : ""));
  line += ',';
  append_cell(line, x ? x->label : std::string_view{});
  return line + '\n';
}

std::string glossary_csv() {
  std::string out = glossary_csv_header();
  for (const auto& term : glossary()) out += term_csv(term, {});
  return out;
}

}  // namespace roofcast
