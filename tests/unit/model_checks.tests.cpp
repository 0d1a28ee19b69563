#include <catch2/catch.hpp>

#include "core/model_checks.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

ModelSpec one_kind(const Attention& attention, const Ffn& ffn = DenseFfn{.intermediate = 8}) {
  return {.hidden = 64, .vocab = 100, .kinds = {{.name = "only", .attention = attention, .ffn = ffn}}, .layers = {0}};
}

std::string problems(const ModelSpec& model) {
  return error_lines(model_problems(model, "x.json"));
}

}  // namespace

TEST_CASE("a possible model has no problems", "[checks]") {
  CHECK(problems(one_kind(GroupedQuery{.q_heads = 8, .kv_heads = 2, .head_dim = 16})) == "");
  CHECK(problems(one_kind(NoMixer{}, NoFfn{})) == "");
}

TEST_CASE("head counts must divide in every variant that has them", "[checks][errors]") {
  CHECK(problems(one_kind(BlockSparse{.q_heads = 6, .kv_heads = 4})) ==
        "x.json:/kinds/only/attention q_heads 6 is not a multiple of kv_heads 4\n");
  CHECK(problems(one_kind(ParallelHybrid{.q_heads = 6, .kv_heads = 4})) ==
        "x.json:/kinds/only/attention q_heads 6 is not a multiple of kv_heads 4\n");
  CHECK(problems(one_kind(GatedDelta{.k_heads = 16, .v_heads = 24})) ==
        "x.json:/kinds/only/attention v_heads 24 is not a multiple of k_heads 16\n");
  CHECK(problems(one_kind(CompressedShared{.q_heads = 64, .output_groups = 7})) ==
        "x.json:/kinds/only/attention q_heads 64 is not a multiple of output_groups 7\n");
}

TEST_CASE("an indexer has heads and a width, a chunk has a length", "[checks][errors]") {
  CHECK(problems(one_kind(Latent{.q_heads = 8, .index_heads = 4})) ==
        "x.json:/kinds/only/attention index_heads 4 and index_dim 0: both or none\n");
  CHECK(problems(one_kind(GroupedQuery{.q_heads = 8, .kv_heads = 8, .chunked = true})) ==
        "x.json:/kinds/only/attention chunked needs a window\n");
}

TEST_CASE("layers refer to kinds that exist, each under one name", "[checks][errors]") {
  auto model = one_kind(NoMixer{});
  model.layers = {0, 1};
  CHECK(problems(model) == "x.json:/layers there is no kind number 1\n");
  model.layers = {-1};
  CHECK(problems(model) == "x.json:/layers there is no kind number -1\n");
  model.kinds.push_back(model.kinds.front());
  model.layers = {0, 1};
  CHECK(problems(model) ==
        "x.json:/kinds/only more than one kind has this name\n"
        "x.json:/kinds/only more than one kind has this name\n");
}

TEST_CASE("sizes that no model has are refused", "[checks][errors]") {
  auto model = one_kind(NoMixer{});
  model.hidden = 0;
  model.vocab = 1 << 25;
  model.layers.assign(5000, 0);
  CHECK(problems(model) ==
        "x.json:/hidden 0 is not in 1..1048576\n"
        "x.json:/vocab 33554432 is not in 1..16777216\n"
        "x.json:/layers 5000 is not in 1..4096\n");
}
