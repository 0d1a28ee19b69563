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

void write(const Json& json, std::size_t indent, std::size_t before, std::string& out) {
  auto line = on_one_line(json);
  if (!json.is_structured() || json.empty() || (indent > 0 && indent + before + line.size() <= kLine)) {
    out += line;
    return;
  }
  const std::string margin(indent + 2, ' ');
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

}  // namespace roofcast
