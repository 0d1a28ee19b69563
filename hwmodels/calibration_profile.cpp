#include "hwmodels/calibration_profile.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/object_reader.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr double kLarge = 1e15;  // no trait, parameter or range comes near
constexpr int kMostRows = 1'000'000'000;

void read_parameters(ObjectReader& kernel, Calibration& out) {
  kernel.each_object("parameters", [&](const std::string& name, ObjectReader& p) {
    out.parameters.push_back({.name = name,
                              .unit = p.text("unit"),
                              .value = p.number("value", 0, kLarge),
                              .deviation = p.has("deviation") ? p.number("deviation", 0, kLarge) : 0,
                              .at_bound = p.flag_or("at_bound", false)});
  });
  kernel.object_if_present("traits", [&](ObjectReader& traits) {
    for (const auto& name : traits.keys()) out.traits.push_back({name, traits.number(name, 0, kLarge)});
  });
}

void read_ranges(ObjectReader& kernel, Calibration& out) {
  kernel.each_object("ranges", [&](const std::string& name, ObjectReader& range) {
    FittedRange r{.input = name, .least = range.number("least", 0, kLarge), .most = range.number("most", 0, kLarge)};
    if (r.least > r.most) range.add("least", fmt::format("{} exceeds most {}", r.least, r.most));
    out.ranges.push_back(std::move(r));
  });
}

void read_residuals(ObjectReader& kernel, Calibration& out) {
  constexpr double kWidest = 20;  // e^20: nothing is predicted at all
  kernel.object("residuals", [&](ObjectReader& residuals) {
    out.residuals.low = residuals.number("low", -kWidest, 0);
    out.residuals.high = residuals.number("high", 0, kWidest);
    residuals.object_if_present("widenings", [&](ObjectReader& widenings) {
      for (const auto& feature : widenings.keys())
        out.residuals.widenings.push_back({feature, widenings.number(feature, -kWidest, kWidest)});
    });
  });
}

void read_errors(ObjectReader& kernel, Calibration& out) {
  kernel.each_object("errors", [&](const std::string& rows_of, ObjectReader& error) {
    out.errors.push_back({.rows_of = rows_of,
                          .rows = static_cast<int>(error.integer("rows", 1, kMostRows)),
                          .median_percent = error.number("median_percent", 0, kLarge),
                          .p90_percent = error.number("p90_percent", 0, kLarge),
                          .time_weighted_percent = error.number("time_weighted_percent", 0, kLarge)});
  });
}

void read_kernel(ObjectReader& kernel, const Calibration& shared, std::vector<Calibration>& out) {
  Calibration c = shared;
  c.key.op = kernel.text("op");
  c.key.framework = kernel.text("framework");
  c.framework_version = kernel.text_or("framework_version", {});
  c.key.kernel = kernel.text_or("kernel", {});
  c.key.variant = kernel.text_or("variant", {});
  c.key.dtype = kernel.text("dtype");
  read_parameters(kernel, c);
  read_ranges(kernel, c);
  read_residuals(kernel, c);
  read_errors(kernel, c);
  if (std::ranges::find(out, c.key, &Calibration::key) != out.end())
    kernel.add("kernel", fmt::format("'{}' with this op, framework, variant and dtype occurs twice", c.key.kernel));
  out.push_back(std::move(c));
}

void read_file(ObjectReader& root, std::string_view origin, Errors& errors, std::vector<Calibration>& out) {
  constexpr std::string_view schema = "roofcast/calibration/1";
  if (const auto found = root.text("schema"); found != schema && !found.empty())
    root.add("schema", fmt::format("'{}' is not supported: expected '{}'", found, schema));
  Calibration shared{.source = root.text("source"), .date = root.text("date")};
  shared.key.hardware = root.text("hardware");
  const auto& kernels = root.at("kernels");
  if (!kernels.is_array() || kernels.empty()) {
    if (!kernels.is_null()) root.mistyped("kernels", "a list of at least one object");
    return;
  }
  for (std::size_t i = 0; i < kernels.size(); ++i)
    read_object(kernels[i], fmt::format("{}:/kernels/{}", origin, i), errors,
                [&](ObjectReader& kernel) { read_kernel(kernel, shared, out); });
}

Json parameters_json(const Calibration& c) {
  Json out = Json::object();
  for (const auto& p : c.parameters) {
    Json& one = out[p.name];
    one["value"] = json_number(p.value);
    one["unit"] = p.unit;
    if (p.deviation > 0) one["deviation"] = json_number(p.deviation);
    if (p.at_bound) one["at_bound"] = true;
  }
  return out;
}

Json residuals_json(const ResidualSpread& r) {
  Json out{{"low", json_number(r.low)}, {"high", json_number(r.high)}};
  for (const auto& widening : r.widenings) out["widenings"][widening.feature] = json_number(widening.weight);
  return out;
}

Json kernel_json(const Calibration& c) {
  Json out;
  out["op"] = c.key.op;
  out["framework"] = c.key.framework;
  if (!c.framework_version.empty()) out["framework_version"] = c.framework_version;
  if (!c.key.kernel.empty()) out["kernel"] = c.key.kernel;
  if (!c.key.variant.empty()) out["variant"] = c.key.variant;
  out["dtype"] = c.key.dtype;
  for (const auto& trait : c.traits) out["traits"][trait.name] = json_number(trait.value);
  out["parameters"] = parameters_json(c);
  for (const auto& r : c.ranges)
    out["ranges"][r.input] = Json{{"least", json_number(r.least)}, {"most", json_number(r.most)}};
  out["residuals"] = residuals_json(c.residuals);
  for (const auto& e : c.errors)
    out["errors"][e.rows_of] = Json{{"rows", e.rows},
                                    {"median_percent", json_number(e.median_percent)},
                                    {"p90_percent", json_number(e.p90_percent)},
                                    {"time_weighted_percent", json_number(e.time_weighted_percent)}};
  return out;
}

}  // namespace

Result<std::vector<Calibration>> parse_calibrations(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  std::vector<Calibration> out;
  read_object(*json, fmt::format("{}:", origin), errors,
              [&](ObjectReader& root) { read_file(root, origin, errors, out); });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return out;
}

Result<std::vector<Calibration>> load_calibrations(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_calibrations(*text, file.filename().string());
}

std::string calibrations_json(const std::vector<Calibration>& calibrations) {
  const auto& first = calibrations.front();
  Json out;
  out["schema"] = "roofcast/calibration/1";
  out["hardware"] = first.key.hardware;
  out["source"] = first.source;
  out["date"] = first.date;
  out["kernels"] = Json::array();
  for (const auto& c : calibrations) out["kernels"].push_back(kernel_json(c));
  return json_text(out);
}

}  // namespace roofcast
