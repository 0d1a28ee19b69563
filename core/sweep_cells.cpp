#include "core/sweep_cells.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>

namespace roofcast {
namespace {

/// Words of rows whose config can be are names of the code.
constexpr std::size_t kLongestWord = 64;

/// Short texts are copied with what is behind them: one move of a fixed size instead of a call.
constexpr std::size_t kMove = 32;
static_assert(kMove <= kLongestNumber);

/// @pre `text` and `to` have room for kMove characters. A short text may lie so near to `to` that what is behind it
/// overlaps: all is read before anything is written.
char* copy_short(const char* text, std::size_t size, char* to) {
  if (size <= kMove) {
    std::array<char, kMove> read;
    std::memcpy(read.data(), text, kMove);
    std::memcpy(to, read.data(), kMove);
  } else {
    std::memcpy(to, text, size);
  }
  return to + size;
}

}  // namespace

SweepCells::SweepCells(const SweepConfig& config) {
  const SweepRow row{.config = &config};
  std::size_t before = 0;
  for (const SweepColumn& column : sweep_columns()) {
    if (&column != &sweep_columns().front()) between_ += ',';
    if (column.of_config) {
      column.write(row, between_);
      continue;
    }
    const auto like = std::ranges::find_if(cells_, [&](const Cell& c) { return c.column->name == column.like; });
    cells_.push_back({.column = &column,
                      .before = before,
                      .before_size = between_.size() - before,
                      .like = static_cast<std::size_t>(like - cells_.begin())});
    before = between_.size();
  }
  numbers_.resize(cells_.size());
  for (auto& line : lines_)
    line.resize(between_.size() + cells_.size() * std::max(kLongestNumber, kLongestWord) + kMove);
  assert(before == between_.size());  // the last column is none of the config's
  between_.append(kMove, ' ');
}

void SweepCells::append(const SweepRow& row, std::string& out) {
  std::vector<char>& line = lines_[turn_];
  turn_ = 1 - turn_;
  char* end = line.data();
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const Cell& cell = cells_[i];
    end = copy_short(between_.data() + cell.before, cell.before_size, end);
    if (cell.column->is_word()) {
      const std::string_view word = cell.column->word(row);
      assert(word.size() <= kLongestWord && !needs_quotes(word));
      end = std::ranges::copy(word, end).out;
    } else if (const double value = cell.column->number(row); std::isfinite(value)) {
      end = write(i, value, end);
    } else {
      numbers_[i].size = 0;  // the line above is not kept for longer
    }
  }
  *end++ = '\n';
  out.append(line.data(), end);
}

char* SweepCells::write(std::size_t cell, double value, char* to) {
  Number& own = numbers_[cell];
  const Number& like = numbers_[cells_[cell].like];
  char* end = nullptr;
  if (own.size > 0 && own.value == value)
    end = copy_short(own.text, own.size, to);
  else if (like.size > 0 && like.value == value)
    end = copy_short(like.text, like.size, to);
  else
    end = write_number(value, to);
  own = {.value = value, .text = to, .size = static_cast<std::size_t>(end - to)};
  return end;
}

}  // namespace roofcast
