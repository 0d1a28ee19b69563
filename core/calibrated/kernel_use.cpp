#include "core/calibrated/kernel_use.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "core/calibrated/call_cost.hpp"
#include "core/calibrated/decode_attention.hpp"

namespace roofcast {
namespace {

CalibrationKey key_of(std::string op, const KernelLabel& label, const Device& device, std::string variant = {}) {
  return {.op = std::move(op),
          .hardware = device.id,
          .framework = label.name.framework,
          .kernel = label.name.kernel,
          .variant = std::move(variant),
          .dtype = label.dtype};
}

/// Takes the leading number off a text; -1 where there is none.
long leading_number(std::string_view& text) {
  long number = -1;
  while (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
    number = 10 * std::max(number, 0L) + (text.front() - '0');
    text.remove_prefix(1);
  }
  return number;
}

}  // namespace

std::optional<KernelUse> kernel_use(const KernelLabel& label, const PrefillAttentionCall& call, const Device& device,
                                    CacheReuse reuse) {
  const auto figures = machine(device, cache_compute(std::max(call.q_bytes, call.kv_bytes)));
  if (!figures) return {};
  return KernelUse{key_of("prefill_attention", label, device), {.machine = *figures, .reuse = reuse}};
}

std::optional<KernelUse> kernel_use(const KernelLabel& label, const MlaDecodeCall& call, const Device& device,
                                    CacheReuse reuse) {
  const auto figures = machine(device, cache_compute(call.kv_bytes));
  if (!figures) return {};
  return KernelUse{key_of("mla_decode", label, device, label.name.version), {.machine = *figures, .reuse = reuse}};
}

std::optional<KernelUse> kernel_use(const KernelLabel& label, const GemmCall&, const Device& device, CacheReuse reuse) {
  const auto format = find_weight_format(label.dtype);
  const auto figures = format ? machine(device, format->compute) : std::nullopt;
  if (!figures) return {};
  return KernelUse{key_of("gemm", label, device), {.machine = *figures, .format = *format, .reuse = reuse}};
}

std::optional<KernelUse> kernel_use(const KernelLabel& label, const MoeCall&, const Device& device, CacheReuse reuse) {
  const auto format = find_weight_format(label.dtype);
  const auto figures = format ? machine(device, format->compute) : std::nullopt;
  if (!figures) return {};
  return KernelUse{key_of("moe", label, device),
                   {.machine = *figures, .format = *format, .matrices = expert_matrices(label.name), .reuse = reuse}};
}

std::optional<KernelUse> kernel_use(const KernelLabel& label, const AllReduceCall& call, const Device& device,
                                    CacheReuse reuse) {
  if (call.devices < 2) return {};
  return KernelUse{key_of("all_reduce", label, device, label.name.version), {.reuse = reuse}};
}

bool earlier_version(const std::string& a, const std::string& b) {
  std::string_view left = a, right = b;
  while (!left.empty() && !right.empty()) {
    const long x = leading_number(left), y = leading_number(right);
    if (x != y) return x < y;
    if (left.empty() || right.empty()) break;
    if (left.front() != right.front()) return left.front() < right.front();
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  return left.size() < right.size();
}

}  // namespace roofcast
