#pragma once

/// What one measured kernel call asks of its device: bytes and FLOPs that follow from the shape, whatever
/// the kernel (docs/model/kernel_calls.md). With a device's roofs they are the least time it can take.

#include "core/calibrated/kernel_call.hpp"
#include "core/number_format.hpp"
#include "core/roofline.hpp"

namespace roofcast {

/// Of one element that a kernel writes: bf16 or fp16, whatever it reads.
inline constexpr double kResultBytes = 2;

/// (V1) K and V rows of every KV head once, query in, result out.
[[nodiscard]] Cost cost(const DecodeAttentionCall& call);
/// (V2) The causal half of the products, cut by the window; every operand once.
[[nodiscard]] Cost cost(const PrefillAttentionCall& call);
/// (V3) One latent row for all heads.
[[nodiscard]] Cost cost(const MlaDecodeCall& call);
/// (V4) Both operands and the product once, in the stored size of their format.
[[nodiscard]] Cost cost(const GemmCall& call, const WeightFormat& format);
/// (V5) One of tp x ep devices: the experts that its tokens touch, `matrices` each (3 gated, 2 plain).
[[nodiscard]] Cost cost(const MoeCall& call, const WeightFormat& format, double matrices);
/// (V6) A ring: every device sends 2(n - 1)/n of the vector.
[[nodiscard]] Cost cost(const AllReduceCall& call);

/// Bytes of the KV cache or weights that a call reads: what a repeat may find in the last-level cache.
[[nodiscard]] Bytes reused(const DecodeAttentionCall& call);
[[nodiscard]] Bytes reused(const PrefillAttentionCall& call);
[[nodiscard]] Bytes reused(const MlaDecodeCall& call);
[[nodiscard]] Bytes reused(const GemmCall& call, const WeightFormat& format);
[[nodiscard]] Bytes reused(const MoeCall& call, const WeightFormat& format, double matrices);

/// Matrices of one expert, by the kernel's name: "moe_torch_flow_nongated" multiplies twice, not three times.
[[nodiscard]] double expert_matrices(const KernelName& kernel);

/// Bytes of one activation as a product of that rate reads it: fp4 with a scale per 16.
[[nodiscard]] double activation_bytes(Compute compute);

}  // namespace roofcast
