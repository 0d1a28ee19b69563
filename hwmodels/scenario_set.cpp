#include "hwmodels/scenario_set.hpp"

#include <utility>

#include <fmt/format.h>

#include "hwmodels/object_reader.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kScenarioSchema = "roofcast/scenario/1";

std::string_view example(const ScenarioField& field) {
  if (field.value == ScenarioValue::size) return "a text with its unit, e.g. \"256GiB\"";
  if (field.kind == ValueKind::time && field.value == ScenarioValue::positive)
    return "a text with its unit, e.g. \"50ms\"";
  return field.takes_numbers() ? "a number or a text" : "a text";
}

void read_field(ObjectReader& root, const ScenarioField& field, ScenarioDocument& document) {
  const auto key = field.key();
  if (!root.has(key)) return;
  const Json& json = root.at(key);
  if (json.is_null()) return;  // reported by at()
  if (!json.is_string() && !(json.is_number() && field.takes_numbers())) return root.mistyped(key, example(field));
  auto text = json.is_string() ? json.get<std::string>() : json.dump();
  for (const auto& e : text_errors(field, text)) root.add(key, e.what, e.hint);
  document.*field.text = std::move(text);
}

/// A number where its JSON text is just what was typed, so that nothing typed is lost.
Json field_json(const ScenarioField& field, const std::string& text) {
  if (!field.takes_numbers()) return text;
  const auto number = Json::parse(text, nullptr, false);
  return number.is_number() && number.dump() == text ? number : Json(text);
}

ScenarioDocument document_of(ObjectReader& object) {
  ScenarioDocument document;
  for (const auto& field : scenario_fields()) read_field(object, field, document);
  return document;
}

void put_fields(Json& out, const ScenarioDocument& document) {
  for (const auto& field : scenario_fields())
    if (const auto& text = document.*field.text) out[field.key()] = field_json(field, *text);
}

}  // namespace

Result<ScenarioSet> parse_scenarios(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  ScenarioSet set;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) {
    if (const auto found = root.text("schema"); found != kScenarioSchema && !found.empty()) {
      root.add("schema", fmt::format("'{}' is not supported: expected '{}'", found, kScenarioSchema));
      return root.ignore_unknown_keys();  // those of another kind of file say nothing
    }
    set.document = document_of(root);
    if (root.has("pins")) root.each_item("pins", [&](ObjectReader& pin) { set.pins.push_back(document_of(pin)); });
  });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return set;
}

std::string scenarios_json(const ScenarioSet& set) {
  Json out{{"schema", kScenarioSchema}};
  put_fields(out, set.document);
  for (const auto& pin : set.pins) put_fields(out["pins"].emplace_back(Json::object()), pin);
  return json_text(out);
}

}  // namespace roofcast
