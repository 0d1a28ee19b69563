#include <catch2/catch.hpp>

#include "core/engine_version.hpp"

using namespace roofcast;

TEST_CASE("vLLM's first engine profiles the longest prompt whole, up to 32 Ki tokens", "[core][engine]") {
  const Engine today{.id = "vllm", .max_batched_tokens = 8192, .graph_per_layer = Bytes{1e6}};
  CHECK(at_version(today, "0.6.5", 20000).max_batched_tokens == 20000);
  CHECK(at_version(today, "0.7.x (V0)", 1000).max_batched_tokens == 2048);
  CHECK(at_version(today, "0.6", 100000).max_batched_tokens == 2048);
  CHECK(at_version(today, "0.6", 1000).graph_per_layer == Bytes{});
  for (const auto* version : {"", "0.28", "0.8.5", "1.0", "nightly"}) CHECK(at_version(today, version, 20000) == today);
  CHECK(at_version({.id = "sglang"}, "0.4", 20000) == Engine{.id = "sglang"});
}
