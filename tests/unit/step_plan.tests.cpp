#include <catch2/catch.hpp>

#include <algorithm>

#include "core/decode_step.hpp"
#include "core/parameters.hpp"
#include "core/step_plan.hpp"
#include "tests/support/sample_models.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

const KvFormat kBf16{};

const Operator& named(const StepPlan& plan, std::string_view name) {
  const auto it = std::ranges::find(plan.operators, name, &Operator::name);
  REQUIRE(it != plan.operators.end());
  return *it;
}

bool has(const StepPlan& plan, std::string_view name) {
  return std::ranges::find(plan.operators, name, &Operator::name) != plan.operators.end();
}

/// FLOPs of one rank's decode step, all layers.
double flops(const ModelSpec& m, const Deployment& d, const Load& load) {
  double sum = 0;
  for (const auto& op : step_plan(m, d, kBf16).operators) sum += op.count * decode_traffic(op, load).flops;
  return sum;
}

}  // namespace

TEST_CASE("a dense layer is its matrices, its attention and its vectors (D1, D2)", "[core][plan]") {
  const StepPlan plan = step_plan(llama_3_1_8b(), {}, kBf16);
  for (const auto name :
       {"q_proj", "kv_proj", "o_proj", "gate_up_proj", "down_proj", "attention", "norm_residual_activation"})
    CHECK(named(plan, name).count == 32);
  for (const auto name : {"embedding_lookup", "lm_head", "sampling"}) CHECK(named(plan, name).count == 1);
  CHECK_FALSE(has(plan, "all_reduce"));
  CHECK(named(plan, "down_proj").weight_bytes == 4096. * 14336 * 2);
  CHECK(named(plan, "down_proj").flops_token == 2 * 4096. * 14336);
  CHECK(named(plan, "attention").row_bytes == 4096);  // 2 x 8 x 128 x 2 B
  CHECK(named(plan, "attention").row_flops == 4. * 32 * 128);
  CHECK(named(plan, "lm_head").last_token_only);
}

TEST_CASE("a decode step does 2 FLOP per streamed matrix parameter and 4 H d per row (D1, D2)", "[core][plan]") {
  const ModelSpec m = llama_3_1_8b();
  const double vectors = 32 * 2 * 4096 + 4096;  // norms are not multiplied matrices
  const double products = 2 * (parameters(m).streamed - vectors), attention = 32 * 4. * 32 * 128 * 1000;
  CHECK(flops(m, {}, {.batch = 3, .context = 1000}) == Approx(3 * (products + attention)));
}

TEST_CASE("tensor parallelism divides products, two all-reduces per layer appear (D5)", "[core][plan]") {
  const ModelSpec m = llama_3_1_8b();
  const Load load{.batch = 3, .context = 1000};
  CHECK(flops(m, {.tp = 4}, load) == Approx(flops(m, {}, load) / 4));
  const Operator reduce = named(step_plan(m, {.tp = 4}, kBf16), "all_reduce");
  // 2 x (mixer, FFN) x 3/4 of 4096 x 2 B, out and back
  CHECK(reduce.network_token == 2 * 2 * 0.75 * 4096 * 2);
  CHECK(reduce.count == 32);
}

TEST_CASE("beyond the KV heads, ranks read copies of the cache (A3, D2)", "[core][plan]") {
  const auto row = [](int tp) { return named(step_plan(llama_3_1_8b(), {.tp = tp}, kBf16), "attention").row_bytes; };
  CHECK(row(8) == 4096. / 8);
  CHECK(row(16) == 4096. / 8);
  CHECK(named(step_plan(deepseek_v3(), {.tp = 8}, kBf16), "latent").row_bytes == 1152);  // whole on every rank
}

TEST_CASE("decode context parallelism shares rows, and every rank computes for all queries (D2)", "[core][plan]") {
  const Operator one = named(step_plan(deepseek_v3(), {.tp = 8}, kBf16), "latent");
  const Operator many = named(step_plan(deepseek_v3(), {.tp = 8, .dcp = 8}, kBf16), "latent");
  CHECK(many.row_share == 1.0 / 8);
  const Load load{.batch = 2, .context = 4096};
  CHECK(decode_traffic(many, load).cache == decode_traffic(one, load).cache / 8);
  CHECK(decode_traffic(many, load).flops == decode_traffic(one, load).flops);
}

TEST_CASE("latent attention decodes in the absorbed form (A5)", "[core][plan]") {
  const StepPlan plan = step_plan(deepseek_v3(), {}, kBf16);
  CHECK(named(plan, "absorb_k").weight_bytes == 512. * 128 * 128 * 2);
  CHECK(named(plan, "latent").kind == OperatorKind::latent_attention);
  CHECK(named(plan, "latent").row_flops == 2. * 128 * 576 + 2. * 128 * 512);
  CHECK(named(plan, "latent").prefill_row_flops == 2. * 128 * 192 + 2. * 128 * 128);
  CHECK(named(plan, "q_a").count == 61);  // dense and MoE layers share it
}

TEST_CASE("a sparse indexer is an operator of its own, whole on every rank", "[core][plan]") {
  const StepPlan plan = step_plan(deepseek_v3_2(), {.tp = 8}, kBf16);
  CHECK(named(plan, "indexer").kind == OperatorKind::indexer);
  CHECK(named(plan, "indexer").row_flops == 2. * 64 * 128);
  CHECK(named(plan, "indexer").row_bytes == 256);
}

TEST_CASE("experts: a rank's share by ep or by tp (D3)", "[core][plan]") {
  const double expert = 3. * 7168 * 2048;
  const auto experts = [](const Deployment& d) { return named(step_plan(deepseek_v3(), d, kBf16), "experts"); };
  CHECK(experts({}).count == 58);
  CHECK(experts({}).local_experts == 256);
  CHECK(experts({}).expert_bytes == expert * 2);
  CHECK(experts({}).flops_token == 2 * 8 * expert);

  CHECK(experts({.tp = 8}).local_experts == 256);
  CHECK(experts({.tp = 8}).expert_bytes == expert * 2 / 8);
  CHECK(experts({.tp = 8}).flops_token == 2 * 8 * expert / 8);

  CHECK(experts({.tp = 8, .ep = 8}).local_experts == 32);
  CHECK(experts({.tp = 8, .ep = 8}).expert_bytes == expert * 2);
  CHECK(experts({.tp = 8, .ep = 8}).flops_token == 2 * 8 * expert / 8);

  // 32 single-GPU replicas: 8 experts each, met by the tokens of all.
  const Operator wide = experts({.ep = 32, .dp = 32});
  CHECK(wide.local_experts == 8);
  CHECK(wide.token_groups == 32);
  CHECK(decode_traffic(wide, {.batch = 1}).flops == Approx(2 * 8 * expert));
}

TEST_CASE("recurrent states are read and written, by heads (D4)", "[core][plan]") {
  const auto state = [](int tp) { return named(step_plan(qwen3_next(), {.tp = tp}, kBf16), "state_update"); };
  CHECK(state(1).count == 36);
  CHECK(state(1).state_sequence == 2 * 2'146'304.0);
  CHECK(state(1).flops_token == 8. * 32 * 128 * 128);
  CHECK(state(8).state_sequence == 2 * 2'146'304.0 / 8);
}

TEST_CASE("weight formats and the cache's element pick bytes and compute roof", "[core][plan]") {
  ModelSpec m = llama_3_1_8b();
  m.kinds.front().formats = {.attention = *find_weight_format("int4_wo"), .mlp = *find_weight_format("fp8")};
  const StepPlan plan = step_plan(m, {}, *find_kv_format("fp8"));
  CHECK(named(plan, "q_proj").weight_bytes == 4096. * 4096 * (0.5 + 2.0 / 128));
  CHECK(named(plan, "q_proj").compute == Compute::bf16);
  CHECK(named(plan, "down_proj").weight_bytes == 4096. * 14336);
  CHECK(named(plan, "down_proj").compute == Compute::fp8);
  CHECK(named(plan, "lm_head").compute == Compute::bf16);
  CHECK(named(plan, "attention").row_bytes == 2048);
  CHECK(named(plan, "attention").compute == Compute::fp8);
}

TEST_CASE("pipeline stages send the hidden vector on, and may be uneven (D5, D6)", "[core][plan]") {
  const StepPlan plan = step_plan(deepseek_v3(), {.pp = 4}, kBf16);
  CHECK(named(plan, "pipeline_send").count == 3);
  CHECK(named(plan, "pipeline_send").network_token == 7168 * 2);
  CHECK(plan.pp == 4);
  CHECK(plan.stage_imbalance == Approx(16.0 * 4 / 61));  // stages of 15, 15, 16, 15
  CHECK(step_plan(llama_3_1_8b(), {.pp = 4}, kBf16).stage_imbalance == 1);
}

TEST_CASE("vectors and look-ups are bytes alone (D1)", "[core][plan]") {
  const StepPlan plan = step_plan(llama_3_1_8b(), {.tp = 2}, kBf16);
  const Operator& vectors = named(plan, "norm_residual_activation");
  // Two norms, each with residual and sum in and out: 4 x 4096; gate and up of this rank in, product out.
  CHECK(vectors.activation_token == (2 * 4 * 4096 + 1.5 * 28672 / 2) * 2);
  CHECK(vectors.weight_bytes == 2 * 4096 * 2);
  CHECK(vectors.flops_token == 0);
  CHECK(named(plan, "embedding_lookup").activation_token == 2 * 4096 * 2);
  CHECK(named(plan, "embedding_lookup").weight_bytes == 0);
  CHECK(named(plan, "sampling").activation_token == 2 * 128256 / 2 * 4);
  CHECK(named(plan, "q_proj").activation_token == (4096 / 2 + 4096) * 2);
  CHECK(named(plan, "attention").activation_token == (4096 + 4096) / 2 * 2);
}

TEST_CASE("equal matrices of different kinds of layers are one operator", "[core][plan]") {
  const StepPlan plan = step_plan(gemma_3_27b(), {}, kBf16);
  CHECK(named(plan, "q_proj").count == 62);
  // Full and sliding attention read different rows: two operators.
  CHECK(std::ranges::count(plan.operators, "attention", &Operator::name) == 1);
  CHECK(std::ranges::count(plan.operators, "window_attention", &Operator::name) == 1);
}

TEST_CASE("a step reads rows as the engine packs them: 656 B of latent and 132 B of index in fp8 (D2, M7)",
          "[core][plan]") {
  const KvFormat fp8 = *find_kv_format("fp8");
  const StepPlan packed = step_plan(deepseek_v3_2(), {}, fp8);
  CHECK(named(packed, "latent").row_bytes == 656);   // 512 + 4 x 4 + 64 x 2
  CHECK(named(packed, "indexer").row_bytes == 132);  // 128 + 4
  const StepPlan plain = step_plan(deepseek_v3_2(), {}, fp8, PoolRule::padded_cells);
  CHECK(named(plain, "latent").row_bytes == 576);
  CHECK(named(plain, "indexer").row_bytes == 128);
  CHECK(named(step_plan(deepseek_v3_2(), {}, kBf16), "latent").row_bytes == 1152);
}
