#include "core/plan/plan.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

#include "core/plan/launch_command.hpp"
#include "core/plan/layouts.hpp"
#include "core/plan/nearest_slo.hpp"
#include "core/plan/plan_verdict.hpp"
#include "core/plan/robustness.hpp"
#include "tests/support/plan_requests.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

CompiledScenario toy_replica(const PlanRequest& r) {
  Scenario s = r.base;
  s.device = r.devices.front();
  return compile(s);
}

PlanRow row_of_one_device(const Plan& p) {
  const auto row = std::ranges::find_if(p.rows, [](const PlanRow& r) { return r.replica_gpus() == 1; });
  REQUIRE(row != p.rows.end());
  return *row;
}

std::string command(const PlanRow& row, std::string_view checkpoint) {
  std::string text;
  for (const auto& word : launch_words(row, checkpoint)) text += (text.empty() ? "" : " ") + word;
  return text;
}

PlanRequest llama_request(Engine engine, Device device = h100_sxm()) {
  PlanRequest r{.base = scenario(llama_3_1_8b(), device), .devices = {device}, .demand = {.amount = 20}};
  r.base.engine = std::move(engine);
  r.base.workload = {.isl = 2048, .osl = 512, .tpot_slo = 20 * units::ms};
  return r;
}

}  // namespace

TEST_CASE("plan: every device that serves is listed, however few rows are asked for", "[core][plan]") {
  auto r = toy_request();
  for (const char* id : {"toy-b", "toy-c"}) {
    Device other = toy_device();
    other.id = id;
    r.devices.push_back(std::move(other));
  }
  r.examined = 1;
  const auto p = plan(r);
  REQUIRE(p);
  CHECK(listed_rows(*p).size() == 3);  // one of each device
}

TEST_CASE("plan: a context above the declared maximum is said in the verdict and beside the command", "[core][plan]") {
  auto r = toy_request();  // 60 + 40 tokens
  r.base.model.max_context = 100;
  const auto within = plan(r);
  REQUIRE(within);
  CHECK(verdict(*within).sentence.find("declares") == std::string::npos);
  CHECK(launch_notes(r, within->rows.front()).empty());
  r.base.model.max_context = 99;
  const auto beyond = plan(r);
  REQUIRE(beyond);
  CHECK_THAT(verdict(*beyond).sentence, Catch::EndsWith("; the model declares 99 tokens at most"));
  REQUIRE(launch_notes(r, beyond->rows.front()).size() == 1);
  CHECK_THAT(launch_notes(r, beyond->rows.front()).front(), Catch::StartsWith("the model declares 99 tokens at most"));
}

TEST_CASE("a rank ends what Little's law says, and more with more under way (F3)", "[core][plan]") {
  const PlanRequest r = toy_request();
  const CompiledScenario c = toy_replica(r);
  const FeltTimes t = felt_times(c, r.base.workload, 4);
  CHECK(finished_per_second(c, r.base.workload, 4) == Approx(4 / (t.ttft + 40 * t.tpot).in(units::s)));
  // Half a request under way: alone half of the time, and as fast as one.
  CHECK(finished_per_second(c, r.base.workload, 0.5) == Approx(0.5 * finished_per_second(c, r.base.workload, 1)));
  CHECK(finished_per_second(c, r.base.workload, 8) > finished_per_second(c, r.base.workload, 4));
  CHECK(finished_per_second(c, r.base.workload, 4, {.tpot = 2, .ttft = 2}) ==
        Approx(finished_per_second(c, r.base.workload, 4) / 2));
}

TEST_CASE("a percentile takes more replicas, users do not vary (F4)", "[core][plan]") {
  PlanRequest r = toy_request();
  r.max_gpus = 64;
  // Exactly what three devices serve with the 10 sequences that fit on each.
  r.demand.amount = 3 * finished_per_second(toy_replica(r), r.base.workload, 10);
  const PlanRow steady = row_of_one_device(plan(r).value());
  CHECK(steady.replicas == 3);
  r.percentile = 0.99;
  const PlanRow p99 = row_of_one_device(plan(r).value());
  CHECK(p99.replicas > 3);
  CHECK(p99.peak <= p99.limit.batch);
  CHECK(p99.in_flight < p99.peak);

  r.demand = {Demand::Kind::users, 25};
  // 25 users take 3, with 25/3 = 8.3 on each, and do so every time.
  const PlanRow users = row_of_one_device(plan(r).value());
  CHECK(users.replicas == 3);
  CHECK(users.peak == 9);
  r.percentile.reset();
  CHECK(row_of_one_device(plan(r).value()).peak == 9);
}

TEST_CASE("headroom and spares come on top of the demand", "[core][plan]") {
  PlanRequest r = toy_request();
  r.demand = {Demand::Kind::users, 10};
  CHECK(row_of_one_device(plan(r).value()).replicas == 1);  // 10 fit
  r.headroom = 0.01;                                        // 10.1 do not
  CHECK(row_of_one_device(plan(r).value()).replicas == 2);
  r.spares = 1;
  const PlanRow spared = row_of_one_device(plan(r).value());
  CHECK(spared.gpus() == 3);
  CHECK(spared.scenario.deployment.dp == 2);  // the SLOs hold without the spare
}

TEST_CASE("plans are ranked by what is asked for, devices without a price last", "[core][plan]") {
  PlanRequest r = toy_request();
  Device cheap = toy_device(), dear = toy_device(), unknown = toy_device();
  cheap.name = "Cheap";
  cheap.price_usd_hour = 1;
  cheap.bandwidth = 0.5 * cheap.bandwidth;
  dear.name = "Dear";
  dear.price_usd_hour = 3;
  dear.tdp_watts = 100;
  unknown.name = "Unknown";
  r.devices = {unknown, dear, cheap};
  r.demand = {Demand::Kind::users, 10};
  const auto first = [&](Objective o) {
    r.objective = o;
    return plan(r)->rows.front().scenario.device.name;
  };
  CHECK(first(Objective::cost) == "Cheap");
  CHECK_FALSE(plan(r)->rows.back().usd_hour.has_value());
  CHECK(first(Objective::power) == "Dear");  // the only one whose power is known
  CHECK(first(Objective::throughput) != "Cheap");
  r.devices = {unknown};
  r.objective = Objective::cost;
  CHECK(plan(r)->ranked_by == Objective::gpus);
}

TEST_CASE("no plan on the frontier is beaten in cost and speed, and every other one is", "[core][plan]") {
  PlanRequest r = toy_request(5);
  r.devices.front().price_usd_hour = 1;
  r.max_gpus = 64;
  const Plan p = plan(r).value();
  REQUIRE_FALSE(p.frontier.empty());
  for (std::size_t i = 0; i < p.rows.size(); ++i) {
    const bool beaten = std::ranges::any_of(p.rows, [&](const PlanRow& o) {
      const PlanRow& row = p.rows[i];
      return *o.usd_hour <= *row.usd_hour && o.times.tpot <= row.times.tpot &&
             (*o.usd_hour < *row.usd_hour || o.times.tpot < row.times.tpot);
    });
    const bool kept = std::ranges::find(p.frontier, i) != p.frontier.end();
    if (kept) CHECK_FALSE(beaten);
  }
}

TEST_CASE("a tenth more link is a faster network between units too (F6)", "[core][plan]") {
  PlanRequest r = toy_request();
  r.demand = {Demand::Kind::users, 10};
  // Units of one device: all that ranks say goes over the network, which is slow.
  r.devices.front().system = System{.id = "box", .name = "Box", .network = 0.1 * r.devices.front().link};
  const Plan p = plan(r).value();
  const auto row = std::ranges::find_if(p.rows, [](const PlanRow& o) { return o.scenario.deployment.tp > 1; });
  REQUIRE(row != p.rows.end());
  const auto gains = robustness(r, *row).gains;
  CHECK(std::ranges::find(gains, "link", &ResourceGain::resource)->capacity > 1.005);
}

TEST_CASE("requests that arrive at random take more replicas than an even stream where prompts queue (F5)",
          "[core][plan]") {
  PlanRequest r = toy_request();
  r.max_gpus = 4096;
  const CompiledScenario c = toy_replica(r);
  // Ten of an even stream have a TTFT within the SLO; of requests that come in bunches one waits for another.
  r.base.workload.ttft_slo = 1.2 * felt_times(c, r.base.workload, 10).ttft;
  r.demand.amount = 20 * finished_per_second(c, r.base.workload, 10);
  const PlanRow row = row_of_one_device(plan(r).value());
  CHECK(row.queue_binds);
  CHECK(row.replicas > 20);
  REQUIRE(row.arriving);
  CHECK(row.arriving->ttft <= *r.base.workload.ttft_slo);
  CHECK(row.capacity_s >= r.demand.amount * (1 - 1e-9));
}

TEST_CASE("experts are spread over all ranks or none (F1)", "[core][plan]") {
  Scenario s = scenario(minimax_m2_5(), h100_sxm());
  const auto list = layouts(s, 16);
  const auto has = [&](const Deployment& d) { return std::ranges::find(list, d) != list.end(); };
  CHECK(has({.tp = 8}));
  CHECK(has({.tp = 8, .ep = 8}));
  CHECK(has({.tp = 4, .ep = 8, .dp = 2}));
  CHECK_FALSE(has({.tp = 8, .ep = 4}));
  CHECK_FALSE(has({.tp = 4, .pp = 2, .ep = 8, .dp = 2}));
  s.engine = llamacpp();
  for (const auto& d : layouts(s, 16)) CHECK(d.ep == 1);
}

TEST_CASE("an engine is not planned for on devices that it does not run on", "[core][plan]") {
  PlanRequest r = llama_request(trtllm());
  r.devices.front().vendor = "AMD";
  CHECK(plan(r).error().front().where == "--engine");
  r.devices.push_back(h100_sxm());
  r.devices.back().vendor = "NVIDIA";
  const Plan p = plan(r).value();
  CHECK(p.rows.front().scenario.device.vendor == "NVIDIA");
  CHECK(p.failures.front().cause == PlanFailure::Cause::unsupported);
}

TEST_CASE("a plan starts with its engine's own words", "[core][plan]") {
  const auto first = [](const PlanRequest& r) { return plan(r)->rows.front(); };
  auto row = first(llama_request(vllm()));
  row.scenario.deployment = {.tp = 4, .pp = 2, .dp = 3};
  row.replicas = 3;
  row.peak = row.limit.batch = 40;
  CHECK(command(row, "meta-llama/Llama-3.1-8B") ==
        "vllm serve meta-llama/Llama-3.1-8B --tensor-parallel-size 4 --pipeline-parallel-size 2 --max-model-len 2560 "
        "--max-num-seqs 40 --max-num-batched-tokens 8192 --gpu-memory-utilization 0.9");
  row.scenario.deployment = {.tp = 2, .ep = 8, .dp = 4};
  row.replicas = 1;
  row.scenario.kv = *find_kv_format("fp8");
  CHECK_THAT(command(row, "x"),
             Catch::Contains("--tensor-parallel-size 2 --data-parallel-size 4 --enable-expert-parallel") &&
                 Catch::EndsWith("--kv-cache-dtype fp8"));
  row.scenario.engine = sglang();
  CHECK_THAT(command(row, "x"),
             Catch::StartsWith("python -m sglang.launch_server --model-path x --tp-size 8 --dp-size 4 "
                               "--enable-dp-attention --ep-size 8 --context-length 2560 "
                               "--max-running-requests 160"));
  row.scenario.engine = trtllm();
  CHECK_THAT(command(row, "x"), Catch::StartsWith("trtllm-serve x --tp_size 8 --ep_size 8 --enable_attention_dp "
                                                  "--max_seq_len 2560 --max_batch_size 40"));
  row.scenario.deployment = {};
  row.scenario.engine = llamacpp();
  CHECK_THAT(command(row, "a b.gguf"),
             Catch::StartsWith("llama-server --model 'a b.gguf' --n-gpu-layers 999 --ctx-size 102400 "
                               "--parallel 40"));
}

TEST_CASE("a format that the checkpoint lacks is quantised on load, or a checkpoint is asked for", "[core][plan]") {
  PlanRequest r = llama_request(vllm());
  r.weights = {find_weight_format("fp8")};
  const Plan fp8 = plan(r).value();
  CHECK_THAT(command(fp8.rows.front(), "x"), Catch::Contains("--quantization fp8"));
  CHECK(launch_notes(r, fp8.rows.front()).empty());
  r.weights = {find_weight_format("awq")};
  CHECK(launch_notes(r, plan(r)->rows.front()) == std::vector<std::string>{"needs a checkpoint with weights in awq"});
}

TEST_CASE("a model's hub id is its first alias with an owner", "[core][plan]") {
  ModelSpec m = toy_model();
  CHECK(hub_id(m) == "Toy");
  m.aliases = {"toy", "meta-llama/Meta-Llama-3.1-8B"};
  CHECK(hub_id(m) == "meta-llama/Llama-3.1-8B");
}

TEST_CASE("an SLO is printed rounded up, never down", "[core][plan]") {
  CHECK(slo_flag(12.301 * units::ms) == "12.4ms");
  CHECK(slo_flag(12.3 * units::ms) == "12.4ms");  // a rounding error of the flag must not undo it
  CHECK(slo_flag(999.9 * units::ms) == "1000ms");
  CHECK(slo_flag(1.2345 * units::s) == "1.24s");
  CHECK(slo_flag(0.05678 * units::ms) == "0.0568ms");
}

TEST_CASE("a demand that nothing serves says what is short", "[core][plan]") {
  PlanRequest r = toy_request();
  r.devices.front().memory = 15000.0 * units::byte;  // 16,000 B of weights
  r.max_gpus = 1;
  const Plan p = plan(r).value();
  REQUIRE(p.rows.empty());
  REQUIRE(p.failures.size() == 1);
  CHECK(p.failures.front().cause == PlanFailure::Cause::weights);
  CHECK(p.failures.front().missing == 3200.0 * units::byte);  // 16,000 + 2,200 - 15,000
  CHECK(p.nearest.empty());
  CHECK_THAT(verdict(p).sentence, Catch::Contains("no SLO would help"));
}

TEST_CASE("too few devices are told with what they would serve", "[core][plan]") {
  PlanRequest r = toy_request();
  r.demand = {Demand::Kind::users, 25};
  r.max_gpus = 1;
  const Plan p = plan(r).value();
  REQUIRE(p.rows.empty());
  CHECK(p.failures.front().cause == PlanFailure::Cause::gpus);
  CHECK(p.failures.front().gpus == 3);
  CHECK(p.failures.front().most_demand == 10);  // sequences that fit on one
  CHECK_THAT(failure_text(r, p.failures.front()),
             Catch::StartsWith("needs 3 GPUs, above --max-gpus 1 (which serve 10 users)"));
}

TEST_CASE("a question without demand, lengths or devices is none", "[core][plan]") {
  PlanRequest r = toy_request(0);
  CHECK(plan(r).error().front().where == "--rps");
  r = toy_request();
  r.devices.clear();
  CHECK(plan(r).error().front().where == "--hardware");
  r = toy_request();
  r.base.workload = {.context = 100};
  CHECK(plan(r).error().front().where == "--context");
  r = toy_request();
  r.devices.front().memory.reset();
  CHECK(plan(r).error().front().where == "--memory");
}

TEST_CASE("plan: a stop that is requested ends the search, and there is no plan", "[core][plan]") {
  std::stop_source source;
  CHECK(plan(toy_request(), source.get_token()));
  source.request_stop();
  const auto stopped = plan(toy_request(), source.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().front().what == "was stopped");
}
