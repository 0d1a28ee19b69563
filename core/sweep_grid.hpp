#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/attention_override.hpp"
#include "core/lazy_list.hpp"
#include "core/scenario.hpp"
#include "core/sweep_config.hpp"
#include "core/value_grammar.hpp"

namespace roofcast {

/// Lengths of one point: a context, or a prompt and an answer.
struct Lengths {
  std::optional<double> context{};
  std::optional<double> isl{};
  std::optional<double> osl{};
  double prefix_hit = 0;
  std::optional<double> requests_s{};

  friend bool operator==(const Lengths&, const Lengths&) = default;
};

/// A parallel layout.
struct Layout {
  int tp = 1;
  int pp = 1;
  std::optional<int> ep{};  ///< absent: 1, or with attention_dp all tp ranks
  int dp = 1;
  int dcp = 1;
  std::optional<int> gpus{};  ///< given: dp = gpus / (tp pp), or the point is unsupported
  int attention_dp = 1;       ///< the tp ranks as so many replicas; must divide tp, or the point is unsupported
  int prefill = 0;            ///< replicas more that read prompts alone
};

/// The axes of a sweep. Points are never listed: a point's parameters follow from its index.
/// Order, slowest first: models, attentions, devices, engines, weight formats, KV formats, layouts,
/// drafts, lengths, batches.
struct SweepGrid {
  std::vector<ModelSpec> models{};
  std::vector<std::optional<AttentionOverride>> attentions{std::nullopt};
  std::vector<Device> devices{};
  std::vector<Engine> engines{};
  std::vector<std::optional<WeightFormat>> weight_formats{std::nullopt};
  std::vector<std::optional<KvFormat>> kv_formats{std::nullopt};
  LazyList<Layout> layouts{Layout{}};
  LazyList<Speculation> speculations{Speculation{}};  ///< the draft model is that of `base`
  LazyList<Lengths> lengths{};
  std::optional<ValueList> batches{};  ///< never listed; absent: as many sequences as fit and keep the SLOs
  Scenario base{};                     ///< utilisation, block size, SLOs, price: the same for all points

  // Counts stop at the largest that there is: see kMostPoints before walking a grid.
  [[nodiscard]] std::size_t configs() const;  ///< product of the axes but lengths and batches
  [[nodiscard]] std::size_t batch_count() const;
  [[nodiscard]] std::size_t points_per_config() const;
  [[nodiscard]] std::size_t points() const;
};

/// A point's number is written exactly up to here; a grid with more is refused.
inline constexpr std::size_t kMostPoints = std::size_t{1} << 53;

/// Which points of a grid to evaluate.
struct SweepSelection {
  std::size_t shard = 1;  ///< point k belongs to shard 1 + k mod shards
  std::size_t shards = 1;
  std::size_t first_point = 0;  ///< points before it are left out, as a sweep that goes on does
  /// Keeps a point by its parameters; empty: all. Called with the config's deployment and the load, from any thread.
  std::function<bool(const SweepConfig&, const Workload&)> where{};
};

/// The deployment of config `index` of the grid; an override that the model does not allow becomes an
/// unsupported config, never a missing row.
[[nodiscard]] SweepConfig grid_config(const SweepGrid& grid, std::size_t index);

/// Lengths and batch of the `index`-th point of a config.
[[nodiscard]] Workload grid_workload(const SweepGrid& grid, std::size_t index);
/// Gives `workload` the `index`-th batch; nothing where the grid has none.
void set_batch(Workload& workload, const SweepGrid& grid, std::size_t index);

/// What is wrong whatever the point, lengths judged by the first: reported before anything is computed.
[[nodiscard]] Errors grid_errors(const SweepGrid& grid);

}  // namespace roofcast
