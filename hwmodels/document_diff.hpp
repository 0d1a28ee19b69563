#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/record_table.hpp"
#include "core/result.hpp"
#include "hwmodels/preset_roots.hpp"

namespace roofcast {

/// What a value of a scenario or an estimate is.
enum class ValuePart {
  written,  ///< typed into a scenario file
  input,    ///< what it means: model, hardware, deployment, workload
  output,   ///< what follows from it
};

[[nodiscard]] std::string_view name(ValuePart part);

struct NamedValue {
  ValuePart part = ValuePart::output;
  std::string key{};   ///< "memory.kv_pool_bytes_per_gpu"
  std::string text{};  ///< empty: not there, or null
  std::optional<double> number{};
  bool in_list = false;  ///< one of several texts under the key

  friend bool operator==(const NamedValue&, const NamedValue&) = default;
};

/// A file that `diff` takes: a scenario (it is estimated) or the JSON of an estimate.
struct DiffSide {
  bool is_scenario = false;
  std::vector<NamedValue> values{};
};
[[nodiscard]] Result<DiffSide> diff_side(const std::filesystem::path& file, const PresetRoots& roots);

/// A value that is not the same on both sides.
struct ValueChange {
  ValuePart part = ValuePart::output;
  std::string key{};
  NamedValue before{};
  NamedValue after{};
  std::optional<double> ratio{};  ///< after / before, of numbers
};

/// What changed, inputs first, in the order of the files. What was typed counts only between two scenarios, and by
/// its value: "8Ki" is 8192.
[[nodiscard]] std::vector<ValueChange> changes(const DiffSide& before, const DiffSide& after);

/// part, key, before, after, ratio.
[[nodiscard]] RecordTable change_records(const std::vector<ValueChange>& changes);

}  // namespace roofcast
