#include "core/validation/validation.hpp"

#include <catch2/catch.hpp>

#include "core/validation/validation_tables.hpp"

using namespace roofcast;

namespace {

ScoredRow kernel_row(double measured, double roof, std::optional<PredictedFigure> better = {}) {
  ScoredRow r{.row = {.kernel = {"round", "f", "1", "k"}, .dtype = "bf16", .call = GemmCall{}, .latency_us = measured}};
  r.roof.figures[0] = {.value = roof};
  r.prediction = r.roof;
  if (better) {
    r.prediction.figures[0] = better;
    r.prediction.grade = Grade::calibrated;
  }
  return r;
}

const GroupScore& score_of(const Validation& v, std::string_view grouping, std::string_view group) {
  for (const auto& s : v.scores)
    if (s.grouping == grouping && s.group == group) return s;
  FAIL("no group " << group);
  return v.scores.front();
}

}  // namespace

TEST_CASE("validation: errors of a prediction and of both baselines are over the same rows") {
  // Roofs 1, 2, 3 against 10, 12, 14: off by 90%, 83.3%, 78.6%. 8 + 2 x roof meets all three.
  const auto v = scored(
      {"m.csv"}, {kernel_row(10, 1, PredictedFigure{.value = 11}), kernel_row(12, 2, PredictedFigure{.value = 12}),
                  kernel_row(14, 3, PredictedFigure{.value = 7})});
  const auto& all = score_of(v, "op", "all rows");
  CHECK(all.accuracy.median_percent == Approx(10));  // 10%, 0, 50%
  CHECK(all.accuracy.max_percent == Approx(50));
  CHECK(all.roofline.median_percent == Approx(250.0 / 3));
  REQUIRE(all.two_parameters);
  CHECK(all.two_parameters->max_percent == Approx(0).margin(1e-6));
  CHECK_FALSE(all.inside_percent);
}

TEST_CASE("validation: the share inside is over rows that have an interval") {
  const auto v =
      scored({"m.csv"}, {kernel_row(10, 1, PredictedFigure{.value = 9, .low = 8, .high = 10}),
                         kernel_row(12, 2, PredictedFigure{.value = 9, .low = 8, .high = 10}), kernel_row(14, 3)});
  CHECK(score_of(v, "op", "all rows").inside_percent == 50);
}

TEST_CASE("validation: a row without a prediction stays, unscored, with its reason") {
  auto silent = kernel_row(10, 1);
  silent.prediction = silent.roof = no_prediction("dtype 'fp9' is not a known format");
  const auto v = scored({"m.csv"}, {kernel_row(10, 1), silent});
  CHECK(v.rows.size() == 2);
  CHECK(v.predicted() == 1);
  CHECK_FALSE(v.rows[1].ape_percent());
  CHECK(score_of(v, "op", "all rows").accuracy.rows == 1);
  CHECK(csv(unpredicted_records(v)) == "rows,op,reason,example\n1,gemm,dtype 'fp9' is not a known format,m.csv:0\n");
}

TEST_CASE("validation: every op counts by its own median, so that many rows of one cannot hide another") {
  auto slow = kernel_row(10, 1);
  slow.row.call = AllReduceCall{.devices = 2, .bytes = 100};
  const auto v = scored({"m.csv"}, {kernel_row(10, 10), kernel_row(10, 10), slow});
  CHECK(v.worst_median_percent() == Approx(90));
  CHECK_FALSE(scored({}, {}).worst_median_percent());
}

TEST_CASE("validation: the worst rows come first, equal ones in file order") {
  const auto v = scored({"m.csv"}, {kernel_row(10, 9), kernel_row(10, 1), kernel_row(10, 9), kernel_row(10, 20)});
  CHECK(v.worst_rows(3) == std::vector<std::size_t>{3, 1, 0});  // 100%, 90%, 10%
}

TEST_CASE("validation: of a serving run TPOT is scored, of a KV pool the first value that was logged") {
  ScoredRow run{.row = {.call = ServingRun{.ttft_ms = 100, .tpot_ms = 10}}};
  run.prediction.figures = {PredictedFigure{.value = 100}, PredictedFigure{.value = 8}};
  CHECK(run.ape_percent() == Approx(20));
  ScoredRow pool{.row = {.call = CacheStart{.kv_tokens = 1000, .max_concurrency = 2}}};
  pool.prediction.figures = {PredictedFigure{.value = 7}, PredictedFigure{.value = 900}, PredictedFigure{.value = 3}};
  CHECK(pool.ape_percent() == Approx(10));
}

TEST_CASE("validation: repeat noise is of the rows that state it, and absent where none does") {
  std::vector<ScoredRow> rows{kernel_row(10, 9), kernel_row(10, 9), kernel_row(10, 9)};
  CHECK_FALSE(scored({"a.csv"}, rows).repeat_noise());
  rows[0].row.noise = 0.01;
  rows[2].row.noise = 0.03;
  const auto noise = scored({"a.csv"}, rows).repeat_noise();
  REQUIRE(noise);
  CHECK(noise->rows == 2);
  CHECK(noise->median_percent == Approx(2));  // between 1% and 3%
  CHECK(noise->p90_percent == Approx(2.8));   // 1 + 0.9 (3 - 1)
}
