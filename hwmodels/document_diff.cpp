#include "hwmodels/document_diff.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "core/estimate.hpp"
#include "hwmodels/estimate_json.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/scenario_file.hpp"
#include "hwmodels/scenario_resolution.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::array<std::string_view, 4> kInputs{"model", "hardware", "deployment", "workload"};

NamedValue leaf(ValuePart part, std::string key, const Json& json) {
  NamedValue value{.part = part, .key = std::move(key)};
  if (json.is_string())
    value.text = json.get<std::string>();
  else if (!json.is_null())
    value.text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (json.is_number()) value.number = json.get<double>();
  return value;
}

/// Members of objects by their keys, items of lists by their "name" or, of texts, by themselves.
void add_leaves(const Json& json, ValuePart part, const std::string& key, std::vector<NamedValue>& values) {
  if (!json.is_structured()) return values.push_back(leaf(part, key, json));
  for (const auto& [name, member] : json.items()) {
    const bool named = json.is_array() && member.is_object() && member.contains("name") && member["name"].is_string();
    if (json.is_array() && member.is_string()) {
      values.push_back(leaf(part, key, member));
      values.back().in_list = true;
    } else {
      add_leaves(member, part, fmt::format("{}.{}", key, named ? member["name"].get<std::string>() : name), values);
    }
  }
}

std::vector<NamedValue> estimate_values(const Json& json) {
  std::vector<NamedValue> values;
  for (const auto& [key, member] : json.items()) {
    if (key == "schema_version") continue;
    const bool input = std::ranges::find(kInputs, key) != kInputs.end();
    add_leaves(member, input ? ValuePart::input : ValuePart::output, key, values);
  }
  const auto find = [&](std::string_view key) { return std::ranges::find(values, key, &NamedValue::key); };
  const auto maximum = find("workload.batch_is_maximum"), batch = find("workload.batch");
  if (maximum != values.end() && maximum->text == "true" && batch != values.end())
    batch->part = ValuePart::output;  // nobody asked for it
  return values;
}

std::vector<NamedValue> written_values(const ScenarioDocument& document) {
  std::vector<NamedValue> values;
  for (const auto& field : scenario_fields()) {
    const auto& text = document.*field.text;
    if (!text) continue;
    NamedValue value{.part = ValuePart::written, .key = std::string(field.option), .text = *text};
    if (field.value == ScenarioValue::amount || field.value == ScenarioValue::positive)
      value.number = parse_literal("", *text, field.kind)->value();
    values.push_back(std::move(value));
  }
  return values;
}

Result<DiffSide> scenario_side(const std::filesystem::path& file, const PresetRoots& roots) {
  const auto document = load_scenario(file);
  if (!document) return std::unexpected(document.error());
  const auto scenario = resolved(*document, roots);
  if (!scenario) return std::unexpected(in_file(scenario.error(), file.string()));
  const auto e = estimate(*scenario);
  if (!e) return std::unexpected(in_file(e.error(), file.string()));
  DiffSide side{.is_scenario = true, .values = written_values(*document)};
  std::ranges::move(estimate_values(Json::parse(estimate_json(*e))), std::back_inserter(side.values));
  return side;
}

bool equal(const NamedValue& a, const NamedValue& b) {
  return a.number && b.number ? *a.number == *b.number : a.text == b.text;
}

/// The value of the other side that `value` is compared with.
const NamedValue* counterpart(const NamedValue& value, const std::vector<NamedValue>& others) {
  const auto it = std::ranges::find_if(others, [&](const NamedValue& o) {
    return o.key == value.key && (o.part == ValuePart::written) == (value.part == ValuePart::written) &&
           o.in_list == value.in_list && (!value.in_list || o.text == value.text);
  });
  return it == others.end() ? nullptr : &*it;
}

ValueChange change_of(const NamedValue& before, const NamedValue& after) {
  ValueChange c{.part = std::max(before.part, after.part), .key = before.key, .before = before, .after = after};
  if (before.number && after.number && *before.number != 0) c.ratio = *after.number / *before.number;
  return c;
}

/// Numbers as JSON has them, texts as they are, nothing where there is nothing.
RecordTable::Cell cell(const NamedValue& value, ValuePart part) {
  if (value.text.empty()) return no_cell();
  return value.number && part != ValuePart::written ? number_cell(*value.number, value.text) : text_cell(value.text);
}

}  // namespace

std::string_view name(ValuePart part) {
  return part == ValuePart::written ? "written" : part == ValuePart::input ? "input" : "output";
}

Result<DiffSide> diff_side(const std::filesystem::path& file, const PresetRoots& roots) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  const auto json = parse_json(*text, file.string());
  if (!json) return std::unexpected(json.error());
  const auto schema = json->is_object() && json->contains("schema") ? (*json)["schema"] : Json();
  if (schema.is_string() && schema.get<std::string>().starts_with("roofcast/scenario/"))
    return scenario_side(file, roots);
  if (!json->is_object() || !json->contains("schema_version") || !json->contains("decode"))
    return fail(file.string(), "is neither a scenario nor an estimate",
                "files of roofcast estimate --save, or its --json output");
  if (const auto& version = (*json)["schema_version"]; version != 1)
    return fail(file.string() + ":/schema_version",
                fmt::format("expected 1, found {}", version.dump(-1, ' ', true, Json::error_handler_t::replace)));
  return DiffSide{.values = estimate_values(*json)};
}

std::vector<ValueChange> changes(const DiffSide& before, const DiffSide& after) {
  std::vector<ValueChange> all;
  const bool typed = before.is_scenario && after.is_scenario;
  const auto counts = [&](const NamedValue& v) { return typed || v.part != ValuePart::written; };
  const auto absent = [](const NamedValue& v) { return NamedValue{.part = v.part, .key = v.key}; };
  for (const auto& value : before.values) {
    if (!counts(value)) continue;
    const auto* other = counterpart(value, after.values);
    const auto then = other != nullptr ? *other : absent(value);
    if (!equal(value, then)) all.push_back(change_of(value, then));
  }
  for (const auto& value : after.values)
    if (counts(value) && counterpart(value, before.values) == nullptr && !value.text.empty())
      all.push_back(change_of(absent(value), value));
  std::ranges::stable_sort(all, {}, &ValueChange::part);
  return all;
}

RecordTable change_records(const std::vector<ValueChange>& changes) {
  RecordTable table{.fields = {{.key = "part", .number = false},
                               {.key = "key", .header = "", .number = false},
                               {.key = "before"},
                               {.key = "after"},
                               {.key = "ratio"}}};
  for (const auto& c : changes)
    table.records.push_back({text_cell(std::string(name(c.part))), text_cell(c.key), cell(c.before, c.part),
                             cell(c.after, c.part), c.ratio ? number_cell(*c.ratio, "") : no_cell()});
  return table;
}

}  // namespace roofcast
