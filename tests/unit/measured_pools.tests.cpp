#include <catch2/catch.hpp>

#include "core/memory_budget.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("vLLM's rules give the KV pools measured on an A100-80 within 1% (M6)", "[golden]") {
  // vLLM 0.28, bf16, utilisation 0.90, maximum length 8192, one GPU.
  const auto vllm = shipped(find_engine(shipped_presets(), "vllm"));
  const auto a100 = shipped(find_device(shipped_presets(), "a100-sxm"));
  const std::pair<const char*, double> measured[] = {{"meta-llama/Meta-Llama-3-8B", 55.11},
                                                     {"deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", 41.96},
                                                     {"deepseek-ai/DeepSeek-V2-Lite", 40.79}};
  for (const auto& [name, pool] : measured) {
    CAPTURE(name);
    const auto budget = memory_budget(shipped(find_model(shipped_presets(), name)), {}, 0, vllm,
                                      {.capacity = *a100.memory,
                                       .utilization = vllm.memory_utilization,
                                       .batched_tokens = static_cast<double>(vllm.max_batched_tokens),
                                       .sequences = static_cast<double>(vllm.max_sequences)});
    CHECK(budget.kv_pool.in(GiB) == Approx(pool).epsilon(0.01));
  }
}
