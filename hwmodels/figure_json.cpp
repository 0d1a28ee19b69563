#include "hwmodels/figure_json.hpp"

#include <cmath>
#include <optional>

#include "hwmodels/figure_names.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kFigureSchema = "roofcast/figure/1";

// --- writing -----------------------------------------------------------------------------------

void put(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}
void put(Json& out, const char* key, const std::optional<double>& value) {
  if (value) out[key] = json_number(*value);
}

Json json(const ChartPoint& p) {
  Json out = {{"x", json_number(p.x)}, {"y", json_number(p.y)}};
  put(out, "low", p.low);
  put(out, "high", p.high);
  if (p.weight != 1) out["weight"] = json_number(p.weight);
  put(out, "text", p.text);
  put(out, "label", p.label);
  if (p.ruler) out["ruler"] = Json{{"to", json_number(p.ruler->to)}, {"label", p.ruler->label}};
  return out;
}

// Declared before the template that picks among them: argument-dependent lookup leaves this namespace out.
Json json(const ChartSeries& s);
Json json(const ChartGuide& g);
Json json(const ChartRegion& r);
Json json(const ChartPane& p);

template <class Item>
Json list(const std::vector<Item>& items) {
  Json out = Json::array();
  for (const auto& item : items) out.push_back(json(item));
  return out;
}

Json json(const ChartSeries& s) {
  Json out = {{"name", s.name},
              {"shape", name_in(kSeriesShapes, s.shape)},
              {"stroke", name_in(kSeriesStrokes, s.stroke)},
              {"colour", s.colour},
              {"mark", s.mark}};
  if (!s.in_legend) out["in_legend"] = false;
  put(out, "end_label", s.end_label);
  out["points"] = list(s.points);
  return out;
}

Json json(const ChartAxis& a) {
  Json out = {{"title", a.title}, {"scale", name_in(kAxisScales, a.scale)}, {"ticks", name_in(kTickTexts, a.ticks)}};
  put(out, "least", a.least);
  put(out, "most", a.most);
  if (!a.categories.empty()) out["categories"] = a.categories;
  return out;
}

Json json(const ChartGuide& g) {
  Json out = {{"direction", name_in(kGuideDirections, g.direction)}, {"at", json_number(g.at)}};
  put(out, "label", g.label);
  out["stroke"] = name_in(kSeriesStrokes, g.stroke);
  return out;
}

Json json(const ChartRegion& r) {
  Json out = Json::object();
  put(out, "x_low", r.x_low);
  put(out, "x_high", r.x_high);
  put(out, "y_low", r.y_low);
  put(out, "y_high", r.y_high);
  put(out, "label", r.label);
  out["colour"] = r.colour;
  return out;
}

Json json(const ChartPane& p) {
  Json out = Json::object();
  put(out, "title", p.title);
  out["x"] = json(p.x);
  out["y"] = json(p.y);
  out["series"] = list(p.series);
  if (!p.guides.empty()) out["guides"] = list(p.guides);
  if (!p.regions.empty()) out["regions"] = list(p.regions);
  return out;
}

// --- reading -----------------------------------------------------------------------------------

constexpr double kFarthest = 1e300;  ///< the span of an axis is still a number
constexpr int kMostIndex = 9999;

double number(ObjectReader& r, std::string_view key) {
  return r.number(key, -kFarthest, kFarthest);
}

/// A place on an axis.
double place(ObjectReader& r, std::string_view key, AxisScale scale) {
  const double value = number(r, key);
  if (scale == AxisScale::logarithmic && r.has(key) && value <= 0)
    r.add(key, "must be above zero on a logarithmic axis");
  return value;
}
std::optional<double> place_if_present(ObjectReader& r, std::string_view key, AxisScale scale) {
  return r.has(key) ? std::optional{place(r, key, scale)} : std::nullopt;
}

ChartPoint point(ObjectReader& r, const ChartPane& pane) {
  ChartPoint p{.x = place(r, "x", pane.x.scale),
               .y = place(r, "y", pane.y.scale),
               .low = place_if_present(r, "low", pane.y.scale),
               .high = place_if_present(r, "high", pane.y.scale)};
  if (r.has("weight")) p.weight = r.number("weight", 0, 1);
  p.text = r.text_or("text", "");
  p.label = r.text_or("label", "");
  r.object_if_present("ruler", [&](ObjectReader& ruler) {
    p.ruler = ChartRuler{.to = place(ruler, "to", pane.y.scale), .label = ruler.text("label")};
  });
  if (pane.x.scale == AxisScale::categories &&
      !(p.x >= 0 && p.x < static_cast<double>(pane.x.categories.size()) && p.x == std::floor(p.x)))
    r.add("x", "must be the index of a category");
  return p;
}

ChartSeries series(ObjectReader& r, const ChartPane& pane) {
  ChartSeries s{.name = r.text("name"),
                .shape = r.choice<SeriesShape>("shape", kSeriesShapes),
                .stroke = r.choice<SeriesStroke>("stroke", kSeriesStrokes),
                .colour = static_cast<int>(r.integer("colour", 0, kMostIndex)),
                .mark = static_cast<int>(r.integer("mark", 0, kMostIndex)),
                .in_legend = r.flag_or("in_legend", true),
                .end_label = r.text_or("end_label", "")};
  r.each_item("points", [&](ObjectReader& item) { s.points.push_back(point(item, pane)); });
  return s;
}

ChartAxis axis(ObjectReader& r) {
  ChartAxis a{.title = r.text("title"),
              .scale = r.choice<AxisScale>("scale", kAxisScales),
              .ticks = r.choice<TickText>("ticks", kTickTexts)};
  a.least = place_if_present(r, "least", a.scale);
  a.most = place_if_present(r, "most", a.scale);
  if (a.least && a.most && *a.most <= *a.least) r.add("most", "must be above 'least'");
  a.categories = r.texts("categories");
  return a;
}

ChartGuide guide(ObjectReader& r, const ChartPane& pane) {
  ChartGuide g{.direction = r.choice<ChartGuide::Direction>("direction", kGuideDirections)};
  g.at = place(r, "at", g.direction == ChartGuide::Direction::vertical ? pane.x.scale : pane.y.scale);
  g.label = r.text_or("label", "");
  g.stroke = r.choice<SeriesStroke>("stroke", kSeriesStrokes);
  return g;
}

ChartRegion region(ObjectReader& r, const ChartPane& pane) {
  return {.x_low = place_if_present(r, "x_low", pane.x.scale),
          .x_high = place_if_present(r, "x_high", pane.x.scale),
          .y_low = place_if_present(r, "y_low", pane.y.scale),
          .y_high = place_if_present(r, "y_high", pane.y.scale),
          .label = r.text_or("label", ""),
          .colour = static_cast<int>(r.integer("colour", 0, kMostIndex))};
}

ChartPane pane(ObjectReader& r) {
  ChartPane p{.title = r.text_or("title", "")};
  r.object("x", [&](ObjectReader& x) { p.x = axis(x); });
  r.object("y", [&](ObjectReader& y) { p.y = axis(y); });
  r.each_item("series", [&](ObjectReader& item) { p.series.push_back(series(item, p)); });
  if (r.has("guides")) r.each_item("guides", [&](ObjectReader& item) { p.guides.push_back(guide(item, p)); });
  if (r.has("regions")) r.each_item("regions", [&](ObjectReader& item) { p.regions.push_back(region(item, p)); });
  return p;
}

Figure figure(ObjectReader& root) {
  if (const auto found = root.text("schema"); found != kFigureSchema && !found.empty())
    root.add("schema", "'" + found + "' is not supported: expected '" + std::string(kFigureSchema) + "'");
  Figure f{.title = root.text("title"), .subtitle = root.text_or("subtitle", "")};
  f.grade = root.choice<Grade>("grade", kGrades);
  root.each_item("panes", [&](ObjectReader& item) { f.panes.push_back(pane(item)); });
  f.footnotes = root.texts("footnotes");
  return f;
}

}  // namespace

std::string figure_json(const Figure& f) {
  Json out = {{"schema", kFigureSchema}, {"title", f.title}};
  put(out, "subtitle", f.subtitle);
  out["grade"] = name_in(kGrades, f.grade);
  out["panes"] = list(f.panes);
  if (!f.footnotes.empty()) out["footnotes"] = f.footnotes;
  return json_text(out);
}

Result<Figure> parse_figure(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  Figure f;
  read_object(*json, std::string(origin) + ":", errors, [&](ObjectReader& root) { f = figure(root); });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return f;
}

Result<Figure> load_figure(const std::filesystem::path& file) {
  const auto text = read_text(file, kMaxFigureBytes);
  if (!text) return std::unexpected(text.error());
  return parse_figure(*text, file.string());
}

}  // namespace roofcast
