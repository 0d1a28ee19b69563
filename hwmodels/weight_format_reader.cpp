#include "hwmodels/weight_format_reader.hpp"

#include <array>

#include <fmt/format.h>

#include "core/nearest_name.hpp"

namespace roofcast {
namespace {

constexpr double kFewestBytes = 1.0 / 16, kMostBytes = 8;  // half a bit ... fp64

constexpr std::array kComputes{std::pair<std::string_view, Compute>{"fp32", Compute::fp32},
                               std::pair<std::string_view, Compute>{"bf16", Compute::bf16},
                               std::pair<std::string_view, Compute>{"fp8", Compute::fp8},
                               std::pair<std::string_view, Compute>{"int8", Compute::int8},
                               std::pair<std::string_view, Compute>{"fp4", Compute::fp4}};

WeightFormat named_format(ObjectReader& reader, std::string_view key) {
  const auto name = reader.text(key);
  if (const auto format = find_weight_format(name)) return *format;
  std::vector<std::string> names;
  for (const auto& format : weight_formats()) names.push_back(format.name);
  if (!name.empty()) reader.add(key, fmt::format("'{}' is not a weight format", name), did_you_mean(name, names));
  return {};
}

}  // namespace

WeightFormat read_weight_format(ObjectReader& reader, std::string_view key, const WeightFormat& fallback) {
  if (!reader.has(key)) return fallback;
  if (!reader.at(key).is_object()) return named_format(reader, key);
  WeightFormat format;
  reader.object(key, [&](ObjectReader& members) {
    format.name = members.text("name");
    format.bytes_per_weight = members.number("bytes_per_weight", kFewestBytes, kMostBytes);
    format.compute = members.choice<Compute>("compute", kComputes);
  });
  return format;
}

Json weight_format_json(const WeightFormat& format) {
  if (find_weight_format(format.name) == format) return format.name;
  return {{"name", format.name}, {"bytes_per_weight", format.bytes_per_weight}, {"compute", name(format.compute)}};
}

}  // namespace roofcast
