// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/panels/scenario_form.hpp"

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

using D = ScenarioDocument;

}  // namespace

std::vector<FormGroup> scenario_form() {
  return {
      {.title = tr("Model"),
       .rows = {{{&D::model, tr("&Model"), tr("search, or open a file"),
                  tr("A preset, or the path of a config.json, a GGUF file or a Roofcast model")}},
                {{&D::attention, tr("&Attention"), tr("the model's own"),
                  tr("own, mha, mqa, gqa:N (N KV heads) or mla:L+R (latent, rotary dims): what if it had been trained "
                     "that way?")}},
                {{&D::weight_dtype, tr("&Weights"), tr("checkpoint's"), tr("Format of the weights")},
                 {&D::kv_dtype, tr("&KV cache"), tr("model's"), tr("Element type of the KV cache")}}}},
      {.title = tr("Hardware"),
       .rows = {{{&D::hardware, tr("&GPU"), tr("search, or open a file"),
                  tr("A preset, or the path of a Roofcast hardware profile")}},
                {{&D::gpus, tr("GPUs"), tr("tp×pp×dp"), tr("All devices; DP follows from it")},
                 {&D::tp, tr("TP"), tr("1"), tr("Tensor parallelism: GPUs that share each matrix")},
                 {&D::pp, tr("PP"), tr("1"), tr("Pipeline parallelism: groups of layers")}},
                {{&D::ep, tr("EP"), tr("1"), tr("Expert parallelism")},
                 {&D::dp, tr("DP"), tr("1"), tr("Replicas")},
                 {&D::dcp, tr("DCP"), tr("1"),
                  tr("Decode context parallelism: KV tokens over ranks of the TP group")}}}},
      {.title = tr("Workload"),
       .rows = {{{&D::context, tr("&Context"), tr("tokens"),
                  tr("Longest a sequence gets, e.g. 32Ki; or give ISL and OSL")},
                 {&D::isl, tr("&ISL"), tr("tokens"), tr("Input sequence length: tokens of a prompt")},
                 {&D::osl, tr("&OSL"), tr("tokens"), tr("Output sequence length: tokens of an answer")}},
                {{&D::batch, tr("&Batch"), tr("most"), tr("Sequences decoded together by one replica")},
                 {&D::tpot, tr("T&POT"), tr("no SLO"), tr("Time per output token at most, e.g. 40ms")},
                 {&D::ttft, tr("&TTFT"), tr("no SLO"), tr("Time to first token at most, e.g. 2s")}}}},
      {.title = tr("Engine and price"),
       .rows = {{{&D::engine, tr("&Engine"), tr("vllm"), tr("Whose memory rules and pace hold")},
                 {&D::price, tr("$/GPU·h"), tr("list"), tr("Price of one GPU in USD per hour")}},
                {{&D::memory_utilization, tr("Memory &utilization"), tr("engine's"),
                  tr("Share of the device that the engine may fill, e.g. 0.9 or 90%")},
                 {&D::memory, tr("Memory"), tr("device's"), tr("Instead of the device's own, e.g. 80GiB")}}}},
      {.title = tr("Load and speculation"),
       .rows = {{{&D::rps, tr("Requests/s"), tr("steady"), tr("Requests per second that arrive")},
                 {&D::prefix_hit, tr("Prefix hits"), tr("none"),
                  tr("Share of prompt tokens found in the cache, e.g. 40%")}},
                {{&D::draft_tokens, tr("Draft tokens"), tr("none"), tr("Tokens drafted per step")},
                 {&D::acceptance, tr("Acceptance"), tr("share"),
                  tr("Share of drafted tokens that are accepted, e.g. 70%")}},
                {{&D::draft_model, tr("Draft model"), tr("the model's own MTP layers"),
                  tr("A preset, or the path of a model")}},
                {{&D::isl_histogram, tr("ISL histogram"), tr("file"), tr("CSV of prompt lengths, instead of ISL")},
                 {&D::osl_histogram, tr("OSL histogram"), tr("file"), tr("CSV of answer lengths, instead of OSL")}}},
       .open = false},
      {.title = tr("Pools and experts"),
       .rows = {{{&D::attention_dp, tr("Attention DP"), tr("1"), tr("Data-parallel ranks of attention in one replica")},
                 {&D::disaggregate, tr("Disaggregate"), tr("P:D"),
                  tr("Replicas that read prompts and those that decode, e.g. 1:3")},
                 {&D::expert_imbalance, tr("Imbalance"), tr("even"),
                  tr("Load of the busiest expert rank: a factor from 1 on, or random")}},
                {{&D::overlap, tr("Overlap"), tr("none"),
                  tr("While tokens travel to experts of other replicas: none, or two-batch")}}},
       .open = false},
      {.title = tr("More"),
       .rows = {{{&D::block_size, tr("Block size"), tr("engine's"), tr("Tokens of a KV block")},
                 {&D::max_batched_tokens, tr("Batched tokens"), tr("engine's"), tr("Prompt tokens of one step")}},
                {{&D::calibration, tr("Calibration"), tr("auto"),
                  tr("auto: shipped fits; none: datasheet roofs alone; or the path of a fit")}}},
       .open = false}};
}

}  // namespace roofcast::gui
