#include <catch2/catch.hpp>

#include "core/deployment.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// The flags that a deployment's errors name, in order.
std::vector<std::string> flags(const ModelSpec& m, const Deployment& d) {
  std::vector<std::string> names;
  for (const auto& e : deployment_errors(m, d)) names.push_back(e.where);
  return names;
}

std::vector<int> stage_sizes(int layers, int pp) {
  std::vector<int> sizes;
  for (int stage = 0; stage < pp; ++stage) {
    const auto [first, last] = stage_layers(layers, pp, stage);
    sizes.push_back(last - first);
  }
  return sizes;
}

}  // namespace

TEST_CASE("devices are tp x pp x dp, and expert ranks overlay them", "[core][deployment]") {
  const Deployment d{.tp = 4, .pp = 2, .ep = 8, .dp = 2};
  CHECK(d.gpus() == 16);
  CHECK(d.expert_tp() == 1);        // 8 expert ranks over 4-way replicas: an expert lives on one rank
  CHECK(d.expert_replicas() == 2);  // tokens of both replicas meet there
  CHECK(Deployment{.tp = 8, .ep = 2}.expert_tp() == 4);
  CHECK(Deployment{.tp = 8, .ep = 2}.expert_replicas() == 1);
}

TEST_CASE("pipeline stages get equal shares, the remainder before the last stage (M5)", "[core][deployment]") {
  CHECK(stage_sizes(32, 4) == std::vector{8, 8, 8, 8});
  CHECK(stage_sizes(61, 2) == std::vector{31, 30});
  CHECK(stage_sizes(61, 4) == std::vector{15, 15, 16, 15});  // 61 = 4 x 15 + 1: the one before the last
  CHECK(stage_sizes(62, 4) == std::vector{15, 16, 16, 15});
  CHECK(stage_sizes(63, 4) == std::vector{16, 16, 16, 15});
  CHECK(stage_sizes(5, 5) == std::vector{1, 1, 1, 1, 1});
}

TEST_CASE("pipeline stages are a partition of the layers (M5)", "[core][deployment]") {
  const int layers = GENERATE(1, 7, 61, 80, 126);
  for (int pp = 1; pp <= layers; ++pp) {
    int next = 0;
    for (int stage = 0; stage < pp; ++stage) {
      const auto [first, last] = stage_layers(layers, pp, stage);
      CHECK(first == next);
      CHECK(last > first);
      next = last;
    }
    CHECK(next == layers);
  }
}

TEST_CASE("tensor parallelism must divide the query heads", "[core][deployment]") {
  CHECK(flags(llama_3_1_8b(), {.tp = 8}).empty());
  CHECK(flags(falcon_7b(), {.tp = 71}).empty());
  CHECK(flags(falcon_7b(), {.tp = 8}) == std::vector<std::string>{"--tp"});  // 71 is prime
  const auto errors = deployment_errors(falcon_7b(), {.tp = 8});
  CHECK(errors.front().what == "8 does not divide the 71 query heads of Falcon-7B");
  CHECK(errors.front().kind == ErrorKind::usage);
}

TEST_CASE("KV heads must be shared out or replicated evenly", "[core][deployment]") {
  // Phi-4: 40 query heads and 10 KV heads
  const ModelSpec m =
      uniform_model("Phi-4", 5120, 100352, 40, GroupedQuery{.q_heads = 40, .kv_heads = 10, .head_dim = 128},
                    DenseFfn{.intermediate = 17920});
  CHECK(flags(m, {.tp = 5}).empty());
  CHECK(flags(m, {.tp = 20}).empty());
  CHECK(flags(m, {.tp = 8}) == std::vector<std::string>{"--tp"});
}

TEST_CASE("state heads must be divisible, being shared out without copies", "[core][deployment]") {
  CHECK(flags(qwen3_next(), {.tp = 16}).empty());
  // 16 attention heads and 16 key heads; said once each.
  CHECK(flags(qwen3_next(), {.tp = 32}).size() == 2);
}

TEST_CASE("experts must be dealt out evenly, and there must be some", "[core][deployment]") {
  CHECK(flags(deepseek_v3(), {.tp = 8, .ep = 8}).empty());
  CHECK(flags(deepseek_v3(), {.tp = 8, .ep = 64, .dp = 8}).empty());
  CHECK(flags(deepseek_v3(), {.tp = 8, .ep = 64}) == std::vector<std::string>{"--ep"});  // only 8 ranks
  CHECK(flags(llama_3_1_8b(), {.tp = 2, .ep = 2}) == std::vector<std::string>{"--ep"});
  CHECK(flags(gemma_3_27b(), {.tp = 2, .ep = 2}) == std::vector<std::string>{"--ep"});  // two kinds, both dense
}

TEST_CASE("decode context parallelism uses the copies of a KV head", "[core][deployment]") {
  CHECK(flags(deepseek_v3(), {.tp = 8, .dcp = 8}).empty());    // one latent: 8 copies
  CHECK(flags(llama_3_1_8b(), {.tp = 16, .dcp = 2}).empty());  // 8 KV heads: 2 copies
  CHECK(flags(llama_3_1_8b(), {.tp = 8, .dcp = 2}) == std::vector<std::string>{"--dcp"});
  CHECK(flags(deepseek_v3(), {.tp = 8, .dcp = 3}) == std::vector<std::string>{"--dcp"});
}

TEST_CASE("every wrong count is reported at once", "[core][deployment]") {
  CHECK(flags(llama_3_1_8b(), {.tp = 0, .pp = -1, .dp = 100'000}) == std::vector<std::string>{"--tp", "--pp", "--dp"});
  CHECK(flags(llama_3_1_8b(), {.tp = 5, .pp = 33}) == std::vector<std::string>{"--pp", "--tp", "--tp"});
}

TEST_CASE("a rank stores its share of a matrix (M4)", "[core][deployment]") {
  const Deployment d{.tp = 8};
  CHECK(stored_share(Projection{.name = "w", .shard = Shard::split}, d) == 1.0 / 8);
  CHECK(stored_share(Projection{.name = "w", .shard = Shard::replicated}, d) == 1.0);
  // 4 KV heads over 8 ranks: one head each, every head twice.
  CHECK(stored_share(Projection{.name = "w", .shard = Shard::kv_heads, .heads = 4}, d) == 1.0 / 4);
  CHECK(stored_share(Projection{.name = "w", .shard = Shard::kv_heads, .heads = 32}, d) == 1.0 / 8);
}

TEST_CASE("a rank stores its share of a cache row (A3)", "[core][deployment]") {
  CHECK(stored_share(CacheStream{.name = "kv", .heads = 8}, {.tp = 2}) == 0.5);
  CHECK(stored_share(CacheStream{.name = "kv", .heads = 8}, {.tp = 16}) == 1.0 / 8);
  CHECK(stored_share(CacheStream{.name = "latent"}, {.tp = 8}) == 1.0);
  CHECK(stored_share(CacheStream{.name = "latent"}, {.tp = 8, .dcp = 4}) == 0.25);
  CHECK(stored_share(CacheStream{.name = "kv", .stored = false}, {}) == 0.0);
}
