/// Pools that vLLM's start-up logs report, against the pools that its rules give for the same inputs.

#include <catch2/catch.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "core/batch_limits.hpp"
#include "core/engine_version.hpp"
#include "core/memory_budget.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

struct Pool {
  std::string name{};
  double measured = 0;   ///< GiB
  double predicted = 0;  ///< GiB

  [[nodiscard]] double error() const { return predicted / measured - 1; }
};

/// A log's pool, or why nothing is predicted for it.
struct Outcome {
  std::optional<Pool> pool{};
  std::string reason{};
};

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  return status == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

/// "non_torch 0.35GiB" -> 0.35: the number after a word of the notes.
std::optional<double> stated(const std::string& notes, const std::string& word) {
  std::smatch found;
  if (!std::regex_search(notes, found, std::regex(word + " ([0-9.]+) ?GiB"))) return std::nullopt;
  return number(found[1]);
}

/// GiB that the device reports: in the notes, or beside its name.
std::optional<double> reported_memory(const CsvRow& row) {
  for (const auto* word : {"total_gpu_memory", "total"})
    if (const auto found = stated(row.at("notes"), word)) return found;
  std::smatch found;
  if (std::regex_search(row.at("gpu"), found, std::regex(R"(\(([0-9.]+)GiB\))"))) return number(found[1]);
  return std::nullopt;
}

Engine vllm() {
  return shipped(find_engine(shipped_presets(), "vllm"));
}

/// vLLM's first engine, with the memory outside PyTorch that the log states.
Engine first_engine(double longest, double non_torch) {
  Engine e = at_version(vllm(), "0.6", longest);
  e.context = non_torch * GiB;
  return e;
}

double predicted_pool(const ModelSpec& model, const Engine& engine, const BatchLimits& batch, double memory_gib,
                      double utilization) {
  return memory_budget(model, {}, 0, engine,
                       {.capacity = memory_gib * GiB,
                        .utilization = utilization,
                        .batched_tokens = static_cast<double>(batch.batched_tokens),
                        .sequences = static_cast<double>(batch.sequences)})
      .kv_pool.in(GiB);
}

Outcome outcome(const CsvRow& row) {
  const auto pool = number(row.at("kv_cache_gib"));
  if (row.at("notes").contains("NOT vLLM")) return {{}, "another engine"};
  const auto model = find_model(shipped_presets(), row.at("model"));
  if (!model) return {{}, "no preset of this checkpoint"};
  if (!pool) return {{}, "the log states no pool in GiB"};
  const auto utilization = number(row.at("gpu_memory_utilization"));
  if (!utilization) return {{}, "the fraction is not stated"};
  if (row.at("notes").contains("INFERRED")) return {{}, "version or layout were inferred by the collector"};
  const auto memory = reported_memory(row);
  if (!memory) return {{}, "the device's reported memory is not stated"};
  const auto non_torch = stated(row.at("notes"), "non_torch"), longest = number(row.at("max_model_len"));
  if (!row.at("vllm_version").starts_with("0.6") || !non_torch || !longest)
    return {{}, "rules of this version need more than the log states"};
  if (row.at("tp") != "1") return {{}, "several ranks: what each one holds is not stated"};
  const Engine e = first_engine(*longest, *non_torch);
  const double gib = predicted_pool(*model, e, default_batch_limits(e, Device{}, 1), *memory, *utilization);
  return {Pool{row.at("repo") + "#" + row.at("issue") + ", " + row.at("max_model_len"), *pool, gib}, {}};
}

std::string line(const Pool& p) {
  return fmt::format("{}: measured {:.2f}, predicted {:.2f} GiB ({:+.2f}%)\n", p.name, p.measured, p.predicted,
                     100 * p.error());
}

/// docs/model/memory.md: vLLM 0.28, bf16, fraction 0.90, maximum length 8192, one A100-80.
std::vector<Pool> a100_pools() {
  const auto device = shipped(find_device(shipped_presets(), "a100-sxm"));
  const Engine e = vllm();
  const auto batch = default_batch_limits(e, device, 1);
  std::vector<Pool> pools;
  for (const auto& [name, measured] : {std::pair<const char*, double>{"meta-llama/Meta-Llama-3-8B", 55.11},
                                       {"deepseek-ai/DeepSeek-R1-Distill-Qwen-14B", 41.96},
                                       {"deepseek-ai/DeepSeek-V2-Lite", 40.79}}) {
    const auto model = shipped(find_model(shipped_presets(), name));
    pools.push_back({name, measured, predicted_pool(model, e, batch, device.memory->in(GiB), 0.90)});
  }
  return pools;
}

}  // namespace

TEST_CASE("vLLM's pools on an A100-80 come out within 0.6% (M6, M10, M11)") {
  for (const auto& pool : a100_pools()) {
    INFO(line(pool));
    CHECK(std::abs(pool.error()) < 0.006);
  }
}

TEST_CASE("pools of public start-up logs come out within 2% in the middle, none 10% too large (M6, M10, M11)") {
  const auto file = std::filesystem::path(ROOFCAST_SHARED_DIR) / "measured/vllm_kv_cases.csv";
  if (!std::filesystem::exists(file)) {
    WARN("skipped: no collection of start-up logs at " << file);
    return;
  }
  auto pools = a100_pools();
  std::string table, left_out;
  const auto rows = csv_rows(file);
  for (const auto& row : rows) {
    const auto o = outcome(row);
    if (o.pool)
      pools.push_back(*o.pool);
    else
      left_out += fmt::format("{}#{} {}: {}\n", row.at("repo"), row.at("issue"), row.at("model"), o.reason);
  }
  std::vector<double> errors;
  for (const auto& pool : pools) {
    table += line(pool);
    errors.push_back(std::abs(pool.error()));
    CHECK(pool.error() < 0.10);
  }
  WARN("predicted:\n" << table << "not predicted:\n" << left_out);
  CHECK(pools.size() >= 6);
  std::ranges::sort(errors);
  CHECK(errors[errors.size() / 2] <= 0.02);
}
