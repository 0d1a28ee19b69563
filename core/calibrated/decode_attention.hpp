#pragma once

/// Time of one decode-attention call: docs/model/attention_calibration.md.

#include <array>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/machine.hpp"
#include "core/calibrated/parameter_field.hpp"

namespace roofcast {

/// How a kernel cuts its work: facts of its source code, not fitted. Switches are 0 or 1, limits 0 = none.
struct DecodeAttentionTraits {
  double query_tile = 64;         ///< query heads of one KV head that one work item serves
  double packs_windowed = 1;      ///< 0: with a window every query head is a work item of its own, never split
  double splits_single = 1;       ///< 0: MHA is never split along the context
  double plans_on_context = 0;    ///< 1: splits are planned on the whole context though a window cuts it
  double split_most_items = 0;    ///< more work items than this are never split
  double split_most_batch = 0;    ///< nor larger batches
  double split_least_tokens = 0;  ///< nor shorter contexts
  double window_margin = 0;       ///< tokens read beyond the window, at block borders
  double product_rows = 1;        ///< matrix units multiply this many query heads at once, present or not; 1: none
  double item_rows = 1;           ///< query heads that handling one item is padded to
  double whole_waves = 0;         ///< 1: a last wave of items that fills few units takes as long as a full one
  double whole_splits = 0;        ///< 1: the same, and parts are as many as fill the units at most once

  friend bool operator==(const DecodeAttentionTraits&, const DecodeAttentionTraits&) = default;

  static constexpr auto fields() {
    using T = DecodeAttentionTraits;
    return std::array{TraitField<T>{"query_tile", &T::query_tile},
                      TraitField<T>{"packs_windowed", &T::packs_windowed},
                      TraitField<T>{"splits_single", &T::splits_single},
                      TraitField<T>{"plans_on_context", &T::plans_on_context},
                      TraitField<T>{"split_most_items", &T::split_most_items},
                      TraitField<T>{"split_most_batch", &T::split_most_batch},
                      TraitField<T>{"split_least_tokens", &T::split_least_tokens},
                      TraitField<T>{"window_margin", &T::window_margin},
                      TraitField<T>{"product_rows", &T::product_rows},
                      TraitField<T>{"item_rows", &T::item_rows},
                      TraitField<T>{"whole_waves", &T::whole_waves},
                      TraitField<T>{"whole_splits", &T::whole_splits}};
  }
};

/// K and V rows that a call reads, at their stored size.
[[nodiscard]] double cache_bytes_read(const DecodeAttentionCall& call);

/// The rate that products with a cache of this element size run at (D2).
[[nodiscard]] Compute cache_compute(double kv_bytes);

/// What a fit finds for one kernel on one device. The values here are where fits start.
struct DecodeAttentionParameters {
  double launch_us = 8;           ///< empty kernel, launch included
  double bandwidth_share = 0.85;  ///< of the data sheet's
  double compute_share = 0.3;     ///< of the data sheet's
  double cache_reach = 0.7;       ///< share of the last-level cache that stays between calls
  double cache_edge = 5;          ///< how sharply residency ends there
  double item_us = 2;             ///< of one work item on one unit: prologue, epilogue
  double item_row_us = 0.05;      ///< the same per query head of 128 elements that it serves
  double latency_us = 2;          ///< of the shortest work item, however few there are
  double unit_stream_gb_s = 30;   ///< that one unit can read
  double split_us = 4;            ///< combining the parts of a split context
  double most_splits = 16;
  double tokens_per_split = 128;  ///< no part is shorter
  double split_waves = 1;         ///< work items per unit that splitting aims at, without `whole_splits`
  double repack_us = 0;           ///< launch that packs query heads, where a kernel needs one

  friend bool operator==(const DecodeAttentionParameters&, const DecodeAttentionParameters&) = default;

  static constexpr auto fields() {
    using P = DecodeAttentionParameters;
    return std::array{ParameterField<P>{"launch_us", "us", &P::launch_us, 1, 200},
                      ParameterField<P>{"bandwidth_share", "1", &P::bandwidth_share, 0.15, 1},
                      ParameterField<P>{"compute_share", "1", &P::compute_share, 0.005, 1},
                      ParameterField<P>{"cache_reach", "1", &P::cache_reach, 0.1, 2},
                      ParameterField<P>{"cache_edge", "1", &P::cache_edge, 1, 12},
                      ParameterField<P>{"item_us", "us", &P::item_us, 0.02, 500},
                      ParameterField<P>{"item_row_us", "us", &P::item_row_us, 1e-4, 2},
                      ParameterField<P>{"latency_us", "us", &P::latency_us, 0.02, 300},
                      ParameterField<P>{"unit_stream_gb_s", "GB/s", &P::unit_stream_gb_s, 1, 1000},
                      ParameterField<P>{"split_us", "us", &P::split_us, 0.01, 100},
                      ParameterField<P>{"most_splits", "1", &P::most_splits, 1, 512},
                      ParameterField<P>{"tokens_per_split", "tokens", &P::tokens_per_split, 0.1, 16384},
                      ParameterField<P>{"split_waves", "1", &P::split_waves, 0.1, 100, true},
                      ParameterField<P>{"repack_us", "us", &P::repack_us, 0.01, 60, true}};
  }
};

struct DecodeAttentionKernel {
  DecodeAttentionTraits traits{};
  DecodeAttentionParameters parameters{};

  friend bool operator==(const DecodeAttentionKernel&, const DecodeAttentionKernel&) = default;
};

/// The terms of one call's time.
struct DecodeAttentionTime {
  Seconds launch{};           ///< fixed: launch, repacking
  Seconds combine{};          ///< (C3) of the parts of split contexts
  Seconds memory{};           ///< (C4) bytes through memory and cache
  Seconds units{};            ///< (C5) work items on compute units
  Seconds compute{};          ///< (C6) products at the peak rate
  double cached = 0;          ///< share of the KV bytes that the last-level cache serves
  double items_per_unit = 0;  ///< before contexts are split
  Seconds roof{};             ///< data sheet floor; 0 where the cache may serve what memory cannot

  /// (C7) The engines overlap, launch and combining do not.
  [[nodiscard]] Seconds total() const;
};

/// (C1)-(C8) With `CacheReuse::none` (serving) more batch or context never takes less time: where a kernel's rules
/// make a smaller call slower (it gives up splitting at a limit), the smaller call's time is kept as a floor.
[[nodiscard]] DecodeAttentionTime decode_attention_time(const DecodeAttentionKernel& kernel, const Machine& machine,
                                                        const DecodeAttentionCall& call, CacheReuse reuse);

}  // namespace roofcast
