#include "cli/ascii_plot.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "cli/axis_span.hpp"
#include "cli/text_width.hpp"
#include "core/chart/axis_ticks.hpp"

namespace roofcast::cli {
namespace {

constexpr int kRows = 20;
constexpr int kWidestPlot = 120;  ///< a wider plot is no easier to read
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The span of the values, a little wider where the axis is linear and none is said.
AxisSpan span(const ChartAxis& axis, std::vector<double> values) {
  if (axis.least) values.push_back(*axis.least);
  if (axis.most) values.push_back(*axis.most);
  if (values.empty()) values.push_back(1);
  const auto [least, most] = std::ranges::minmax(values);
  if (least < most) return {least, most, axis.scale};
  return axis.scale == AxisScale::logarithmic ? AxisSpan{least / 2, most * 2, axis.scale}
                                              : AxisSpan{least - 1, most + 1, axis.scale};
}

std::vector<double> values(const ChartPane& pane, double ChartPoint::*member) {
  std::vector<double> out;
  for (const auto& s : pane.series)
    for (const auto& p : s.points) out.push_back(p.*member);
  return out;
}

/// Characters in rows from the top, drawn by places of 0..1.
class Canvas {
 public:
  Canvas(int columns, int rows)
      : columns_{columns},
        rows_{rows},
        lines_(static_cast<std::size_t>(rows), std::string(static_cast<std::size_t>(columns), ' ')) {}

  void put(double x, double y, char c) {
    if (!(x >= -kEdge && x <= 1 + kEdge && y >= -kEdge && y <= 1 + kEdge)) return;
    const auto column = static_cast<std::size_t>(std::lround(std::clamp(x, 0.0, 1.0) * (columns_ - 1)));
    const auto row = static_cast<std::size_t>(std::lround((1 - std::clamp(y, 0.0, 1.0)) * (rows_ - 1)));
    lines_[row][column] = c;
  }
  /// Straight on the drawn axes, a character per column or row.
  void line(double x0, double y0, double x1, double y1, char c, int stride = 1) {
    const int steps = std::max(1, static_cast<int>(std::max(std::abs(x1 - x0) * columns_, std::abs(y1 - y0) * rows_)));
    for (int i = 0; i <= steps; i += stride) {
      const double t = static_cast<double>(i) / steps;
      put(x0 + t * (x1 - x0), y0 + t * (y1 - y0), c);
    }
  }
  [[nodiscard]] const std::string& row(std::size_t at) const { return lines_[at]; }

 private:
  static constexpr double kEdge = 1e-9;
  int columns_;
  int rows_;
  std::vector<std::string> lines_;
};

void draw(Canvas& canvas, const ChartSeries& s, const AxisSpan& x, const AxisSpan& y, char letter) {
  const bool line = s.shape == SeriesShape::line || s.shape == SeriesShape::line_with_marks;
  const int stride = s.stroke == SeriesStroke::dotted ? 2 : 1;
  for (std::size_t i = 0; i < s.points.size(); ++i) {
    const auto &p = s.points[i], &q = s.points[i > 0 ? i - 1 : 0];
    if (line && i > 0)
      canvas.line(x.place(q.x), y.place(q.y), x.place(p.x), y.place(p.y), letter, stride);
    else
      canvas.put(x.place(p.x), y.place(p.y), letter);
  }
}

void draw(Canvas& canvas, const ChartGuide& g, const AxisSpan& x, const AxisSpan& y) {
  if (g.direction == ChartGuide::Direction::vertical)
    canvas.line(x.place(g.at), 0, x.place(g.at), 1, '|');
  else
    canvas.line(0, y.place(g.at), 1, y.place(g.at), '-');
}

/// The line of x labels: each centred below its tick, left out where it would touch the one before.
std::string x_labels(const std::vector<AxisTick>& ticks, const AxisSpan& x, int margin, int columns) {
  std::string out;
  for (const auto& t : ticks) {
    const int centre = margin + static_cast<int>(std::lround(x.place(t.value) * (columns - 1)));
    const int size = static_cast<int>(t.text.size());
    const int at = std::clamp(centre - size / 2, 0, margin + columns - size);
    if (static_cast<int>(out.size()) + (out.empty() ? 0 : 2) > at) continue;
    out.resize(static_cast<std::size_t>(at), ' ');
    out += t.text;
  }
  return out;
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

/// What ends a series beside its name: "mha (TPOT: 4; memory: 8)", its dotted rest included.
std::string named_ends(const ChartPane& pane, const std::string& name) {
  std::string ends;
  for (const auto& s : pane.series)
    if (s.name == name && !s.end_label.empty() && s.end_label != name)
      ends += fmt::format("{}{}", ends.empty() ? "" : "; ", s.end_label);
  return ends.empty() ? name : fmt::format("{} ({})", name, ends);
}

std::string legend(const ChartPane& pane, const std::vector<char>& letters, int columns) {
  std::string out;
  const auto add = [&](const std::string& text) {
    for (std::size_t i = 0; const auto& line : wrapped(text, columns - 4))
      out += (i++ == 0 ? "  " : "    ") + line + '\n';
  };
  std::string listed;
  for (std::size_t i = 0; i < pane.series.size(); ++i) {
    const auto& s = pane.series[i];
    if (listed.contains(letters[i]) || (!s.in_legend && s.end_label.empty())) continue;
    listed += letters[i];
    add(fmt::format("{} {}", letters[i], named_ends(pane, s.name)));
  }
  for (const auto& g : pane.guides)
    if (!g.label.empty())
      add(fmt::format("{} {}", g.direction == ChartGuide::Direction::vertical ? '|' : '-', g.label));
  for (const auto& r : pane.regions)
    if (!r.label.empty()) add(r.label);
  return out;
}

/// One letter per name: the dotted rest of a curve has that of its beginning.
std::vector<char> letters(const ChartPane& pane) {
  std::vector<std::string> names;
  std::vector<char> out;
  for (const auto& s : pane.series) {
    auto at = std::ranges::find(names, s.name);
    if (at == names.end()) at = names.insert(at, s.name);
    out.push_back(kLetters[static_cast<std::size_t>(at - names.begin()) % kLetters.size()]);
  }
  return out;
}

}  // namespace

std::string ascii_plot(const ChartPane& pane, int columns) {
  const AxisSpan x = span(pane.x, values(pane, &ChartPoint::x)), y = span(pane.y, values(pane, &ChartPoint::y));
  const auto y_ticks = axis_ticks(pane.y, y.least, y.most, kRows / 3).labelled;
  int margin = 0;
  for (const auto& t : y_ticks) margin = std::max(margin, static_cast<int>(t.text.size()));
  const int width = std::max(10, std::min(columns, kWidestPlot) - margin - 2);

  Canvas canvas(width, kRows);
  for (const auto& g : pane.guides) draw(canvas, g, x, y);
  const auto letter = letters(pane);
  for (std::size_t i = 0; i < pane.series.size(); ++i) draw(canvas, pane.series[i], x, y, letter[i]);

  std::vector<std::string> labels(kRows);
  for (const auto& t : y_ticks)
    labels[static_cast<std::size_t>(std::lround((1 - y.place(t.value)) * (kRows - 1)))] = t.text;
  std::string out;
  for (const auto& line :
       wrapped(fmt::format("{}{}", pane.y.title, pane.title.empty() ? "" : " | " + pane.title), columns))
    out += line + '\n';
  for (std::size_t row = 0; row < kRows; ++row)
    out += trimmed(fmt::format("{:>{}} {}{}", labels[row], margin, labels[row].empty() ? '|' : '+', canvas.row(row)));
  const auto x_ticks = axis_ticks(pane.x, x.least, x.most, width / 8).labelled;
  std::string axis(static_cast<std::size_t>(width), '-');
  for (const auto& t : x_ticks) axis[static_cast<std::size_t>(std::lround(x.place(t.value) * (width - 1)))] = '+';
  out += fmt::format("{:>{}} +{}\n", "", margin, axis);
  out += trimmed(x_labels(x_ticks, x, margin + 2, width));
  const auto title = pane.x.scale == AxisScale::logarithmic ? pane.x.title + " (log)" : pane.x.title;
  for (const auto& line : wrapped(title, columns)) {
    const int at = std::clamp(margin + 2 + (width - display_width(line)) / 2, 0, columns - display_width(line));
    out += trimmed(fmt::format("{:>{}}{}", "", at, line));
  }
  return out + legend(pane, letter, std::min(columns, kWidestPlot));
}

}  // namespace roofcast::cli
