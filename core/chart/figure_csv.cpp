#include "core/chart/figure_csv.hpp"

#include <cstddef>
#include <string_view>

#include "core/csv.hpp"

namespace roofcast {
namespace {

void append_text(std::string& out, std::string_view text) {
  append_cell(out, text);
  out += ',';
}

void append_row(const ChartPane& pane, const ChartSeries& series, const ChartPoint& p, std::string& out) {
  append_text(out, pane.title.empty() ? std::string_view{pane.y.title} : pane.title);
  append_text(out, series.name);
  append_text(out, pane.x.title);
  if (pane.x.scale == AxisScale::categories)
    append_cell(out, std::string_view{pane.x.categories.at(static_cast<std::size_t>(p.x))});
  else
    append_cell(out, p.x);
  out += ',';
  append_text(out, pane.y.title);
  append_cell(out, p.y);
  out += ',';
  append_cell(out, p.low);
  out += ',';
  append_cell(out, p.high);
  out += ',';
  append_cell(out, p.weight);
  out += ',';
  append_text(out, p.label);
  append_cell(out, std::string_view{p.text});
  out += '\n';
}

}  // namespace

std::string figure_csv(const Figure& figure) {
  std::string out = "pane,series,x_title,x,y_title,y,y_low,y_high,weight,label,text\n";
  for (const auto& pane : figure.panes)
    for (const auto& series : pane.series)
      for (const auto& p : series.points) append_row(pane, series, p, out);
  return out;
}

}  // namespace roofcast
