#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/bounded_literal.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Largest values that a scenario takes, whoever reads them.
inline constexpr double kMostSequences = 1 << 30, kMostTokens = 1e12, kMostDrafts = 64;

inline constexpr std::string_view kCheckpointFormat = "auto";  ///< the format that the checkpoint has
inline constexpr std::string_view kOwnAttention = "own";       ///< the attention that the model has
inline constexpr std::string_view kDefaultEngine = "vllm";

/// What was typed for one option of `roofcast estimate`; absent: nothing, and the default holds.
using ScenarioText = std::optional<std::string>;

/// A scenario as it was typed, with units: what `--save` writes, `--scenario` reads and a window edits.
/// scenario_resolution.hpp turns it into figures.
struct ScenarioDocument {
  ScenarioText model{};  ///< preset name or path
  ScenarioText hardware{};
  ScenarioText gpus{};
  ScenarioText tp{};
  ScenarioText pp{};
  ScenarioText ep{};
  ScenarioText dp{};
  ScenarioText dcp{};
  ScenarioText context{};
  ScenarioText isl{};
  ScenarioText osl{};
  ScenarioText batch{};
  ScenarioText tpot{};
  ScenarioText ttft{};
  ScenarioText engine{};
  ScenarioText memory_utilization{};
  ScenarioText block_size{};
  ScenarioText max_batched_tokens{};
  ScenarioText memory{};
  ScenarioText price{};
  ScenarioText calibration{};  ///< auto, none or a path
  ScenarioText attention{};    ///< own, mha, mqa, gqa:N, mla:L+R
  ScenarioText kv_dtype{};
  ScenarioText weight_dtype{};
  ScenarioText isl_histogram{};
  ScenarioText osl_histogram{};
  ScenarioText rps{};
  ScenarioText prefix_hit{};
  ScenarioText draft_tokens{};
  ScenarioText acceptance{};
  ScenarioText draft_model{};
  ScenarioText attention_dp{};
  ScenarioText disaggregate{};      ///< P:D
  ScenarioText expert_imbalance{};  ///< a factor, or random
  ScenarioText overlap{};           ///< none or two-batch

  friend bool operator==(const ScenarioDocument&, const ScenarioDocument&) = default;
};

/// What the texts of a field may be.
enum class ScenarioValue {
  name,           ///< of a preset, or a word that is understood elsewhere
  path_or_name,   ///< a file, or the name of a preset
  amount,         ///< a literal of the field's kind, inside its bounds
  positive,       ///< the same, and more than 0
  size,           ///< memory with its unit: "256GiB"
  attention,      ///< an override, or "own"
  kv_format,      ///< a name, or "auto"
  weight_format,  ///< a name, or "auto"
  lengths,        ///< an amount, or a law: "lognormal:mean=2000,sigma=0.8"
  pools,          ///< replicas that read prompts and those that decode: "1:3"
  routing,        ///< a factor from 1 on, or "random"
  overlap,        ///< "none" or "two-batch"
  price,          ///< USD as a positive amount, or a file of prices
};

/// One field of a document: member, flag and key of the JSON file at once. A new field is a member and a row.
struct ScenarioField {
  std::string_view option;  ///< the flag without its dashes; the word MODEL for the model
  ScenarioText ScenarioDocument::*text = nullptr;
  ScenarioValue value = ScenarioValue::name;
  ValueKind kind = ValueKind::count;  ///< of an amount
  Bounds bounds{};                    ///< of an amount

  /// "memory_utilization"
  [[nodiscard]] std::string key() const;
  /// "--memory-utilization", "MODEL": the place that errors name
  [[nodiscard]] std::string place() const;
  /// JSON numbers are taken as well as texts: figures that need no unit.
  [[nodiscard]] bool takes_numbers() const;
};

[[nodiscard]] std::span<const ScenarioField> scenario_fields();
[[nodiscard]] const ScenarioField& scenario_field(ScenarioText ScenarioDocument::*text);

/// A price that is no number is a file of prices.
[[nodiscard]] bool names_price_file(std::string_view text);
/// The text may be a path.
[[nodiscard]] bool names_file(const ScenarioField& field, std::string_view text);

/// What is wrong with a text by itself; whether a preset of that name exists is seen when it is looked up.
[[nodiscard]] Errors text_errors(const ScenarioField& field, std::string_view text);

/// What a reader may have meant otherwise: "--context: 128k is 128,000; 128Ki is 131,072".
[[nodiscard]] std::vector<std::string> scenario_notes(const ScenarioDocument& document);

/// Strict: unknown keys, wrong types and bad values are all reported, with `origin` and the key. Only the
/// schema has to be there: a file may hold just the SLOs, say.
[[nodiscard]] Result<ScenarioDocument> parse_scenario(std::string_view text, std::string_view origin);

/// Ends with a newline. parse_scenario gives the same document back.
[[nodiscard]] std::string scenario_json(const ScenarioDocument& document);

}  // namespace roofcast
