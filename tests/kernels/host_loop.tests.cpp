#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include "core/host_attention.hpp"
#include "hwmodels/bench/bench_run.hpp"
#include "hwmodels/kernels/split_kv.hpp"
#include "hwmodels/probe/host_probe.hpp"

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("the model cuts work into as many pieces as the kernel does (H4)", "[bench][split]") {
  for (const int threads : {1, 2, 3, 8})
    for (const int heads : {1, 2, 8, 32})
      for (const int batch : {1, 4})
        for (const int context : {64, 512, 4096, 32768}) {
          const std::vector<int> contexts(static_cast<std::size_t>(batch), context);
          const auto chunks = kernels::split_kv({.query_heads = heads, .kv_heads = heads}, contexts, threads);
          const auto modelled = host_chunks({.batch = static_cast<double>(batch),
                                             .context = static_cast<double>(context),
                                             .heads = static_cast<double>(heads),
                                             .kv_heads = static_cast<double>(heads)},
                                            threads);
          INFO(threads << " threads, " << heads << " heads, batch " << batch << ", context " << context);
          // The kernel rounds pieces up to whole blocks of 64 tokens, so it may cut fewer, by a block at most.
          CHECK(modelled.count >= static_cast<double>(chunks.size()));
          CHECK(chunks.front().end - chunks.front().begin <= modelled.tokens + 64);
        }
}

TEST_CASE("a machine that was probed is predicted: probe, bench and model in one loop (H5)", "[bench][probe]") {
#ifdef __SANITIZE_ADDRESS__
  WARN("sanitizers slow the kernels, not the memory: nothing to compare");
  return;
#endif
  // Quick and on one thread: the bound is loose, it is there to see a model that is broken, not noise.
  const probe::ProbeRequest request{
      .threads = 1, .caches = {.l1 = 32 * KiB, .l2 = 512 * KiB, .l3 = 8 * MiB}, .effort = 0.03, .date = "today"};
  const HostCeilings ceilings = probe::probe_host(request, {}).value();
  const bench::BenchOptions options{.threads = 1, .repeats = {.at_least = 0 * s, .budget = 15 * ms}};
  std::vector<double> errors;
  for (const int kv_heads : {8, 2, 1})
    for (const auto element : kernels::kKvElements)
      for (const int context : {256, 2048}) {
        const bench::AttentionPoint point{.shape = {.query_heads = 8, .kv_heads = kv_heads, .kv = element},
                                          .context = context};
        const auto row = bench::run_bench(point, options).value();
        const auto predicted = host_attention_time({.context = static_cast<double>(context),
                                                    .heads = 8,
                                                    .kv_heads = static_cast<double>(kv_heads),
                                                    .element = kernels::name(element),
                                                    .threads = 1},
                                                   ceilings);
        REQUIRE(predicted.has_value());
        if (!row.timing.contended) errors.push_back(std::fabs(predicted->time / row.timing.median - 1));
      }
  if (errors.empty()) {
    WARN("every run lost its CPU: nothing to compare");
    return;
  }
  std::ranges::sort(errors);
  INFO("median error " << errors[errors.size() / 2]);
  CHECK(errors[errors.size() / 2] < 0.6);
}
