#include "core/measured_row.hpp"

#include <array>

namespace roofcast {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<MeasuredCall>> kOps{
    "decode_attention", "prefill_attention", "mla_decode", "gemm", "moe", "all_reduce", "end_to_end", "kv_capacity"};

}  // namespace

std::span<const std::string_view> measured_ops() {
  return kOps;
}

std::string_view op(const MeasuredCall& call) {
  return kOps[call.index()];
}

}  // namespace roofcast
