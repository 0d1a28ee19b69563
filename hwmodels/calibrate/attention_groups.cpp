#include "hwmodels/calibrate/attention_groups.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/calibrated/decode_attention.hpp"

namespace roofcast {
namespace {

RowGroup attention_of(const DecodeAttentionCall& call) {
  constexpr auto by = "attention";
  if (call.heads == 1) return {by, "1 head", 3};
  if (call.heads == call.kv_heads) return {by, "MHA", 0};
  if (call.kv_heads == 1) return {by, "MQA", 2};
  return {by, "GQA", 1};
}

RowGroup decade_of(const char* by, double value) {
  const double from = std::pow(10, std::floor(std::log10(value)));
  return {by, fmt::format("{:.0f}-{:.0f}", from, 10 * from - 1), from};
}

RowGroup size_of(const DecodeAttentionCall& call) {
  struct Size {
    double below;
    const char* name;
  };
  constexpr Size kSizes[] = {{1e6, "below 1 MB"},
                             {1e7, "1-10 MB"},
                             {1e8, "10-100 MB"},
                             {3e8, "100-300 MB"},
                             {std::numeric_limits<double>::infinity(), "above 300 MB"}};
  const double bytes = cache_bytes_read(call);
  for (const auto& size : kSizes)
    if (bytes < size.below) return {"cache read", size.name, size.below};
  return {};
}

}  // namespace

std::vector<RowGroup> attention_groups(const Measured<DecodeAttentionCall>& row) {
  return {attention_of(row.call),
          decade_of("batch", row.call.batch),
          decade_of("context", row.call.context),
          {"cache dtype", row.dtype, row.call.kv_bytes},
          size_of(row.call)};
}

}  // namespace roofcast
