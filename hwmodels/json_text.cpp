#include <cmath>

#include "hwmodels/object_reader.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kLine = 110;

std::string on_one_line(const Json& json) {
  std::string out;
  const auto separate = [&] {
    if (out.size() > 1) out += ", ";
  };
  if (json.is_object()) {
    out = "{";
    for (const auto& [key, value] : json.items()) {
      separate();
      out += Json(key).dump() + ": " + on_one_line(value);
    }
    return out + "}";
  }
  if (json.is_array()) {
    out = "[";
    for (const auto& value : json) {
      separate();
      out += on_one_line(value);
    }
    return out + "]";
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// As many items to a line as fit: the runs of a model's layers.
void write_filled(const Json& array, const std::string& margin, std::string& out) {
  out += "[";
  std::size_t column = kLine;
  for (const auto& item : array) {
    const auto text = on_one_line(item);
    const bool fits = column + 2 + text.size() < kLine;
    if (&item != &array.front()) out += fits ? ", " : ",";
    if (!fits) out += "\n" + margin;
    column = (fits ? column + 2 : margin.size()) + text.size();
    out += text;
  }
  out += "\n" + margin.substr(2) + "]";
}

void write(const Json& json, std::size_t indent, std::size_t before, std::string& out) {
  auto line = on_one_line(json);
  if (!json.is_structured() || json.empty() || (indent > 0 && indent + before + line.size() <= kLine)) {
    out += line;
    return;
  }
  const std::string margin(indent + 2, ' ');
  if (json.is_array() && !json.front().is_object()) return write_filled(json, margin, out);
  out += json.is_object() ? "{\n" : "[\n";
  std::size_t left = json.size();
  for (const auto& [key, value] : json.items()) {
    const auto label = json.is_object() ? Json(key).dump() + ": " : std::string{};
    out += margin + label;
    write(value, indent + 2, label.size(), out);
    out += --left > 0 ? ",\n" : "\n";
  }
  out += std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace

std::string json_text(const Json& json) {
  std::string out;
  write(json, 0, 0, out);
  return out + "\n";
}

Json json_number(double value) {
  constexpr double kExactIntegers = 0x1p53;
  if (std::trunc(value) == value && std::abs(value) <= kExactIntegers) return static_cast<std::int64_t>(value);
  return value;
}

Json number_or_null(std::optional<double> value) {
  return value && std::isfinite(*value) ? json_number(*value) : Json(nullptr);
}

Json milliseconds_or_null(std::optional<Seconds> time) {
  return time ? number_or_null(time->in(units::ms)) : Json(nullptr);
}

}  // namespace roofcast
