#include "core/comparison.hpp"

#include <catch2/catch.hpp>

#include "core/comparison_notes.hpp"
#include "core/comparison_rows.hpp"
#include "tests/support/toy_scenario.hpp"

using namespace roofcast;
using namespace roofcast::tests;

namespace {

/// mha, gqa:2 and mqa of the toy model.
std::vector<Candidate> heads(Deployment d = {}) {
  std::vector<Candidate> all;
  for (const int kv_heads : {4, 2, 1}) {
    auto s = toy_scenario(kv_heads);
    s.deployment = d;
    all.push_back({.label = kv_heads == 4   ? "mha"
                            : kv_heads == 2 ? "gqa:2"
                                            : "mqa",
                   .own = kv_heads == 4,
                   .scenario = s});
  }
  return all;
}

const ComparisonRow& row(const std::vector<ComparisonRow>& rows, std::string_view key) {
  return *std::ranges::find(rows, key, &ComparisonRow::key);
}

std::vector<double> values(const std::vector<ComparisonRow>& rows, std::string_view key) {
  std::vector<double> v;
  for (const auto& x : row(rows, key).values) v.push_back(x.value_or(-1));
  return v;
}

bool any_contains(const std::vector<std::string>& notes, std::string_view part) {
  return std::ranges::any_of(notes, [&](const auto& n) { return n.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("comparison: bytes, room and common batch of MHA, GQA and MQA", "[core][comparison]") {
  const auto c = compare(heads()).value();
  const auto rows = comparison_rows(c);
  CHECK(values(rows, "kv_bytes_per_token") == std::vector<double>{80, 40, 20});
  // K and V projections: 800, 400, 200 of 8,000, 7,600, 7,400 parameters
  CHECK(values(rows, "weights_bytes_per_gpu") == std::vector<double>{16000, 15200, 14800});
  CHECK(values(rows, "kv_pool_bytes_per_gpu") == std::vector<double>{81800, 82600, 83000});
  // (102 - 1) / 10, (206 - 1) / 10, (415 - 1) / 10 sequences of 10 blocks; twice of 5 blocks
  CHECK(values(rows, "max_batch_memory") == std::vector<double>{10, 20, 41});
  CHECK(values(rows, "max_batch_mean_length") == std::vector<double>{20, 41, 82});
  // 16 users: 101/16 = 6, 205/16 = 12, 414/16 = 25 blocks of 10 tokens
  CHECK(values(rows, "max_context_tokens") == std::vector<double>{60, 120, 250});
  CHECK(c.common_batch == 10);
  CHECK(c.columns[2].at_common->batch == 10);
  CHECK(c.columns[2].at_maximum->batch == 41);
}

TEST_CASE("comparison: changes are ratios to the first column that has a figure", "[core][comparison]") {
  const auto rows = comparison_rows(compare(heads()).value());
  const auto& kv = row(rows, "kv_bytes_per_token");
  CHECK_FALSE(kv.ratio(0));
  CHECK(kv.ratio(1) == 0.5);
  CHECK(kv.ratio(2) == 0.25);
  CHECK_FALSE(row(rows, "bound").ratio(1));  // a word has none
}

TEST_CASE("comparison: at the common batch the smaller cache is faster", "[core][comparison]") {
  const auto rows = comparison_rows(compare(heads()).value());
  const auto step = values(rows, "common_step_ms");
  CHECK(step[0] > step[1]);
  CHECK(step[1] > step[2]);
}

TEST_CASE("comparison: a batch that is asked for is the common one, and the users of the longest context",
          "[core][comparison]") {
  auto all = heads();
  for (auto& c : all) c.scenario->workload.batch = 15;
  const auto c = compare(all).value();
  CHECK(c.batch_given);
  CHECK(c.common_batch == 15);
  const auto rows = comparison_rows(c);
  CHECK(values(rows, "max_context_tokens") == std::vector<double>{60, 130, 270});  // 101/15, 205/15, 414/15 blocks
  CHECK(values(rows, "common_step_ms")[0] == -1);                                  // only 10 of them fit with MHA
  CHECK(values(rows, "common_step_ms")[1] > 0);
  CHECK(any_contains(comparison_notes(c), "15 conversations of this length do not fit with mha"));
}

TEST_CASE("comparison: with more ranks than KV heads the cache of one GPU stops shrinking", "[core][comparison]") {
  const auto c = compare(heads({.tp = 4})).value();
  const auto rows = comparison_rows(c);
  // one head of 5 + 5 elements of 2 B on each of 4 ranks, whatever the number of heads
  CHECK(values(rows, "kv_bytes_per_token_per_gpu") == std::vector<double>{20, 20, 20});
  CHECK(c.columns[0].copies == 1);
  CHECK(c.columns[1].copies == 2);
  CHECK(c.columns[2].copies == 4);
  REQUIRE(c.shared.size() == 1);
  CHECK(c.shared[0].columns == std::vector<std::size_t>{0, 1, 2});
  CHECK(c.shared[0].dcp == 4);
  CHECK(c.shared[0].per_token_with_dcp == 5.0 * units::byte);

  const auto notes = comparison_notes(c);
  CHECK(any_contains(notes, "mha, gqa:2 and mqa store the same 20 B per token on each GPU: with --tp 4"));
  CHECK(any_contains(notes, "2 times with gqa:2 and 4 times with mqa"));
  CHECK(any_contains(notes,
                     "Fewer KV heads pay with fewer TP ranks and more replicas (--tp, --dp), or with decode "
                     "context parallelism: --dcp 4 stores 5 B per token and GPU for mqa"));
}

TEST_CASE("comparison: without replication there is nothing to say about it", "[core][comparison]") {
  CHECK(compare(heads()).value().shared.empty());
  CHECK_FALSE(any_contains(comparison_notes(compare(heads()).value()), "store the same"));
}

TEST_CASE("comparison: a candidate that cannot be cut is a column with its reason", "[core][comparison]") {
  auto all = heads({.tp = 4});
  all[1].scenario->model.kinds[0].attention = GroupedQuery{.q_heads = 7, .kv_heads = 1, .head_dim = 5};
  const auto c = compare(all).value();
  CHECK_FALSE(c.columns[1].at_maximum);
  CHECK(any_contains(comparison_notes(c), "gqa:2: --tp: 4 does not divide the 7 query heads of Toy"));
  const auto rows = comparison_rows(c);
  CHECK(values(rows, "max_batch_memory")[1] == -1);
  CHECK(row(rows, "max_batch_memory").words[1] == "-");
  CHECK(values(rows, "max_batch_memory")[2] > 0);
}

TEST_CASE("comparison: when no candidate makes sense, every reason is the error, each once", "[core][comparison]") {
  const auto c = compare(heads({.tp = 3}));
  REQUIRE_FALSE(c);
  CHECK(c.error().front().what == "3 does not divide the 4 query heads of Toy");
}

TEST_CASE("comparison: columns that hold nothing do not set the common batch", "[core][comparison]") {
  auto all = heads();
  for (auto& c : all) c.scenario->workload.context = 1500;  // 150 blocks of 101, 205 and 414
  const auto c = compare(all).value();
  CHECK(c.common_batch == 1);
  CHECK(any_contains(comparison_notes(c), "Not one conversation of this length fits with mha."));
}

TEST_CASE("comparison: other attention leaves out quality, training and kernels, and says so", "[core][comparison]") {
  CHECK(any_contains(comparison_notes(compare(heads()).value()), "K and V projections shrink and grow"));
  CHECK(any_contains(comparison_notes(compare(heads()).value()), "quality of the answers"));
  CHECK_FALSE(any_contains(comparison_notes(compare({heads()[0], heads()[0]}).value()), "quality"));
}
