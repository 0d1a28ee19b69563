#include "core/glossary.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/explain_cache.hpp"
#include "core/explain_memory.hpp"
#include "core/explain_step.hpp"
#include "core/nearest_name.hpp"

namespace roofcast {
namespace {

constexpr Needs kModel{.model = true};
constexpr Needs kLength{.length = true};
constexpr Needs kModelAndLength{.model = true, .length = true};
constexpr Needs kHardware{.hardware = true};
constexpr Needs kEverything{.model = true, .length = true, .hardware = true};

constexpr std::string_view kAttention = "docs/model/attention.md", kMemory = "docs/model/memory.md",
                           kStep = "docs/model/decode_step.md", kRoofline = "docs/model/roofline.md";

constexpr std::string_view kGqa =
    "Ainslie et al. 2023 (GQA), arXiv:2305.13245; DeepSeek-V2 2024 (MLA), arXiv:2405.04434";
constexpr std::string_view kVllm =
    "vLLM 0.33.0 v1/worker/gpu_worker.py, v1/core/kv_cache_planning.py; SGLang, TensorRT-LLM and "
    "llama.cpp by their own rules (roofcast engines show NAME)";
constexpr std::string_view kRoof = "Williams, Waterman, Patterson 2009 (roofline), doi:10.1145/1498765.1498785";
constexpr std::string_view kDefinition = "definition";

constexpr std::array kTerms{
    Term{"kv_bytes_per_token", "bytes that one more token adds to the KV cache of one replica, KV heads counted once",
         "sum over layers of KV heads x (K dim + V dim) x bytes per element; MLA: (latent + rope) x bytes", "A7",
         kAttention, kGqa, kModel, &explain_kv_bytes_per_token},
    Term{"kv_bytes_per_token_per_gpu", "what one GPU stores of each token: KV heads are shared out, then replicated",
         "kv_bytes_per_token x max(1, floor(heads / tp)) / heads / dcp", "A9", kAttention,
         "vLLM 0.33.0 config/model.py get_num_kv_heads", kModel, &explain_kv_bytes_per_token_per_gpu},
    Term{"kv_bytes_per_sequence", "exact bytes of one sequence at full length, recurrent state included",
         "sum over layers of floor(min(T, window) / tokens per row) x row bytes + state", "A8", kAttention, kGqa,
         kModelAndLength, &explain_kv_bytes_per_sequence},
    Term{"kv_bytes_allocated_per_sequence", "the same after the engine has rounded it to its blocks and layouts",
         "sum over groups of ceil(T / block) x block bytes; windows and states by the engine's pool rule", "M7",
         kMemory, kVllm, kEverything, nullptr, &explain_kv_bytes_allocated_per_sequence},
    Term{"state_bytes_per_sequence", "constant memory of recurrent layers (Mamba, delta rule, short convolutions)",
         "sum over recurrent layers of state elements x bytes + convolution inputs x bytes", "A8", kAttention,
         "vLLM 0.33.0 model_executor/layers/mamba/mamba_utils.py", kModel, &explain_state_bytes_per_sequence},
    Term{"parameters", "weights of the model in the three conventions of model cards",
         "sum over tensors of their elements", "M1", kMemory, "transformers model classes", kModel,
         &explain_parameters},
    Term{"weights", "bytes of the checkpoint, and what one GPU holds of it",
         "sum over modules of parameters x stored size; file headers win where they were read", "M4", kMemory,
         "safetensors and GGUF formats; vLLM ColumnParallelLinear, RowParallelLinear", kModel, &explain_weights},
    Term{"overhead", "memory of one GPU that is neither weights nor cache",
         "driver context + activation peak + communication buffers + captured graphs", "M6", kMemory, kVllm,
         kEverything, nullptr, &explain_overhead},
    Term{"kv_pool", "memory of one GPU that is left for the KV cache", "usable - weights - overhead", "M6", kMemory,
         kVllm, kEverything, nullptr, &explain_kv_pool},
    Term{"max_batch_memory", "full-length sequences that fit into the pool of every GPU",
         "floor((blocks - 1) / blocks per sequence)", "M8", kMemory, kVllm, kEverything, nullptr,
         &explain_max_batch_memory},
    Term{"concurrency", "the same as a fraction, as vLLM logs it (maximum concurrency)", "blocks / blocks per sequence",
         "M8", kMemory, kVllm, kEverything, nullptr, &explain_concurrency},
    Term{"max_context", "longest context that all sequences of the batch can reach",
         "largest T with max_batch_memory(T) >= batch", "M9", kMemory, kDefinition, kEverything, nullptr,
         &explain_max_context},
    Term{"mean_length", "tokens that a sequence holds on average while its answer grows", "ISL + OSL / 2", "W1",
         kMemory, kDefinition, kLength, &explain_mean_length},
    Term{"step_ms", "time of one decode step: calibrated where engine and device were fitted, else datasheet roofs",
         "sum over operators of max(bytes / bandwidth, FLOPs / peak, network / link); where fitted, of launch + root "
         "of their "
         "squares at the shares of the roofs that kernels reach (S1)",
         "D6", kStep, kRoof, kEverything, nullptr, &explain_step_ms},
    Term{"attention_flops", "work of the operators that read the KV cache in one decode step, on one GPU",
         "4 x batch x query heads x T x head dim per layer (QK and PV, 2 FLOP per multiply-add)", "D2", kStep, kGqa,
         kEverything, nullptr, &explain_attention_flops},
    Term{"attention_bytes", "cache that one decode step reads and appends, on one GPU",
         "batch x rows read x row bytes per layer + the row of the new token", "D2", kStep, kGqa, kEverything, nullptr,
         &explain_attention_bytes},
    Term{"experts_touched", "experts whose weights one decode step streams, under uniform routing",
         "E x (1 - (1 - k/E)^tokens)", "D3", kStep, "expectation of distinct draws", kEverything, nullptr,
         &explain_experts_touched},
    Term{"intensity", "work per byte of memory traffic of one decode step", "FLOPs / bytes", "R1", kRoofline, kRoof,
         kEverything, nullptr, &explain_intensity},
    Term{"ridge", "intensity where the memory roof meets the compute roof", "peak / bandwidth", "R2", kRoofline, kRoof,
         kHardware, &explain_ridge},
    Term{"ridge_batch", "first batch whose step the compute roofs hold for longer than the memory roof",
         "smallest batch with compute-bound time > memory-bound time", "L2", kRoofline, kRoof, kEverything, nullptr,
         &explain_ridge_batch},
    Term{"sensitivity", "how much faster the step gets with a little more of each resource",
         "d ln(tokens/s) / d ln(resource)", "R1", kRoofline, kDefinition, kEverything, nullptr, &explain_sensitivity},
    Term{"tokens_s_user", "speed of one stream", "1 / step", "D6", kStep, kDefinition, kEverything, nullptr,
         &explain_tokens_s_user},
    Term{"tokens_s", "output tokens per second of all replicas", "dp x batch / step", "D6", kStep, kDefinition,
         kEverything, nullptr, &explain_tokens_s},
    Term{"tokens_s_gpu", "output tokens per second and GPU", "tokens_s / (tp x pp x dp)", "D6", kStep, kDefinition,
         kEverything, nullptr, &explain_tokens_s_gpu},
    Term{"ttft", "time to first token of a prompt alone on the machine", "prefill step of ISL tokens in chunks", "D8",
         kStep, kRoof, kEverything, nullptr, &explain_ttft},
    Term{"max_batch_slo", "largest batch that keeps --tpot and --ttft",
         "largest batch whose TPOT (a step, and the prompts read meanwhile: S3) and TTFT keep the SLOs", "L1",
         kRoofline, kDefinition, kEverything, nullptr, &explain_max_batch_slo},
    Term{"usd_mtok", "cost of a million output tokens", "price per GPU hour x GPUs / (tokens_s x 3600) x 1e6", "D6",
         kStep, kDefinition, kEverything, nullptr, &explain_usd_mtok},
};

/// Keys of JSON and CSV that carry a term's figure under another unit or level.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kOtherNames{{
    {"weights_bytes_per_gpu", "weights"},
    {"weights_gib_per_gpu", "weights"},
    {"overhead_bytes_per_gpu", "overhead"},
    {"kv_pool_bytes_per_gpu", "kv_pool"},
    {"kv_pool_tokens", "kv_pool"},
    {"kv_blocks", "kv_pool"},
    {"kv_gib_per_gpu", "kv_bytes_allocated_per_sequence"},
    {"kv_bytes_used", "kv_bytes_allocated_per_sequence"},
    {"max_batch", "max_batch_memory"},
    {"max_context_tokens", "max_context"},
    {"max_concurrency_full_length", "concurrency"},
    {"max_concurrency", "concurrency"},
    {"intensity_flop_byte", "intensity"},
    {"prefill_ms", "ttft"},
    {"usd_mtok_output", "usd_mtok"},
}};

std::string normalised(std::string_view name) {
  std::string text(name);
  std::ranges::replace_if(
      text, [](char c) { return c == ' ' || c == '-'; }, '_');
  return text;
}

/// Errors of the parts that a term reads, where the whole scenario is not there.
Errors partial_errors(const Term& term, const Scenario& s) {
  return term.needs.model ? deployment_errors(s.model, s.deployment) : Errors{};
}

}  // namespace

std::span<const Term> glossary() {
  return kTerms;
}

Result<Term> find_term(std::string_view name) {
  auto wanted = normalised(name);
  const auto other = std::ranges::find(kOtherNames, wanted, [](const auto& pair) { return pair.first; });
  if (other != kOtherNames.end()) wanted = other->second;
  const auto it = std::ranges::find(kTerms, wanted, &Term::name);
  if (it != kTerms.end()) return *it;
  std::vector<std::string> names;
  for (const auto& t : kTerms) names.emplace_back(t.name);
  const auto hint = did_you_mean(wanted, names);
  return usage_error("explain", fmt::format("'{}' is not a term", name),
                     hint.empty() ? "roofcast explain lists them" : hint);
}

Result<Explanation> explanation(const Term& term, const Scenario& scenario) {
  if (!term.needs.everything()) {
    if (auto errors = partial_errors(term, scenario); !errors.empty()) return std::unexpected(std::move(errors));
    return term.of_scenario(scenario);
  }
  const auto e = estimate(scenario);
  if (!e) return std::unexpected(e.error());
  return term.of_estimate(*e);
}

}  // namespace roofcast
