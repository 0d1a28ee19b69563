// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/scenario_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/attention_override.hpp"

namespace roofcast::gui {
namespace {

/// What the field says of each scenario.
std::vector<std::string> words(const ScenarioField& field, std::span<const ScenarioDocument> documents,
                               std::span<const Result<Scenario>> scenarios) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto& typed = documents[i].*field.text;
    if (field.text == &ScenarioDocument::attention && scenarios[i])
      out.push_back(attention_label(scenarios[i]->model));
    else
      out.push_back(typed.value_or(""));
  }
  return out;
}

/// "h200-sxm", "tp 4", "context 32Ki"; names speak for themselves.
std::string described(const ScenarioField& field, const std::string& word) {
  const bool speaks = field.value == ScenarioValue::path_or_name || field.value == ScenarioValue::name ||
                      field.value == ScenarioValue::attention || field.value == ScenarioValue::weight_format;
  if (word.empty()) return fmt::format("default {}", field.option);
  if (field.value == ScenarioValue::kv_format) return word + " KV";
  return speaks ? word : fmt::format("{} {}", field.option, word);
}

}  // namespace

std::vector<std::string> scenario_names(std::span<const ScenarioDocument> documents,
                                        std::span<const Result<Scenario>> scenarios) {
  std::vector<std::string> names(documents.size());
  for (const auto& field : scenario_fields()) {
    const auto all = words(field, documents, scenarios);
    const bool same = std::ranges::adjacent_find(all, std::not_equal_to{}) == all.end();
    const bool first_name = documents.size() == 1 && field.text == &ScenarioDocument::attention;
    if (same && !first_name) continue;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (!names[i].empty()) names[i] += ", ";
      names[i] += described(field, all[i]);
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto earlier = std::ranges::count(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]);
    if (names[i].empty() || earlier > 0) names[i] += fmt::format("{}#{}", names[i].empty() ? "" : " ", i + 1);
  }
  return names;
}

}  // namespace roofcast::gui
