#include "hwmodels/csv_record.hpp"

#include <fmt/format.h>

namespace roofcast {

CsvRecord::Step CsvRecord::fail(std::string problem) {
  problem_ = std::move(problem);
  return Step::wrong;
}

CsvRecord::Step CsvRecord::end_cell(State next) {
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  state_ = next;
  return Step::more;
}

CsvRecord::Step CsvRecord::end_record() {
  end_cell(State::start);
  return Step::complete;
}

CsvRecord::Step CsvRecord::take(char c) {
  if (++length_ > kLongestCsvRecord)
    return fail(fmt::format("is longer than {} bytes: is this a CSV file?", kLongestCsvRecord));
  if (c == '\n') ++line_;
  if (state_ == State::carriage_return) return c == '\n' ? end_record() : fail("has a carriage return inside a line");
  if (state_ == State::quoted) {
    if (c == '"')
      state_ = State::quote_in_quotes;
    else
      text_ += c;
    return Step::more;
  }
  if (c == ',') return end_cell(State::start);
  if (c == '\n') return end_record();
  if (c == '\r') {
    state_ = State::carriage_return;
    return Step::more;
  }
  if (c == '"') {
    if (state_ == State::plain) return fail("has a quote inside a cell that does not start with one");
    if (state_ == State::quote_in_quotes) text_ += '"';
    state_ = State::quoted;
    return Step::more;
  }
  if (state_ == State::quote_in_quotes) return fail("has text after a closing quote");
  state_ = State::plain;
  text_ += c;
  return Step::more;
}

CsvRecord::Step CsvRecord::finish() {
  if (state_ == State::quoted) return fail("ends inside quotes");
  if (state_ == State::carriage_return) return fail("has a carriage return inside a line");
  return length_ == 0 ? Step::more : end_record();
}

void CsvRecord::clear() {
  text_.clear();
  ends_.clear();
  state_ = State::start;
  length_ = 0;
  first_line_ = line_;
}

std::string_view CsvRecord::cell(std::size_t at) const {
  const std::size_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(text_).substr(begin, ends_[at] - begin);
}

std::vector<std::string> CsvRecord::texts() const {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < cells(); ++at) out.emplace_back(cell(at));
  return out;
}

}  // namespace roofcast
