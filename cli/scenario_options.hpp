#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/option_reader.hpp"
#include "cli/option_table.hpp"
#include "core/attention_override.hpp"
#include "core/scenario.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast::cli {

/// The flags that describe a scenario, stated once. Commands that put several side by side say so:
/// --hardware and --attention then take lists.
enum class Several { no, yes };
[[nodiscard]] std::vector<Option> scenario_options(Several several = Several::no);

/// What the flags say, before models and devices are known.
struct ScenarioFlags {
  Scenario base{};  ///< everything but model, device and formats
  std::optional<KvFormat> kv{};
  std::optional<WeightFormat> weights{};
  std::optional<Bytes> memory{};  ///< instead of the device's own
  bool roofs_alone = false;       ///< --calibration none, whatever the engine
};

/// Largest values that flags take, whichever command reads them.
inline constexpr double kMostSequences = 1 << 30, kMostTokens = 1e12;

/// What one estimate and all points of a sweep have alike: SLOs, engine settings, price. Problems go to the reader.
void read_constants(Scenario& base, OptionReader& reader, const ParsedOptions& options);

/// --memory, if it is given. Problems go to the reader.
[[nodiscard]] std::optional<Bytes> given_memory(OptionReader& reader, const ParsedOptions& options);

/// The device with the memory that the user gives instead of its own.
[[nodiscard]] Device with_memory(Device device, const std::optional<Bytes>& memory);

/// Whether --batch is one number of the scenario, or a list that the command reads itself.
enum class BatchFlag { one, list };

/// Problems go to the reader.
[[nodiscard]] ScenarioFlags scenario_flags(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots,
                                           BatchFlag batch = BatchFlag::one);

/// The scenario of one model on one device. Errors: an attention override that the model has no form for.
[[nodiscard]] Result<Scenario> scenario_of(const ScenarioFlags& flags, ModelSpec model, Device device,
                                           const std::optional<AttentionOverride>& attention = {});

/// The variants of --attention, "own" as no override. Problems go to the reader.
[[nodiscard]] std::vector<std::optional<AttentionOverride>> attention_choices(OptionReader& reader);

/// The override is what the model has anyway, or there is none.
[[nodiscard]] bool is_own(const ModelSpec& model, const std::optional<AttentionOverride>& attention);

}  // namespace roofcast::cli
