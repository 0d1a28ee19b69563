#include <catch2/catch.hpp>

#include "core/decode_step.hpp"
#include "core/estimate.hpp"
#include "core/step_plan.hpp"
#include "core/weights.hpp"
#include "tests/support/random_pace.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

// Laws of the roofline step over random models, devices and deployments. The seed reproduces a failure.

namespace {

DeviceRoofs scaled(DeviceRoofs r, double k) {
  r = r.with_links(k);
  r.bandwidth = k * r.bandwidth;
  for (auto& f : r.compute) f = k * f;
  return r;
}

/// Not below `b`, but for the last bits of a double.
bool at_least(Seconds a, Seconds b) {
  return a.in(s) >= b.in(s) * (1 - 1e-12);
}

}  // namespace

TEST_CASE("more context or a larger batch never makes a step faster (D1-D6)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  const auto time = [&](double batch, double context) {
    return decode_time(c.plan, c.roofs, {.batch = batch, .context = context}).time;
  };
  for (const double batch : {1, 2, 3, 4, 5, 7, 8, 64, 500})
    for (const double context : {1, 127, 128, 4096, 100'000}) {
      CAPTURE(batch, context);
      CHECK(at_least(time(batch + 1, context), time(batch, context)));
      CHECK(at_least(time(batch, context + 1), time(batch, context)));
      CHECK(at_least(time(batch, 2 * context), time(batch, context)));
    }
}

TEST_CASE("a larger batch slows each user and serves more tokens in all (D1-D6)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  Rates before = rates(c, {.context = 2000}, 1);
  for (const double batch : {2, 3, 4, 5, 6, 8, 16, 17, 100, 1000}) {
    CAPTURE(batch, c.plan.pp, c.plan.stage_imbalance);
    const Rates now = rates(c, {.context = 2000}, batch);
    CHECK(now.tokens_s_user <= before.tokens_s_user * (1 + 1e-12));
    CHECK(now.tokens_s >= before.tokens_s * (1 - 1e-12));
    before = now;
  }
}

TEST_CASE("doubling every roof halves the time of decode and prefill (R1, D6, D8)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  const DeviceRoofs twice = scaled(c.roofs, 2);
  const Load load{.batch = 17, .context = 3000};

  const StepTime slow = decode_time(c.plan, c.roofs, load), fast = decode_time(c.plan, twice, load);
  CHECK(slow.time / fast.time == Approx(2.0).epsilon(1e-12));
  CHECK(slow.bound == fast.bound);
  CHECK(prefill_time(c.plan, c.roofs, 5000, 2048).time / prefill_time(c.plan, twice, 5000, 2048).time ==
        Approx(2.0).epsilon(1e-12));
}

TEST_CASE("a faster machine never makes a step slower (R1)", "[core][property]") {
  const int seed = GENERATE(range(0, 100));
  const int which = GENERATE(0, 1, 2);
  CAPTURE(seed, which);
  const CompiledScenario c = compile(random_scenario(seed));
  DeviceRoofs better = c.roofs;
  if (which == 0) better.bandwidth = 1.7 * better.bandwidth;
  if (which == 1) better = better.with_links(1.7);
  if (which == 2)
    for (auto& f : better.compute) f = 1.7 * f;
  const Load load{.batch = 33, .context = 9000};
  CHECK(at_least(decode_time(c.plan, c.roofs, load).time, decode_time(c.plan, better, load).time));
}

TEST_CASE("no operator beats a roof (R1)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  const Load load{.batch = static_cast<double>(1 << (seed % 10)), .context = 1000.0 * (1 + seed % 50)};

  FlopsPerSecond fastest{};
  for (const auto f : c.roofs.compute) fastest = std::max(fastest, f);
  for (const Step& step : {decode_step(c.plan, c.roofs, load), prefill_step(c.plan, c.roofs, 3000, 1024)})
    for (const auto& p : step.parts) {
      CAPTURE(p.name);
      const Cost cost = p.traffic.cost();
      CHECK(at_least(p.timed.time, cost.bytes / c.roofs.bandwidth));
      CHECK(at_least(p.timed.time, cost.flops / fastest));
      const BytesPerSecond link = c.roofs.link_of(p.kind).bandwidth;
      if (link > BytesPerSecond{}) CHECK(at_least(p.timed.time, cost.network / link));
    }
}

TEST_CASE("a step is the sum of its operators, with parts and without (D6)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  const Load load{.batch = static_cast<double>(1 + seed % 40), .context = 2500};

  const Step step = decode_step(c.plan, c.roofs, load);
  const StepTime short_form = decode_time(c.plan, c.roofs, load);
  Seconds sum{};
  Cost cost{};
  for (const auto& p : step.parts) {
    sum += p.timed.time;
    cost = cost + p.traffic.cost();
  }
  CHECK(step.time() == sum);
  CHECK(short_form.time == sum);
  CHECK(short_form.cost.bytes == cost.bytes);
  CHECK(short_form.cost.flops == cost.flops);
  CHECK(short_form.cost.network == cost.network);
  CHECK(short_form.bound == step.bound());

  const Step prompt = prefill_step(c.plan, c.roofs, 3000, 1024);
  CHECK(prefill_time(c.plan, c.roofs, 3000, 1024).time == prompt.time());
}

TEST_CASE("splitting layers over pipeline stages never speeds up one stream (D6)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  const int pp = GENERATE(2, 3, 4);
  CAPTURE(seed, pp);
  const ModelSpec m = random_model(seed);
  if (pp > m.layer_count()) return;
  const Device device = random_device(seed);
  const auto time = [&](int stages) {
    const Deployment d{.pp = stages};
    return decode_time(step_plan(m, d, {}), device_roofs(device, d), {.batch = 1, .context = 4000}).time;
  };
  CHECK(at_least(time(pp), time(1)));
}

TEST_CASE("more layers of a kind cost in proportion (D6)", "[core][property]") {
  const int seed = GENERATE(range(0, 80));
  CAPTURE(seed);
  ModelSpec m = random_model(seed);
  const DeviceRoofs roofs = device_roofs(random_device(seed), {});
  const auto time = [&] { return decode_time(step_plan(m, {}, {}), roofs, {.batch = 5, .context = 900}).time.in(s); };

  const double once = time();
  const std::vector<int> order = m.layers;
  m.layers.insert(m.layers.end(), order.begin(), order.end());
  const double twice = time();
  m.layers.insert(m.layers.end(), order.begin(), order.end());
  const double thrice = time();
  CHECK(thrice - twice == Approx(twice - once));
}

TEST_CASE("a longer prompt is never faster, and smaller chunks never help it (D7, D8)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  const auto time = [&](double tokens, double chunk) { return prefill_time(c.plan, c.roofs, tokens, chunk).time; };
  for (const double tokens : {1, 100, 128, 2048, 2049, 30'000}) {
    CAPTURE(tokens);
    CHECK(at_least(time(tokens + 1, 2048), time(tokens, 2048)));
    CHECK(at_least(time(2 * tokens, 2048), time(tokens, 2048)));
    CHECK(at_least(time(tokens, 512), time(tokens, 2048)));
  }
}

TEST_CASE("one prompt costs at least one decode step of the same length (D8)", "[core][property]") {
  const int seed = GENERATE(range(0, 120));
  CAPTURE(seed);
  Scenario s = random_scenario(seed);
  s.deployment.dcp = 1;  // decode alone spreads rows over dcp ranks
  const CompiledScenario c = compile(s);
  CHECK(at_least(prefill_time(c.plan, c.roofs, 1, 1024).time, 0.999 * decode_time(c.plan, c.roofs, {}).time));
}

TEST_CASE("operators stream the weights that a rank stores, all but the input table (D1, D3, M4)", "[core][property]") {
  const int seed = GENERATE(range(0, 200));
  CAPTURE(seed);
  ModelSpec m = random_model(seed);
  m.tied_embeddings = false;
  Deployment d = random_deployment(m, seed);
  d.pp = 1;
  CAPTURE(d.tp, d.ep, d.dp);

  double streamed = 0;
  for (const auto& op : step_plan(m, d, {}).operators)
    streamed += op.count * (op.weight_bytes + op.local_experts * op.expert_bytes);
  const double table = static_cast<double>(m.vocab) * m.hidden / d.tp * m.embedding_format.bytes_per_weight;
  CHECK(streamed == Approx(weight_bytes_per_rank(m, d, 0).in(byte)-table).epsilon(1e-12));
}

TEST_CASE("no pace beats the roofline (S1, R1)", "[core][property]") {
  const int seed = GENERATE(range(0, 150));
  CAPTURE(seed);
  const CompiledScenario c = compile(random_scenario(seed));
  CompiledScenario paced = c;
  paced.roofs.pace = random_pace(seed);
  Seconds shorter{}, smaller{};
  for (const double size : {1, 2, 4, 16, 100, 1000}) {
    CAPTURE(size);
    const Load batch{.batch = size, .context = 1000}, context{.batch = 4, .context = 50 * size};
    const Seconds t = decode_time(paced.plan, paced.roofs, batch).time;
    CHECK(at_least(t, decode_time(c.plan, c.roofs, batch).time));
    CHECK(at_least(t, smaller));
    smaller = t;
    const Seconds u = decode_time(paced.plan, paced.roofs, context).time;
    CHECK(at_least(u, decode_time(c.plan, c.roofs, context).time));
    CHECK(at_least(u, shorter));
    shorter = u;
  }
}
