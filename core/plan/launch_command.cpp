#include "core/plan/launch_command.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/batch_limits.hpp"
#include "core/shell_quoted.hpp"
#include "core/value_literal.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

class Words {
 public:
  explicit Words(std::vector<std::string> first) : words_{std::move(first)} {}

  /// Flag and value are one word, so that lines never break between them.
  template <class Value>
  void add(std::string_view flag, const Value& value) {
    words_.push_back(fmt::format("{} {}", flag, value));
  }
  void add_above_one(std::string_view flag, int value) {
    if (value > 1) add(flag, value);
  }
  void add(std::string_view flag) { words_.emplace_back(flag); }

  [[nodiscard]] std::vector<std::string> all() const { return words_; }

 private:
  std::vector<std::string> words_;
};

/// The settings of one replica that every engine has a word for.
struct Setting {
  Deployment d{};
  double length = 0;  ///< tokens that a request may have
  double room = 0;    ///< tokens that the plan keeps memory for, per sequence
  int batch = 0;      ///< of one DP rank
  int batched_tokens = 0;
  double utilization = 0;  ///< 0: the engine's own rule
  bool two_batch = false;  ///< halves of the batch take turns
  bool fp8_cache = false;
  bool fp8_weights = false;  ///< of a checkpoint in 16 bit
};

bool quantised_on_load(const ModelSpec& m) {
  return weight_label(m) == "fp8" && !m.checkpoint_bytes && plain_format(m).bytes_per_weight > 1;
}

/// More than the planned load meets, for bursts, but never more than keep the SLOs; beyond the engine's default its
/// memory estimate would change.
int admitted(const PlanRow& row, const BatchLimits& limits) {
  return static_cast<int>(std::max(row.peak, std::min<double>(row.limit.batch, limits.sequences)));
}

/// The longest requests of a law may exceed what the model was made for: engines refuse to start with that.
double admitted_length(const Scenario& s) {
  const double room = s.workload.full_length(), longest = std::max(room, s.workload.longest_length()),
               declared = s.model.max_context;
  return declared > 0 ? std::min(longest, std::max(room, declared)) : longest;
}

Setting setting(const PlanRow& row) {
  const Scenario& s = row.scenario;
  const BatchLimits limits = batch_limits(s);
  Setting t{.d = s.deployment,
            .length = admitted_length(s),
            .room = s.workload.full_length(),
            .batch = admitted(row, limits),
            .batched_tokens = limits.batched_tokens,
            .utilization = s.memory_utilization.value_or(s.engine.memory_utilization),
            .two_batch = s.overlap == Overlap::two_batch,
            .fp8_cache = s.kv.name.starts_with("fp8"),
            .fp8_weights = quantised_on_load(s.model)};
  t.d.dp = static_cast<int>(t.d.dp / row.replicas);
  return t;
}

std::vector<std::string> vllm_words(const Setting& t, std::string_view checkpoint) {
  Words w{{"vllm serve " + shell_quoted(checkpoint)}};
  w.add_above_one("--tensor-parallel-size", t.d.tp);
  w.add_above_one("--pipeline-parallel-size", t.d.pp);
  w.add_above_one("--data-parallel-size", t.d.dp);
  if (t.d.ep > 1) w.add("--enable-expert-parallel");
  if (t.two_batch) {  // its exchange of tokens alone lets halves take turns
    w.add("--all2all-backend deepep_low_latency");
    w.add("--enable-dbo");
  }
  w.add("--max-model-len", t.length);
  w.add("--max-num-seqs", t.batch);
  w.add("--max-num-batched-tokens", t.batched_tokens);
  w.add("--gpu-memory-utilization", t.utilization);
  if (t.fp8_weights) w.add("--quantization fp8");
  if (t.fp8_cache) w.add("--kv-cache-dtype fp8");
  return w.all();
}

std::vector<std::string> sglang_words(const Setting& t, std::string_view checkpoint) {
  Words w{{"python -m sglang.launch_server", "--model-path " + shell_quoted(checkpoint)}};
  w.add_above_one("--tp-size", t.d.tp * t.d.dp);  // attention DP divides the ranks that tp counts
  w.add_above_one("--pp-size", t.d.pp);
  w.add_above_one("--dp-size", t.d.dp);
  if (t.d.dp > 1) w.add("--enable-dp-attention");
  w.add_above_one("--ep-size", t.d.ep);
  if (t.two_batch) {
    w.add("--moe-a2a-backend deepep");
    w.add("--enable-two-batch-overlap");
  }
  w.add("--context-length", t.length);
  w.add("--max-running-requests", t.batch * t.d.dp);
  w.add("--chunked-prefill-size", t.batched_tokens);
  if (t.utilization > 0) w.add("--mem-fraction-static", t.utilization);
  if (t.fp8_weights) w.add("--quantization fp8");
  if (t.fp8_cache) w.add("--kv-cache-dtype fp8_e4m3");
  return w.all();
}

std::vector<std::string> trtllm_words(const Setting& t, std::string_view checkpoint) {
  Words w{{"trtllm-serve " + shell_quoted(checkpoint)}};
  w.add_above_one("--tp_size", t.d.tp * t.d.dp);
  w.add_above_one("--pp_size", t.d.pp);
  w.add_above_one("--ep_size", t.d.ep);
  if (t.d.dp > 1) w.add("--enable_attention_dp");
  w.add("--max_seq_len", t.length);
  w.add("--max_batch_size", t.batch);
  w.add("--max_num_tokens", t.batched_tokens);
  w.add("--kv_cache_free_gpu_memory_fraction", t.utilization);
  if (t.fp8_cache) w.add("--kv_cache_dtype fp8");
  return w.all();
}

std::vector<std::string> llamacpp_words(const Setting& t, const KvFormat& kv, std::string_view checkpoint) {
  Words w{{"llama-server", "--model " + shell_quoted(checkpoint), "--n-gpu-layers 999"}};
  if (t.d.tp > 1) w.add("--split-mode row");
  w.add("--ctx-size", t.room * t.batch);
  w.add("--parallel", t.batch);
  if (kv.name == "q8_0" || kv.name == "q4_0")
    for (const char* side : {"--cache-type-k", "--cache-type-v"}) w.add(side, kv.name);
  return w.all();
}

}  // namespace

std::vector<std::string> launch_words(const PlanRow& row, std::string_view checkpoint) {
  const Scenario& s = row.scenario;
  const Setting t = setting(row);
  switch (s.engine.memory_rule) {
    case MemoryRule::fraction_of_total:
      return vllm_words(t, checkpoint);
    case MemoryRule::static_fraction:
      return sglang_words(t, checkpoint);
    case MemoryRule::fraction_of_free:
      return trtllm_words(t, checkpoint);
    case MemoryRule::whole_device:
      return llamacpp_words(t, s.kv, checkpoint);
  }
  return {};
}

std::vector<std::string> launch_notes(const PlanRequest& r, const PlanRow& row) {
  const Scenario& s = row.scenario;
  std::vector<std::string> notes;
  const auto format = weight_label(s.model);
  const bool engine_quantises =
      s.engine.memory_rule == MemoryRule::fraction_of_total || s.engine.memory_rule == MemoryRule::static_fraction;
  if (format != weight_label(r.base.model) && !(quantised_on_load(s.model) && engine_quantises))
    notes.push_back(fmt::format("needs a checkpoint with weights in {}", format));
  if (const double declared = s.model.max_context; declared > 0 && s.workload.full_length() > declared)
    notes.push_back(
        fmt::format("the model declares {} tokens at most: the engine may refuse {}, or answer badly beyond",
                    with_thousands(declared), with_thousands(s.workload.full_length())));
  if (row.replica_gpus() > std::max(8, s.device.link_domain))
    notes.push_back("one replica spans several nodes: start it by the engine's multi-node instructions");
  const Workload& w = s.workload;
  if (s.engine.memory_rule == MemoryRule::whole_device && w.longest_length() > w.full_length())
    notes.push_back(fmt::format("slots are of one size: conversations end at {} tokens", w.full_length()));
  return notes;
}

std::string hub_id(const ModelSpec& model) {
  const auto with_owner = [](const std::string& alias) { return alias.contains('/'); };
  const auto found = std::ranges::find_if(model.aliases, with_owner);
  if (found == model.aliases.end()) return model.name;
  std::string id = *found;
  if (const auto at = id.find("/Meta-"); at != std::string::npos) id.erase(at + 1, 5);
  return id;
}

}  // namespace roofcast
