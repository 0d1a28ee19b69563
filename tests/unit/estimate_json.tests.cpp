#include "hwmodels/estimate_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const Scenario& s) {
  return Json::parse(estimate_json(estimate(s).value()));
}

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object.items()) names.push_back(key);
  return names;
}

/// The keys begin as docs/cli.md lists them; more may follow.
bool begins_with(const Json& object, const std::vector<std::string>& expected) {
  const auto names = keys(object);
  return names.size() >= expected.size() && std::equal(expected.begin(), expected.end(), names.begin());
}

}  // namespace

TEST_CASE("estimate JSON: keys in the documented order") {
  const auto j = json_of(toy_scenario());
  CHECK(keys(j) == std::vector<std::string>{"schema_version", "model", "hardware", "deployment", "workload", "grade",
                                            "memory", "limits", "decode", "prefill", "serving", "arrivals", "cost",
                                            "assumptions"});
  CHECK(begins_with(
      j["memory"],
      {"capacity_bytes", "usable_bytes", "weights_bytes_per_gpu", "overhead_bytes_per_gpu", "kv_pool_bytes_per_gpu",
       "kv_bytes_per_token", "kv_bytes_per_token_per_gpu", "kv_bytes_per_sequence", "kv_bytes_allocated_per_sequence",
       "state_bytes_per_sequence", "kv_pool_tokens", "block_size_tokens", "kv_blocks", "kv_bytes_used", "fits"}));
  CHECK(begins_with(j["limits"], {"max_batch_memory", "max_batch_slo", "max_batch", "binding", "max_context_tokens",
                                  "max_concurrency_full_length"}));
  CHECK(begins_with(j["decode"], {"step_ms", "step_low_ms", "step_high_ms", "tokens_s_user", "tokens_s", "tokens_s_gpu",
                                  "flops", "bytes", "intensity_flop_byte", "bound", "ops"}));
  CHECK(begins_with(j["decode"]["ops"][0],
                    {"name", "count", "flops", "weight_bytes", "kv_bytes", "activation_bytes", "network_bytes",
                     "time_ms", "low_ms", "high_ms", "bound", "grade", "intensity_flop_byte"}));
  CHECK(begins_with(j["prefill"], {"ttft_ms", "ttft_low_ms", "ttft_high_ms", "tokens_s", "flops", "bytes", "bound"}));
  CHECK(begins_with(j["cost"], {"usd_hour", "usd_mtok_output"}));
}

TEST_CASE("estimate JSON: exact bytes are integers") {
  const auto m = json_of(toy_scenario())["memory"];
  CHECK(m["weights_bytes_per_gpu"].is_number_integer());
  CHECK(m["weights_bytes_per_gpu"] == 16000);
  CHECK(m["kv_bytes_per_token"] == 80);
  CHECK(m["kv_bytes_per_sequence"] == 8000);
  CHECK(m["kv_pool_bytes_per_gpu"] == 81800);
  CHECK(m["kv_blocks"] == 102);
  CHECK(m["kv_pool_tokens"] == 1020);
  CHECK(m["kv_bytes_used"] == 80000);  // 10 sequences
}

TEST_CASE("estimate JSON: a roof is the low end of a time, and there is no high end") {
  const auto d = json_of(toy_scenario())["decode"];
  CHECK(d["step_low_ms"] == d["step_ms"]);
  CHECK(d["step_high_ms"].is_null());
  double sum = 0;
  for (const auto& op : d["ops"]) {
    CHECK(op["grade"] == "theoretical");
    CHECK(op["high_ms"].is_null());
    sum += op["time_ms"].get<double>();
  }
  CHECK(sum == Approx(d["step_ms"].get<double>()));
}

TEST_CASE("estimate JSON: what is absent is null: no speed where it does not fit, no SLO, no price") {
  auto s = toy_scenario();
  s.workload.batch = 11;
  const auto j = json_of(s);
  CHECK(j["memory"]["fits"] == false);
  CHECK(j["decode"].is_null());
  CHECK(j["prefill"].is_null());
  CHECK(j["limits"]["max_batch_slo"].is_null());
  CHECK(j["cost"]["usd_hour"].is_null());
  CHECK(j["memory"]["weights_bytes_per_gpu"] == 16000);  // exact bytes still there
}

TEST_CASE("estimate JSON: an end that does not come is null, not infinity") {
  auto s = toy_scenario();
  s.workload.ttft_slo = 1e6 * units::s;  // kept by any batch
  CHECK(json_of(s)["limits"]["max_batch_slo"].is_null());
}

TEST_CASE("comparison JSON: figures and ratios by key, a whole estimate per column") {
  const std::vector<Candidate> two{{.label = "mha", .own = true, .scenario = toy_scenario(4)},
                                   {.label = "mqa", .scenario = toy_scenario(1)}};
  const auto j = Json::parse(comparison_json(compare(two).value()));
  CHECK(j["common_batch"] == 10);
  CHECK(j["columns"][0]["own"] == true);
  CHECK(j["columns"][1]["figures"]["kv_bytes_per_token"] == 20);
  CHECK(j["columns"][1]["ratio_to_first"]["kv_bytes_per_token"] == 0.25);
  CHECK(j["columns"][1]["figures"]["binding"] == "memory");
  CHECK(j["columns"][1]["at_maximum"]["limits"]["max_batch"] == 41);
}
