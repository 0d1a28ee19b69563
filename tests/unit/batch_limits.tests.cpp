#include <catch2/catch.hpp>

#include <algorithm>

#include "core/assumptions.hpp"
#include "core/batch_limits.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

BatchLimits vllm_on(const char* device, int ranks = 1) {
  return default_batch_limits(shipped(find_engine(shipped_presets(), "vllm")),
                              shipped(find_device(shipped_presets(), device)), ranks);
}

}  // namespace

TEST_CASE("vLLM takes larger steps from 70 GiB and from 160 GiB on, but not on A100 and GB10") {
  CHECK(vllm_on("rtx-4090") == BatchLimits{2048, 256});
  CHECK(vllm_on("l40s") == BatchLimits{2048, 256});
  CHECK(vllm_on("a100-sxm") == BatchLimits{2048, 256});
  CHECK(vllm_on("gb10") == BatchLimits{2048, 256});
  CHECK(vllm_on("h100-sxm") == BatchLimits{8192, 1024});
  CHECK(vllm_on("h200-sxm") == BatchLimits{8192, 1024});
  CHECK(vllm_on("b200-sxm") == BatchLimits{16384, 1024});
  CHECK(vllm_on("mi300x") == BatchLimits{16384, 1024});
}

TEST_CASE("on CPUs vLLM's sizes are per rank, whatever the memory, TPUs have their own") {
  CHECK(vllm_on("epyc-9654") == BatchLimits{2048, 128});
  CHECK(vllm_on("epyc-9654", 4) == BatchLimits{8192, 512});
  CHECK(vllm_on("tpu-v6e") == BatchLimits{1024, 256});
  CHECK(vllm_on("tpu-v5p") == BatchLimits{256, 256});
}

TEST_CASE("the first rule that a device meets counts, and sequences never exceed tokens") {
  const Device device{.name = "Big A100", .memory = 80.0 * GiB};
  Engine engine{.max_batched_tokens = 2048, .max_sequences = 4096};
  CHECK(default_batch_limits(engine, device, 1) == BatchLimits{2048, 2048});
  engine.batch_rules = {{.name_lacks = "a100", .max_batched_tokens = 1, .max_sequences = 1},
                        {.memory_from = 80.0 * GiB, .max_batched_tokens = 4096, .max_sequences = 64},
                        {.max_batched_tokens = 2, .max_sequences = 2}};
  CHECK(default_batch_limits(engine, device, 8) == BatchLimits{4096, 64});
  // A device whose memory is not known meets no rule about memory.
  CHECK(default_batch_limits(engine, Device{.name = "A100 of unknown size"}, 1) == BatchLimits{2, 2});
}

TEST_CASE("the tokens that a user sets replace the default, and the assumptions say which it is") {
  Scenario s{.model = shipped(find_model(shipped_presets(), "llama-3.1-8b")),
             .device = shipped(find_device(shipped_presets(), "h100-sxm")),
             .engine = shipped(find_engine(shipped_presets(), "vllm")),
             .workload = {.context = 8192}};
  CHECK_THAT(assumptions(s, 1),
             Catch::VectorContains(
                 std::string{"8,192 batched tokens and at most 1,024 sequences are vLLM's defaults on H100 SXM5"}));
  s.max_batched_tokens = 2048;
  CHECK(batch_limits(s) == BatchLimits{2048, 1024});
  CHECK_THAT(assumptions(s, 1),
             Catch::VectorContains(std::string{
                 "2,048 batched tokens were asked for; at most 1,024 sequences are vLLM's default on H100 SXM5"}));
}

TEST_CASE("no assumption is said twice, whatever the model") {
  for (const auto& model : list_models(shipped_presets()).profiles) {
    CAPTURE(model.id);
    auto all = assumptions({.model = model,
                            .device = shipped(find_device(shipped_presets(), "b300-sxm")),
                            .engine = shipped(find_engine(shipped_presets(), "vllm")),
                            .deployment = {.tp = 8, .pp = 2},
                            .workload = {.context = 1 << 21}},
                           1);
    std::ranges::sort(all);
    CHECK(std::ranges::adjacent_find(all) == all.end());
  }
}
