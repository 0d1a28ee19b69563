#pragma once

/// Time of decode attention on a CPU that was probed. Derivations: docs/model/cpu.md.

#include <optional>
#include <string_view>

#include "core/host_ceilings.hpp"
#include "core/roofline.hpp"

namespace roofcast {

/// One call of the kernel: one new token for each sequence of a batch, one layer.
struct HostAttention {
  double batch = 1;
  double context = 1;  ///< tokens that each sequence reads: min(context, window)
  double heads = 1;
  double kv_heads = 1;
  double head_dim = 128;
  std::string_view element = "bf16";       ///< of the cache: "fp32", "bf16", "fp16", "int8"
  int threads = 0;                         ///< 0: the most that were probed
  std::string_view layout{};               ///< of the cache: "" a head's rows in a row, else as in LayoutSlowdown
  bool cold = false;                       ///< nothing of the cache is left in the CPU's caches, as in serving
  std::optional<BytesPerSecond> memory{};  ///< what memory gives to these threads meanwhile; absent: what was probed
};

struct HostAttentionTime {
  Seconds time{};
  Seconds low{};
  Seconds high{};
  Seconds core{};    ///< multiplying, converting, softmax with rows in the second cache level
  Seconds memory{};  ///< reading rows from beyond it
  Seconds fixed{};   ///< handing work to the threads
  Bound bound = Bound::memory;
};

/// How the kernel cuts its work (hwmodels/kernels/split_kv). With one chunk per thread everybody would wait for the
/// slowest; with many, or with shorter ones, merging would cost more than that.
inline constexpr int kChunksPerThread = 4;
inline constexpr int kShortestChunk = 64;  ///< tokens

/// Pieces of equal length, each of one KV head of one sequence.
struct HostChunks {
  double count = 1;
  double tokens = 1;    ///< of each
  bool split = false;   ///< heads are cut, and their parts are merged
  bool spread = false;  ///< parts of a head lie with several threads: merged when all have come back
};
[[nodiscard]] HostChunks host_chunks(const HostAttention& call, int threads);

/// Bytes of K and V rows, int8 rows with their scales; 0 for an unknown element.
[[nodiscard]] Bytes host_cache_bytes(const HostAttention& call);

/// (H3) The kernel's pace for the call's group and head size, linear between the measured ones, with the least number
/// of threads that was measured and is not below `threads`, else the most.
/// nullopt where nothing was measured for the element.
[[nodiscard]] std::optional<AttentionPace> host_attention_pace(const HostCeilings& ceilings, const HostAttention& call,
                                                               int threads);

/// (H4), (H5) What the machine that these are the ceilings of takes for the call, with the interval that the spread
/// of its figures gives. nullopt where the ceilings lack the kernel's pace or the bandwidth of memory.
[[nodiscard]] std::optional<HostAttentionTime> host_attention_time(const HostAttention& call,
                                                                   const HostCeilings& ceilings);

/// The overlap that explains a measured time of the call best; not held inside [0, 1]. nullopt as above.
[[nodiscard]] std::optional<double> explained_overlap(const HostAttention& call, const HostCeilings& ceilings,
                                                      Seconds measured);

/// The slowdown of the call's layout that explains a measured time best; at least 1. nullopt as above.
[[nodiscard]] std::optional<double> explained_slowdown(const HostAttention& call, const HostCeilings& ceilings,
                                                       Seconds measured);

}  // namespace roofcast
