#include <catch2/catch.hpp>

#include <limits>

#include "core/attention/grouped_query.hpp"
#include "hwmodels/kernels/simd_target.hpp"
#include "tests/support/attention_case.hpp"

using namespace roofcast;
using namespace roofcast::kernels;
using roofcast::test::AttentionCase;

namespace {

/// Puts the best instruction set back, whatever a test has asked for.
struct BestTarget {
  ~BestTarget() { (void)use_simd_target(""); }
};

void check_against_twin(const KvCacheSpec& spec, ThreadTeam& team) {
  AttentionCase c(spec);
  c.run(team);
  c.run_reference();
  INFO("head_dim " << spec.shape.head_dim << ", heads " << spec.shape.query_heads << "/" << spec.shape.kv_heads << ", "
                   << name(spec.shape.kv) << ", window " << spec.shape.window << ", pages of " << spec.page_tokens
                   << ", " << team.size() << " threads, " << simd_target());
  CHECK(c.error() <= c.tolerance());
}

}  // namespace

TEST_CASE("the bound on rounding is tight enough to see a bf16 rounding of the result", "[kernels][attention]") {
  const AttentionCase c({.shape = {.head_dim = 128}, .contexts = {300}});
  CHECK(c.tolerance() < 0x1p-9);  // half a step of bf16 at 1
}

TEST_CASE("attention over one token is its value", "[kernels][attention]") {
  ThreadTeam team(1);
  AttentionCase c({.shape = {.query_heads = 2, .kv_heads = 2, .head_dim = 16}, .contexts = {1}});
  c.run(team);
  const auto* values = reinterpret_cast<const float*>(c.cache.view().values.data);
  for (std::size_t i = 0; i < 32; ++i) CHECK(c.out[i] == values[i]);
}

TEST_CASE("the kernel agrees with its double twin for every head size and element", "[kernels][attention]") {
  ThreadTeam team(2);
  for (const int dim : {8, 16, 24, 64, 72, 80, 96, 128, 192, 256})
    for (const KvElement e : kKvElements)
      check_against_twin({.shape = {.query_heads = 4, .kv_heads = 2, .head_dim = dim, .kv = e}, .contexts = {197}},
                         team);
}

TEST_CASE("the kernel agrees with its double twin for MHA, GQA and MQA of any group", "[kernels][attention]") {
  ThreadTeam team(2);
  for (const int group : {1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 16, 32, 71})
    for (const KvElement e : kKvElements)
      check_against_twin(
          {.shape = {.query_heads = 2 * group, .kv_heads = 2, .head_dim = 72, .kv = e}, .contexts = {130, 61}}, team);
}

TEST_CASE("paged, windowed and misaligned caches change nothing but where rows lie", "[kernels][attention]") {
  ThreadTeam team(2);
  for (const KvElement e : kKvElements)
    for (const int group : {1, 2, 8, 16})
      for (const int page : {0, 16})
        for (const auto order : {KvOrder::heads_first, KvOrder::tokens_first})
          check_against_twin(
              {.shape = {.query_heads = 2 * group, .kv_heads = 2, .head_dim = 64, .window = 301, .kv = e},
               .contexts = {1, 15, 16, 17, 64, 333, 500},
               .page_tokens = page,
               .order = order,
               .skew = e == KvElement::int8 ? 0 : 1},
              team);
}

TEST_CASE("int8 rows may begin at any byte", "[kernels][attention]") {
  ThreadTeam team(1);
  check_against_twin(
      {.shape = {.query_heads = 2, .kv_heads = 1, .head_dim = 96, .kv = KvElement::int8}, .contexts = {77}, .skew = 3},
      team);
}

TEST_CASE("every instruction set that was compiled gives the same results and says its name", "[kernels][attention]") {
  const BestTarget restore;
  ThreadTeam team(2);
  REQUIRE_FALSE(simd_targets().empty());
  for (const auto& target : simd_targets()) {
    REQUIRE(use_simd_target(target).has_value());
    REQUIRE(simd_target() == target);
    for (const KvElement e : kKvElements)
      for (const int group : {1, 2, 3, 5, 7, 15})
        check_against_twin({.shape = {.query_heads = group, .kv_heads = 1, .head_dim = 80, .kv = e},
                            .contexts = {211, 3},
                            .page_tokens = 16},
                           team);
  }
}

TEST_CASE("an instruction set that does not exist is refused with those that do", "[kernels][errors]") {
  const BestTarget restore;
  const auto done = use_simd_target("MMX");
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().at(0).hint.find(simd_targets().front()) != std::string::npos);
  CHECK(simd_target() == simd_targets().front());
}

TEST_CASE("results do not depend on when threads run, and little on how many there are", "[kernels][attention]") {
  const KvCacheSpec spec{.shape = {.query_heads = 8, .kv_heads = 1, .head_dim = 64}, .contexts = {1500, 40}};
  AttentionCase c(spec);
  ThreadTeam three(3);
  c.run(three);
  const auto first = c.out;
  for (int i = 0; i < 5; ++i) {
    c.run(three);
    CHECK(c.out == first);  // bit by bit
  }
  ThreadTeam one(1);
  c.run(one);
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(std::fabs(c.out[i] - first[i]) <= c.tolerance());
}

TEST_CASE("a head that is cut among many threads is put together again, whole or across their ranges",
          "[kernels][attention]") {
  // 1, 3 and 5 heads over 3 and 7 threads: parts of a head lie in one thread's range, in two, and in all.
  for (const int threads : {3, 7}) {
    ThreadTeam team(threads);
    for (const int heads : {1, 3, 5})
      check_against_twin({.shape = {.query_heads = 16 * heads, .kv_heads = heads, .head_dim = 64}, .contexts = {2000}},
                         team);
  }
}

TEST_CASE("a planned kernel takes the queries of each run", "[kernels][attention]") {
  const KvCacheSpec spec{.shape = {.query_heads = 32, .kv_heads = 1, .head_dim = 64}, .contexts = {700}};
  AttentionCase first(spec, 1), second(spec, 1);
  for (float& q : second.query) q = -q;
  ThreadTeam team(2);
  auto kernel = DecodeAttention::create(spec.shape, spec.contexts, team).value();
  kernel.run(first.query, first.cache.view(), first.out);
  kernel.run(second.query, second.cache.view(), second.out);
  first.run_reference();
  second.run_reference();
  CHECK(first.error() <= first.tolerance());
  CHECK(second.error() <= second.tolerance());
}

TEST_CASE("scores far apart neither overflow nor lose the largest", "[kernels][attention]") {
  // Queries of 1e4 make scores of some 1e4: exp of anything but the difference to the top would overflow. The
  // rounding of such scores is as large, so the bound is too; the result must still be a mean of values.
  ThreadTeam team(2);
  AttentionCase c({.shape = {.query_heads = 2, .kv_heads = 1, .head_dim = 64}, .contexts = {700}});
  for (float& q : c.query) q *= 1e4f;
  c.run(team);
  for (const float x : c.out) CHECK(std::fabs(x) <= 1.0f);
}

TEST_CASE("a NaN in a query, a key or a value shows in the result", "[kernels][attention]") {
  const BestTarget restore;
  ThreadTeam team(2);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  for (const auto& target : simd_targets())
    for (const int group : {1, 2, 5, 8, 16}) {
      REQUIRE(use_simd_target(target).has_value());
      const KvCacheSpec spec{.shape = {.query_heads = group, .kv_heads = 1, .head_dim = 64}, .contexts = {700}};
      INFO(target << ", group " << group);

      AttentionCase by_query(spec);
      by_query.query[5] = nan;
      by_query.run(team);
      CHECK(std::isnan(by_query.out[0]));
      CHECK(std::isnan(by_query.out[63]));

      for (const std::size_t token : {0u, 350u, 699u}) {
        AttentionCase by_key(spec);
        reinterpret_cast<float*>(by_key.cache.elements().data())[token * 64 + 9] = nan;
        by_key.run(team);
        for (const float x : by_key.out) CHECK(std::isnan(x));

        AttentionCase by_value(spec);
        reinterpret_cast<float*>(by_value.cache.elements().data())[(700 + token) * 64 + 9] = nan;
        by_value.run(team);
        for (int h = 0; h < group; ++h) {
          CHECK(std::isnan(by_value.out[static_cast<std::size_t>(h * 64 + 9)]));
          CHECK_FALSE(std::isnan(by_value.out[static_cast<std::size_t>(h * 64 + 8)]));
        }
      }
    }
}

TEST_CASE("what the kernel moves and computes is what the model says of it (A4)", "[kernels][cost]") {
  const AttentionShape shape{.query_heads = 32, .kv_heads = 8, .head_dim = 128, .kv = KvElement::bf16};
  const std::vector<int> contexts{1000, 24};
  const Cost cost = decode_attention_cost(shape, contexts);
  // 1024 rows of 2 * 8 * 128 elements of 2 bytes, and 2 sequences x 32 heads x 128 fp32 in and out.
  CHECK(cost.bytes == Bytes{1024.0 * 2 * 8 * 128 * 2 + 2.0 * 2 * 32 * 128 * 4});
  CHECK(cost.flops == Flops{4.0 * 1024 * 32 * 128});

  const auto stream = parts(GroupedQuery{.q_heads = 32, .kv_heads = 8, .head_dim = 128}, 4096).streams.at(0);
  CHECK(cost.flops == Flops{1024 * stream.flops_per_row});
  CHECK(cost.bytes.in(units::byte)-2.0 * 2 * 32 * 128 * 4 == 1024 * stream.row_bytes({"bf16", 2.0}));
}

TEST_CASE("the cost of a window is that of its tokens, int8 rows bring their scales", "[kernels][cost]") {
  const std::vector<int> contexts{5000};
  const Cost cost = decode_attention_cost(
      {.query_heads = 4, .kv_heads = 2, .head_dim = 64, .window = 100, .kv = KvElement::int8}, contexts);
  // 100 tokens x 2 heads x (K, V) x (64 + 4 bytes), 4 heads x 64 x fp32 in and out
  CHECK(cost.bytes == Bytes{100.0 * 2 * 2 * 68 + 2.0 * 4 * 64 * 4});
  CHECK(cost.flops == Flops{4.0 * 100 * 4 * 64});
}

TEST_CASE("a batch that the kernel cannot take is refused with every reason", "[kernels][errors]") {
  ThreadTeam team(1);
  const auto kernel = DecodeAttention::create({.query_heads = 3, .kv_heads = 2, .head_dim = 12}, {10, 0}, team);
  REQUIRE_FALSE(kernel.has_value());
  REQUIRE(kernel.error().size() == 3);
  CHECK(kernel.error()[2].what == "0 cached tokens: expected at least 1");
  CHECK_FALSE(DecodeAttention::create({}, {}, team).has_value());
}
