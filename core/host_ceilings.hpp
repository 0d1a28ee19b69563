#pragma once

/// What `roofcast probe` measured of a CPU: the ceilings that kernels on it are held against. More than a data sheet
/// has: per cache level, per number of threads, per element type.

#include <optional>
#include <string>
#include <vector>

#include "core/units.hpp"

namespace roofcast {

/// Bandwidth at one working set. Copy and triad count what they read and what they write.
struct BandwidthCeiling {
  std::string level{};  ///< "l1", "l2", "l3", "dram"; "edge" for points between the last cache and memory
  std::string pages{};  ///< "huge" or "small"
  int threads = 1;
  Bytes working_set{};  ///< of all threads together
  BytesPerSecond read{};
  BytesPerSecond copy{};   ///< 0: not measured here
  BytesPerSecond triad{};  ///< 0: not measured here
  double spread = 0;       ///< of the reads: (3rd - 1st quartile) / median

  friend bool operator==(const BandwidthCeiling&, const BandwidthCeiling&) = default;
};

/// Multiply-adds out of registers.
struct ComputeCeiling {
  std::string type{};  ///< "fp32"; "bf16", "int8" where the CPU has dot products of them
  int threads = 1;
  FlopsPerSecond rate{};
  double spread = 0;

  friend bool operator==(const ComputeCeiling&, const ComputeCeiling&) = default;
};

/// How fast one core takes elements out of its first cache level, widens them to fp32 and multiplies each with
/// `group` numbers: the least that attention does with a KV cache.
struct WideningCeiling {
  std::string element{};  ///< "fp32", "bf16", "fp16", "int8"
  int group = 1;
  BytesPerSecond rate{};
  double spread = 0;

  friend bool operator==(const WideningCeiling&, const WideningCeiling&) = default;
};

/// How fast a core runs this project's decode-attention kernel on a cache that lies in its second level.
struct AttentionPace {
  std::string element{};  ///< as above
  int threads = 1;        ///< cores that are at it together: they share power, and perhaps more
  int group = 1;          ///< query heads per KV head
  int head_dim = 128;
  Seconds token{};  ///< per token of one KV head: its rows of K and V for all heads of the group
  Seconds chunk{};  ///< per piece of one KV head, however long
  double spread = 0;

  friend bool operator==(const AttentionPace&, const AttentionPace&) = default;
};

/// How far core and memory time of that kernel overlap when its cache comes from memory.
struct AttentionOverlap {
  int group = 1;     ///< of the runs that it was taken from
  double share = 0;  ///< of the shorter time that hides behind the longer: 0 they add up, 1 only the longer counts
  double error = 0;  ///< root mean square of model / measured - 1 over those runs

  friend bool operator==(const AttentionOverlap&, const AttentionOverlap&) = default;
};

/// How many times longer reads of memory take that kernel, for one or two heads of a group, where rows of one KV head
/// do not lie one after the other.
struct LayoutSlowdown {
  std::string element{};  ///< as above
  std::string layout{};   ///< "tokens_first": rows of other heads between them; "paged": pages of 16 tokens
  double factor = 1;

  friend bool operator==(const LayoutSlowdown&, const LayoutSlowdown&) = default;
};

struct HostCeilings {
  std::string source{};  ///< "measured by roofcast probe on 2026-11-24"
  std::string simd{};    ///< instruction set of the loops: "AVX3", "AVX2", "NEON"
  Seconds thread_start{};
  Seconds dispatch{};     ///< one task handed to all threads of a waiting team, and back
  double disturbed = 0;   ///< share of runs in which the process lost a CPU
  double huge_pages = 0;  ///< share of the memory asked for on huge pages that was given on them
  std::vector<BandwidthCeiling> bandwidth{};
  std::vector<ComputeCeiling> compute{};
  std::vector<WideningCeiling> widening{};
  std::vector<AttentionPace> attention{};
  std::vector<AttentionOverlap> overlap{};
  std::vector<LayoutSlowdown> layout{};  ///< what is not here costs nothing

  friend bool operator==(const HostCeilings&, const HostCeilings&) = default;
};

}  // namespace roofcast
