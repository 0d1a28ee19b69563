#include <catch2/catch.hpp>

#include "hwmodels/engine_profile.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("the shipped engines state their own rules", "[presets]") {
  const auto vllm = shipped(find_engine(shipped_presets(), "vllm"));
  CHECK(vllm.memory_rule == MemoryRule::fraction_of_total);
  CHECK(vllm.pool_rule == PoolRule::grouped_pages);
  CHECK(vllm.memory_utilization == 0.9);
  CHECK(vllm.block_tokens == 16);
  CHECK(shipped(find_engine(shipped_presets(), "sglang")).memory_rule == MemoryRule::static_fraction);
  const auto trtllm = shipped(find_engine(shipped_presets(), "TensorRT-LLM"));
  CHECK(trtllm.id == "trtllm");
  CHECK(trtllm.block_tokens == 32);
  CHECK(shipped(find_engine(shipped_presets(), "llama.cpp")).pool_rule == PoolRule::padded_cells);
}

TEST_CASE("an engine on devices of another vendor is told apart", "[presets]") {
  auto trtllm = shipped(find_engine(shipped_presets(), "trtllm"));
  trtllm.serving.clear();
  CHECK(shipped(parse_engine(engine_json(trtllm), "trtllm.json")) == trtllm);
  CHECK(error_lines(engine_errors(trtllm, {.name = "MI300X", .vendor = "AMD"})) ==
        "--engine TensorRT-LLM does not run on MI300X (another --engine, or devices of NVIDIA)\n");
  CHECK(engine_errors(trtllm, {.name = "H100 SXM", .vendor = "NVIDIA"}).empty());
  CHECK(engine_errors(trtllm, {.name = "mine"}).empty());
  CHECK(engine_errors({.name = "any"}, {.name = "MI300X", .vendor = "AMD"}).empty());
}

TEST_CASE("a bad engine profile reports every problem with its path", "[profiles][errors]") {
  const auto engine = parse_engine(R"({
    "schema": "roofcast/engine/1", "id": "x", "name": "X", "version": "1",
    "memory_rule": {"rule": "fraction_of_totl", "source": "s"}, "pool_rule": {"rule": "grouped_pages"},
    "memory_utilization": {"value": 1.5, "source": "s"}, "block_tokens": {"value": 0, "source": "s"},
    "max_batched_tokens": {"value": 2048, "source": "s"}, "max_sequences": {"value": 256, "source": "s"},
    "context": {"value": "1 GiB", "source": ""}, "collectives": {"value": "0 GiB", "source": "s"}, "grahps": 0})",
                                   "bad.json");
  REQUIRE_FALSE(engine.has_value());
  CHECK(error_lines(engine.error()) ==
        "bad.json:/memory_rule/rule 'fraction_of_totl' is not known (did you mean 'fraction_of_total'?)\n"
        "bad.json:/pool_rule/source missing\n"
        "bad.json:/memory_utilization/value expected a number in 0..1, found 1.5\n"
        "bad.json:/block_tokens/value expected an integer in 1..1048576, found 0\n"
        "bad.json:/context/source must not be empty\n"
        "bad.json:/graphs missing\n"
        "bad.json:/grahps unknown key (did you mean 'graphs'?)\n");
}

TEST_CASE("rules by device are read strictly and written back", "[profiles][errors]") {
  auto vllm = shipped(find_engine(shipped_presets(), "vllm"));
  vllm.serving.clear();  // fits have files of their own
  CHECK(shipped(parse_engine(engine_json(vllm), "vllm.json")) == vllm);
  auto text = engine_json(vllm);
  text.replace(text.find("\"160 GiB\""), 9, "\"plenty\"");
  text.replace(text.find("\"name_lacks\""), 12, "\"name_laks\"");
  const auto broken = parse_engine(text, "e.json");
  REQUIRE_FALSE(broken.has_value());
  const auto lines = error_lines(broken.error());
  CHECK_THAT(lines, Catch::Contains("e.json:/batch_rules/160-gib/memory_from"));
  CHECK_THAT(lines, Catch::Contains("e.json:/batch_rules/70-gib/name_laks unknown key"));
}
