#include "core/validation/likely_cause.hpp"

#include <string_view>

#include <fmt/format.h>

#include "core/calibrated/call_cost.hpp"

namespace roofcast {
namespace {

constexpr double kDataSheetRounding = 0.9;  // data sheets round, clocks boost: so close to a roof needs no other cause
// How many times its cache a benchmark may cycle through and still hit: weights are rotated in up to six copies.
constexpr double kRotated = 6, kRepeated = 2;

struct CauseRule {
  const MeasuredRow& row;
  const Device& device;
  Bound bound = Bound::memory;
  double share = 1;

  std::string operator()(const DecodeAttentionCall& c) const {
    if (const auto cached = cache("the KV cache", reused(c), kRepeated); !cached.empty()) return cached;
    if (share > 0.45) return "V that aliases K: half of the bytes would explain it";
    return "a window that the label does not show, or keys that were not read";
  }
  std::string operator()(const PrefillAttentionCall& c) const {
    if (bound == Bound::memory) return cache("the KV cache", reused(c), kRepeated);
    return "work left out: a window or a mask that the label does not show, a narrower value width";
  }
  std::string operator()(const MlaDecodeCall& c) const { return cache("the latent cache", reused(c), kRepeated); }
  std::string operator()(const GemmCall& c) const {
    const auto format = find_weight_format(row.dtype);
    return format ? cache("the weights", reused(c, *format), kRotated) : "";
  }
  std::string operator()(const MoeCall& c) const {
    if (c.skew > 0) return "uneven load: fewer experts are touched than by uniform choice";
    const auto format = find_weight_format(row.dtype);
    return format ? cache("the weights", reused(c, *format, expert_matrices(row.kernel)), kRotated) : "";
  }
  std::string operator()(const AllReduceCall&) const {
    return "the switch adds (NVLS), or peers write in one shot: less leaves a device than in a ring";
  }
  std::string operator()(const ServingRun&) const {
    return "labels (precision, GPU count), speculative decoding or cached prefixes: below the weight floor";
  }
  std::string operator()(const CacheStart&) const { return {}; }

 private:
  [[nodiscard]] std::string cache(std::string_view what, Bytes bytes, double reach) const {
    if (bound != Bound::memory || bytes > reach * device.last_level_cache) return {};
    return bytes <= device.last_level_cache
               ? fmt::format("{} in the last-level cache: repeats do not read memory", what)
               : fmt::format("part of {} in the last-level cache from the repeat before", what);
  }
};

}  // namespace

std::string likely_cause(const MeasuredRow& row, const Device& device, Bound bound, double share) {
  if (share > kDataSheetRounding) return "within 10% of the roof: clocks or bandwidth above the data sheet's";
  auto cause = std::visit(CauseRule{row, device, bound, share}, row.call);
  if (cause.empty()) cause = "labels that do not say what ran: shape, number type or device";
  return cause;
}

}  // namespace roofcast
