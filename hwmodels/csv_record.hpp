#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace roofcast {

/// Longest record that is read as CSV: what is longer is no table.
inline constexpr std::size_t kLongestCsvRecord = 1u << 20;

/// Takes an RFC 4180 stream character by character and keeps the record at hand. Lines end with LF or
/// CRLF; a quoted cell may hold commas, doubled quotes and line breaks.
class CsvRecord {
 public:
  enum class Step { more, complete, wrong };

  [[nodiscard]] Step take(char c);
  /// The end of the stream: `complete` for a last line without a line break, `more` when nothing is pending.
  [[nodiscard]] Step finish();
  /// Forgets the record, keeps the place in the stream.
  void clear();

  [[nodiscard]] std::size_t cells() const { return ends_.size(); }
  [[nodiscard]] std::string_view cell(std::size_t at) const;
  [[nodiscard]] std::vector<std::string> texts() const;
  /// One empty cell: a blank line.
  [[nodiscard]] bool blank() const { return ends_.size() == 1 && ends_[0] == 0; }
  [[nodiscard]] std::size_t first_line() const { return first_line_; }   ///< of the record; the first is 1
  [[nodiscard]] std::size_t line() const { return line_; }               ///< of the next character
  [[nodiscard]] const std::string& problem() const { return problem_; }  ///< after `wrong`

 private:
  enum class State { start, plain, quoted, quote_in_quotes, carriage_return };

  Step fail(std::string problem);
  Step end_cell(State next);
  Step end_record();

  std::string text_{};                 ///< all cells, one after the other
  std::vector<std::uint32_t> ends_{};  ///< where each finished cell ends
  State state_ = State::start;
  std::size_t length_ = 0;
  std::size_t line_ = 1;
  std::size_t first_line_ = 1;
  std::string problem_{};
};

}  // namespace roofcast
