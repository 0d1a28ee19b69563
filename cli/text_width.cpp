#include "cli/text_width.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace roofcast::cli {
namespace {

struct Interval {
  char32_t first;
  char32_t last;
};

// Unicode 15 East Asian Width W and F, by block: exact enough for names and units.
constexpr std::array kWide{Interval{0x1100, 0x115f},   Interval{0x2e80, 0x303e},  Interval{0x3041, 0xa4cf},
                           Interval{0xac00, 0xd7a3},   Interval{0xf900, 0xfaff},  Interval{0xfe30, 0xfe6f},
                           Interval{0xff00, 0xff60},   Interval{0xffe0, 0xffe6},  Interval{0x1f300, 0x1f64f},
                           Interval{0x1f900, 0x1f9ff}, Interval{0x20000, 0x3fffd}};
constexpr std::array kZero{Interval{0x0300, 0x036f}, Interval{0x200b, 0x200f}, Interval{0x20d0, 0x20ff},
                           Interval{0xfe00, 0xfe0f}};

/// One unit of text: its bytes and the columns it takes.
struct Glyph {
  std::size_t bytes;
  int columns;
};

bool within(char32_t c, const auto& table) {
  return std::ranges::any_of(table, [c](Interval i) { return i.first <= c && c <= i.last; });
}

/// "\x1b[1m": ends with a letter.
std::size_t escape_length(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const auto end = text.find_first_of("mKJH", 2);
  return end == std::string_view::npos ? text.size() : end + 1;
}

Glyph first_glyph(std::string_view text) {
  if (const auto length = escape_length(text); length > 0) return {length, 0};
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  length = std::min(length, text.size());
  char32_t code = length == 1 ? lead : lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) code = code << 6U | (static_cast<unsigned char>(text[i]) & 0x3fU);
  return {length, within(code, kZero) ? 0 : within(code, kWide) ? 2 : 1};
}

}  // namespace

int display_width(std::string_view text) {
  int columns = 0;
  while (!text.empty()) {
    const auto glyph = first_glyph(text);
    columns += glyph.columns;
    text.remove_prefix(glyph.bytes);
  }
  return columns;
}

std::string_view prefix_of_width(std::string_view text, int columns) {
  std::size_t bytes = 0;
  while (bytes < text.size()) {
    const auto glyph = first_glyph(text.substr(bytes));
    if (glyph.columns > columns) break;
    columns -= glyph.columns;
    bytes += glyph.bytes;
  }
  return text.substr(0, bytes);
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
  std::vector<std::string> lines(1);
  columns = std::max(columns, 2);  // a wide character always finds room
  while (!text.empty()) {
    const auto space = text.find(' ');
    auto word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    if (word.empty()) continue;
    const int used = display_width(lines.back());
    if (used > 0 && used + 1 + display_width(word) <= columns) {
      lines.back().append(" ").append(word);
      continue;
    }
    if (used > 0) lines.emplace_back();
    while (display_width(word) > columns) {
      const auto piece = prefix_of_width(word, columns);
      lines.back() = piece;
      lines.emplace_back();
      word.remove_prefix(piece.size());
    }
    lines.back() = word;
  }
  return lines;
}

}  // namespace roofcast::cli
