#include <catch2/catch.hpp>

#include "core/decode_step.hpp"
#include "tests/support/sample_models.hpp"
#include "tests/support/sample_scenarios.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;

namespace {

/// 450 GB/s inside servers of 8, 50 GB/s and 10 us between them.
Device server() {
  Device d = h100_sxm();
  d.system = System{.id = "server",
                    .name = "Server",
                    .devices = 8,
                    .network_type = "InfiniBand",
                    .network = 50.0 * GB / s,
                    .network_latency = 10.0 * us};
  return d;
}

double gb_s(const LinkRoof& link) {
  return link.bandwidth.in(GB / s);
}

}  // namespace

TEST_CASE("ranks fill a domain, then a server, then several (T1)", "[core][topology]") {
  Device pairs = server();
  pairs.link_domain = 2;
  CHECK(gb_s(topology(pairs, 2).near) == 450);
  CHECK(topology(pairs, 2).islands(2) == 1);
  CHECK(topology(pairs, 8).islands(8) == 4);
  CHECK(gb_s(topology(pairs, 8).far) == 64);  // PCIe between the pairs of one server
  CHECK(topology(pairs, 16).islands(16) == 2);
  CHECK(gb_s(topology(pairs, 16).near) == 64);
  CHECK(gb_s(topology(pairs, 16).far) == 50);
  CHECK(topology(pairs, 16).far.latency.in(us) == Approx(10));

  Device two = server();
  two.system->devices = 2;  // a domain ends where its server does
  CHECK(topology(two, 4).islands(4) == 2);
  two.system->network = {};  // nobody said what joins them
  CHECK(gb_s(topology(two, 4).far) == 64);
}

TEST_CASE("devices without links meet over PCIe (T1)", "[core][topology]") {
  Device d = h100_sxm();
  d.link = {};
  CHECK(topology(d, 64).islands(64) == 1);
  CHECK(gb_s(topology(d, 64).near) == 64);
}

TEST_CASE("a mesh gives a group the links between its members (T5)", "[core][topology]") {
  Device mesh = server();
  mesh.link_topology = LinkTopology::mesh;  // 7 links of 450 / 7 GB/s
  CHECK(gb_s(topology(mesh, 2).near) == Approx(450.0 / 7));
  CHECK(gb_s(topology(mesh, 4).near) == Approx(3 * 450.0 / 7));
  CHECK(gb_s(topology(mesh, 8).near) == 450);
  CHECK(gb_s(topology(mesh, 16).near) == 450);
  CHECK(gb_s(all_to_all_link(topology(mesh, 4), 4)) == Approx(3 * 450.0 / 7));
  // A stage sends to one other device, however many there are.
  CHECK(gb_s(stage_link(topology(mesh, 8), {.tp = 4, .pp = 2})) == Approx(450.0 / 7));
  CHECK(gb_s(stage_link(topology(server(), 8), {.tp = 4, .pp = 2})) == 450);
  CHECK(link_share(server(), 2) == 1);
}

TEST_CASE("an all-reduce over servers moves a server's share between them (T2)", "[core][topology]") {
  const LinkRoof l = all_reduce_link(topology(server(), 16), 16);
  // Of one byte: 2 x 7/8 / 450 GB/s inside, 2 x 1/2 / 8 / 50 GB/s between: 3.889 ps + 2.5 ps. A flat ring of 16 sends
  // 2 x 15/16 = 1.875 byte: 1.875 / 6.389 ps = 293.5 GB/s. Up and down the tree of two: 2 x 10 us.
  CHECK(gb_s(l) == Approx(1.875 / (1.75 / 450 + 0.125 / 50)));
  CHECK(l.latency.in(us) == Approx(20));
  CHECK(all_reduce_link(topology(server(), 64), 64).latency.in(us) == Approx(60));  // 2 log2(8)
  CHECK(all_reduce_link(topology(server(), 8), 8) == topology(server(), 8).near);
}

TEST_CASE("two tiers that are alike are one ring (T2)", "[core][topology]") {
  Device d = server();
  d.system->network = d.link;
  d.system->network_latency = {};
  for (const int ranks : {16, 24, 32, 128})
    CHECK(gb_s(all_reduce_link(topology(d, ranks), ranks)) == Approx(450).epsilon(1e-12));
}

TEST_CASE("an all-to-all waits for what leaves the server (T3)", "[core][topology]") {
  // 8 of the 15 other ranks are elsewhere: 8/15 of a byte at 50 GB/s takes longer than 7/15 at 450.
  CHECK(gb_s(all_to_all_link(topology(server(), 16), 16)) == Approx(50 * 15.0 / 8));
  CHECK(gb_s(all_to_all_link(topology(server(), 8), 8)) == 450);
}

TEST_CASE("borders of stages between servers are slower (T4)", "[core][topology]") {
  // tp 4, pp 4: borders after ranks 4, 8, 12; the second one leaves the server.
  const Deployment d{.tp = 4, .pp = 4};
  const LinkRoof l = stage_link(topology(server(), 16), d);
  CHECK(gb_s(l) == Approx(3 / (2.0 / 450 + 1.0 / 50)));
  CHECK(l.latency.in(us) == Approx(10.0 / 3));
}

TEST_CASE("messages between servers take their latency, bytes or not (D5, T2)", "[core][topology]") {
  const ModelSpec m = llama_3_1_8b();
  const auto reduce = [&](Seconds latency) {
    Device d = server();
    d.system->network_latency = latency;
    const Deployment two{.tp = 16};
    const Step step = decode_step(step_plan(m, two, {}), device_roofs(d, two), {.batch = 1, .context = 100});
    for (const auto& p : step.parts)
      if (p.name == "all_reduce") return p.timed;
    return Timed{};
  };
  // 32 layers x 2 all-reduces x 2 x 10 us
  CHECK((reduce(10.0 * us).time - reduce({}).time).in(us) == Approx(1280));
  CHECK(reduce(10.0 * us).bound == Bound::network);
}

TEST_CASE("tokens of several replicas go to the experts' ranks and back (D9)", "[core][topology]") {
  const auto exchange = [](const Deployment& d) {
    for (const auto& op : step_plan(deepseek_v3(), d, {}).operators)
      if (op.kind == OperatorKind::all_to_all) return op;
    return Operator{};
  };
  CHECK(exchange({.tp = 8, .ep = 8}).count == 0);  // every rank has the tokens already
  const Operator op = exchange({.ep = 8, .dp = 8});
  CHECK(op.count == 58);
  // 8 (1 - (7/8)^8) = 5.251 ranks are met, 7/8 of them others: 4.595 copies of 7168 x 2 B there and back
  CHECK(op.network_token == Approx(2 * 8 * (1 - std::pow(7.0 / 8, 8)) * 7 / 8 * 7168 * 2));
  CHECK(exchange({.tp = 2, .ep = 8, .dp = 4}).network_token == Approx(op.network_token / 2));
}

TEST_CASE("ranks that share rows exchange queries, sums and partial results in a step (D13)", "[core][topology]") {
  const auto exchange = [](const ModelSpec& m, const Deployment& d) {
    for (const auto& op : step_plan(m, d, {}).operators)
      if (op.kind == OperatorKind::context_exchange) return op;
    return Operator{};
  };
  CHECK(exchange(deepseek_v3(), {.tp = 8}).count == 0);
  // A rank's 16 heads have queries of 576 and results of 512 elements of 2 B, and it knows the sums of all 128 heads in
  // 4 B each; 7 others.
  const Operator latent = exchange(deepseek_v3(), {.tp = 8, .dcp = 8});
  CHECK(latent.count == 61);
  CHECK(latent.network_token == 7 * (16 * (576 + 512) * 2 + 128 * 4));
  CHECK(latent.messages == 3);
  // 2 heads of 128 elements each way, the sums of 4 heads, one other
  CHECK(exchange(llama_3_1_8b(), {.tp = 16, .dcp = 2}).network_token == 2 * 128 * 2 * 2 + 4 * 4);
  CHECK(prefill_traffic(latent, 1000, 1).network == 0);
  CHECK(decode_traffic(latent, {.batch = 3, .context = 10}).network == 3 * latent.network_token);
}

TEST_CASE("a gather is half of an all-reduce (T6)", "[core][topology]") {
  const Topology two = topology(server(), 16);
  CHECK(one_way_link(two, 16).bandwidth == all_reduce_link(two, 16).bandwidth);
  CHECK(one_way_link(two, 16).latency.in(us) == Approx(10));  // once up the tree of two servers
  // tp 16 reaches beyond a server, its groups of 8 do not; groups of 16 do.
  CHECK(device_roofs(server(), {.tp = 16, .dcp = 8}).link_of(OperatorKind::context_exchange) ==
        topology(server(), 8).near);
  CHECK(device_roofs(server(), {.tp = 16, .dcp = 16}).link_of(OperatorKind::context_exchange) == one_way_link(two, 16));
}
