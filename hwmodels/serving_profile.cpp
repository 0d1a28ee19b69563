#include "hwmodels/serving_profile.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "hwmodels/object_reader.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kServingSchema = "roofcast/serving/1";
constexpr double kWidest = 1e3;  // a band beyond this says nothing

constexpr std::array kBands{std::pair{"small_batch", &ServingCalibration::small_batch},
                            std::pair{"large_batch", &ServingCalibration::large_batch},
                            std::pair{"first_token", &ServingCalibration::first_token}};

void read_pace(ObjectReader& parameters, ServingPace& pace) {
  for (const auto& field : pace_fields())
    parameters.object(field.name, [&](ObjectReader& p) {
      field.write(pace, p.number("value", 0, field.most));
      if (const auto unit = p.text("unit"); !unit.empty() && unit != field.unit)
        p.add("unit", fmt::format("'{}': expected '{}'", unit, field.unit));
    });
}

void read_range(ObjectReader& range, ServingRange& r) {
  r.most_gpus = static_cast<int>(range.integer("most_gpus", 1, 1 << 16));
  r.most_batch = range.number("most_batch", 1, 1e9);
  r.most_tokens = range.number("most_tokens", 1, 1e12);
}

void read_error(std::string_view rows_of, ObjectReader& reader, ServingCalibration& c) {
  c.errors.push_back({.rows_of = std::string(rows_of),
                      .rows = static_cast<int>(reader.integer("rows", 1, 1 << 30)),
                      .median_percent = reader.number("median_percent", 0, 1e6),
                      .p90_percent = reader.number("p90_percent", 0, 1e6)});
}

void read_serving(ObjectReader& root, ServingCalibration& c) {
  if (const auto schema = root.text("schema"); !schema.empty() && schema != kServingSchema)
    root.add("schema", fmt::format("'{}': expected '{}'", schema, kServingSchema));
  c.engine = root.text("engine");
  c.experts = root.flag("experts");
  c.hardware = root.texts("hardware");
  if (c.hardware.empty()) root.add("hardware", "names no device");
  c.relatives = root.texts("relatives");
  root.object("parameters", [&](ObjectReader& p) { read_pace(p, c.pace); });
  root.object("range", [&](ObjectReader& r) { read_range(r, c.range); });
  root.object("bands", [&](ObjectReader& bands) {
    for (const auto& [name, band] : kBands)
      bands.object(name, [&, member = band](ObjectReader& b) {
        c.*member = {.low = b.number("low", 1 / kWidest, 1), .high = b.number("high", 1, kWidest)};
      });
  });
  root.each_object("errors", [&](std::string_view name, ObjectReader& e) { read_error(name, e, c); });
  c.source = root.text("source");
  c.date = root.text("date");
}

}  // namespace

Result<ServingCalibration> parse_serving(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  ServingCalibration c;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) { read_serving(root, c); });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return c;
}

Result<ServingCalibration> load_serving(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_serving(*text, file.string());
}

std::string serving_json(const ServingCalibration& c) {
  Json out{{"schema", kServingSchema}, {"engine", c.engine}, {"experts", c.experts}, {"hardware", c.hardware}};
  if (!c.relatives.empty()) out["relatives"] = c.relatives;
  for (const auto& field : pace_fields())
    out["parameters"][field.name] = {{"value", json_number(field.read(c.pace))}, {"unit", field.unit}};
  out["range"] = {{"most_gpus", c.range.most_gpus},
                  {"most_batch", json_number(c.range.most_batch)},
                  {"most_tokens", json_number(c.range.most_tokens)}};
  for (const auto& [name, band] : kBands)
    out["bands"][name] = {{"low", json_number((c.*band).low)}, {"high", json_number((c.*band).high)}};
  out["errors"] = Json::object();
  for (const auto& e : c.errors)
    out["errors"][e.rows_of] = {{"rows", e.rows},
                                {"median_percent", json_number(e.median_percent)},
                                {"p90_percent", json_number(e.p90_percent)}};
  out["source"] = c.source;
  out["date"] = c.date;
  return json_text(out);
}

Result<std::vector<ServingCalibration>> list_serving(const PresetRoots& roots, std::string_view engine) {
  std::vector<ServingCalibration> fits;
  for (const auto& root : roots.folders) {
    std::vector<std::filesystem::path> files;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(root / "serving", absent))
      if (entry.path().filename().string().starts_with(fmt::format("{}-", engine))) files.push_back(entry.path());
    std::ranges::sort(files);  // folders have no order of their own
    for (const auto& file : files) {
      auto c = load_serving(file);
      if (!c) return std::unexpected(std::move(c.error()));
      if (c->engine == engine) fits.push_back(std::move(*c));
    }
  }
  return fits;
}

}  // namespace roofcast
