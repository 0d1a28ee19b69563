#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/attention_override.hpp"
#include "core/remedies.hpp"
#include "core/scenario.hpp"
#include "hwmodels/preset_roots.hpp"
#include "hwmodels/price_list.hpp"
#include "hwmodels/scenario_document.hpp"

namespace roofcast {

/// What a document says of everything but model, device and attention.
struct ScenarioTerms {
  Scenario base{};  ///< everything but model, device and formats
  std::optional<KvFormat> kv{};
  std::optional<WeightFormat> weights{};
  std::optional<Bytes> memory{};      ///< instead of the device's own
  bool roofs_alone = false;           ///< calibration none, whatever the engine
  std::vector<DevicePrice> prices{};  ///< of a file; a single price is base's
};

/// THE WAY from texts to a scenario, for every front end. Errors: all that is wrong, at the flags' places.
[[nodiscard]] Result<Scenario> resolved(const ScenarioDocument& document, const PresetRoots& roots);

/// Its parts, for commands that put several models, devices or deployments into one set of terms.
[[nodiscard]] Result<ScenarioTerms> scenario_terms(const ScenarioDocument& document, const PresetRoots& roots);
/// Engine settings, memory, SLOs and price alone: what the points of a sweep have alike.
[[nodiscard]] Result<ScenarioTerms> common_terms(const ScenarioDocument& document);

/// Devices at the prices of the terms, where a file gives them. Errors: rows that would be overlooked, or contradict
/// each other.
[[nodiscard]] Result<std::vector<Device>> priced(std::vector<Device> devices, const ScenarioTerms& terms,
                                                 const PresetRoots& roots);

/// The scenario of one model on one device. Errors: an attention override that the model has no form for, prices that
/// contradict each other.
[[nodiscard]] Result<Scenario> scenario_of(const ScenarioTerms& terms, ModelSpec model, Device device,
                                           const std::optional<AttentionOverride>& attention = {});

/// How a document says its layout, for flags that are to be added to it.
[[nodiscard]] LayoutSaid layout_said(const ScenarioDocument& document);

/// The engine with the fits that `calibration` says: its own ("auto"), none ("none"), or a file's.
[[nodiscard]] Result<Engine> calibrated(Engine engine, const std::string& calibration);

/// The device with the memory that the user gives instead of its own.
[[nodiscard]] Device with_memory(Device device, const std::optional<Bytes>& memory);

/// "mqa", or "own" as no override.
[[nodiscard]] Result<std::optional<AttentionOverride>> attention_choice(std::string_view word);

/// The override is what the model has anyway, or there is none.
[[nodiscard]] bool is_own(const ModelSpec& model, const std::optional<AttentionOverride>& attention);

}  // namespace roofcast
