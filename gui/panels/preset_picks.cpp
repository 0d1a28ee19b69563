// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/preset_picks.hpp"

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/parameters.hpp"
#include "core/quantity_text.hpp"
#include "gui/text.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast::gui {
namespace {

QString about(const ModelSpec& m) {
  return text(fmt::format("{:.3g} B, {}", parameters(m).total / 1e9, attention_label(m)));
}

QString about(const Device& d) {
  const Bytes memory = d.memory.value_or(d.marketed_memory);
  const auto size = memory > Bytes{} ? format_bytes(memory) + ", " : std::string{};
  return text(fmt::format("{}, {}{}", d.name, size, format_bandwidth(d.bandwidth)));
}

QString about(const Engine& e) {
  return text(fmt::format("{} {}", e.name, e.version));
}

template <class Profile>
std::vector<Pick> picks(const Listing<Profile>& listing) {
  std::vector<Pick> out;
  for (const auto& profile : listing.profiles) out.push_back({text(profile.id), about(profile)});
  return out;
}

}  // namespace

PresetPicks preset_picks(const PresetRoots& roots) {
  return {.models = picks(list_models(roots)),
          .devices = picks(list_devices(roots)),
          .engines = picks(list_engines(roots))};
}

std::vector<Pick> weight_picks() {
  std::vector<Pick> out{{text(kCheckpointFormat), "as the checkpoint is"}};
  for (const auto& f : weight_formats())
    out.push_back({text(f.name), text(fmt::format("{:.4g} B per weight", f.bytes_per_weight))});
  return out;
}

std::vector<Pick> kv_picks() {
  std::vector<Pick> out{{text(kCheckpointFormat), "the model's own type"}};
  for (const auto& f : kv_formats())
    out.push_back({text(f.name), text(fmt::format("{:.4g} B per element", f.bytes_per_element))});
  return out;
}

}  // namespace roofcast::gui
