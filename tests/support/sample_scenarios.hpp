#pragma once

/// Devices and engines with the figures that tests need, and scenarios made of them.

#include "core/scenario.hpp"

namespace roofcast::tests {

/// NVIDIA H100 SXM5: 989.4 TFLOP/s bf16 dense, 3.35 TB/s, 79.22 GiB as vLLM reports it.
inline Device h100_sxm() {
  using namespace units;
  return {.id = "h100-sxm",
          .name = "H100 SXM5",
          .marketed_memory = 80.0 * GB,
          .memory = 79.22 * GiB,
          .bandwidth = 3.35 * TB / s,
          .peaks = {.fp32 = 66.9 * TFLOP / s,
                    .bf16 = 989.4 * TFLOP / s,
                    .fp8 = 1978.9 * TFLOP / s,
                    .int8 = 1978.9 * TFLOP / s},
          .link_type = "NVLink4",
          .link = 450.0 * GB / s,
          .link_domain = 8,
          .pcie = 64.0 * GB / s};
}

/// NVIDIA A100 SXM4 80 GB: 312 TFLOP/s bf16 dense, 2.039 TB/s.
inline Device a100_sxm() {
  using namespace units;
  return {.id = "a100-sxm",
          .name = "A100 SXM4 80 GB",
          .marketed_memory = 80.0 * GB,
          .memory = 79.25 * GiB,
          .bandwidth = 2.039 * TB / s,
          .peaks = {.fp32 = 19.5 * TFLOP / s, .bf16 = 312.0 * TFLOP / s, .int8 = 624.0 * TFLOP / s},
          .link = 300.0 * GB / s,
          .link_domain = 8,
          .pcie = 32.0 * GB / s};
}

/// A device of round numbers: 1 GB of memory, 1 GB/s, 1 TFLOP/s, links of 0.1 GB/s.
inline Device round_device() {
  using namespace units;
  return {.id = "round",
          .name = "Round",
          .marketed_memory = 1.0 * GB,
          .memory = 1.0 * GB,
          .bandwidth = 1.0 * GB / s,
          .peaks = {.bf16 = 1.0 * TFLOP / s},
          .link = 0.1 * GB / s,
          .link_domain = 8,
          .pcie = 0.01 * GB / s};
}

inline Engine vllm() {
  return {.id = "vllm",
          .name = "vLLM",
          .version = "test",
          .two_batch = true,
          .memory_rule = MemoryRule::fraction_of_total,
          .pool_rule = PoolRule::grouped_pages,
          .memory_utilization = 0.9,
          .block_tokens = 16,
          .context = 0.5 * units::GiB,
          .collectives = 0.25 * units::GiB,
          .graphs = 0.5 * units::GiB};
}

inline Engine sglang() {
  Engine e = vllm();
  e.id = "sglang";
  e.name = "SGLang";
  e.memory_rule = MemoryRule::static_fraction;
  e.pool_rule = PoolRule::separate_pools;
  e.memory_utilization = 0;
  e.block_tokens = 1;
  return e;
}

inline Engine trtllm() {
  Engine e = vllm();
  e.id = "trtllm";
  e.name = "TensorRT-LLM";
  e.two_batch = false;
  e.vendors = {"NVIDIA"};
  e.memory_rule = MemoryRule::fraction_of_free;
  e.pool_rule = PoolRule::separate_pools;
  e.block_tokens = 32;
  return e;
}

inline Engine llamacpp() {
  Engine e = vllm();
  e.id = "llamacpp";
  e.two_batch = false;
  e.name = "llama.cpp";
  e.memory_rule = MemoryRule::whole_device;
  e.pool_rule = PoolRule::padded_cells;
  e.memory_utilization = 1;
  e.block_tokens = 256;
  e.graphs = {};
  return e;
}

inline Scenario scenario(ModelSpec model, Device device, Deployment deployment = {}, double context = 8192) {
  Scenario s{.model = std::move(model), .device = std::move(device), .engine = vllm(), .deployment = deployment};
  s.workload.context = context;
  return s;
}

}  // namespace roofcast::tests
