#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "core/estimate.hpp"
#include "core/sweep_columns.hpp"
#include "hwmodels/estimate_json.hpp"
#include "hwmodels/sweep_json.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/random_model.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using namespace roofcast::units;
using nlohmann::json;

namespace {

/// A cell's number; 0 where it is empty.
double number(const std::map<std::string, std::string>& row, const char* column) {
  const auto& cell = row.at(column);
  return cell.empty() ? 0 : std::stod(cell);
}

std::map<std::string, std::string> csv_of(const SweepRow& row) {
  std::string line;
  append_csv(row, line);
  line.pop_back();
  auto header = sweep_header();
  header.pop_back();
  const auto names = csv_fields(header), cells = csv_fields(line);
  REQUIRE(names.size() == cells.size());
  std::map<std::string, std::string> all;
  for (std::size_t i = 0; i < names.size(); ++i) all[names[i]] = cells[i];
  return all;
}

json json_of(const SweepRow& row) {
  std::string text;
  append_json(row, text);
  return json::parse(text);
}

}  // namespace

TEST_CASE("CSV, JSON and library give the same figures for the same question", "[property]") {
  const int seed = GENERATE(range(0, 150));
  const int batch = GENERATE(0, 3, 4000);  // 0: as many as fit
  const bool slo = GENERATE(false, true);
  CAPTURE(seed, batch, slo);
  Scenario s = random_scenario(seed);
  if (batch > 0) s.workload.batch = batch;
  if (slo) s.workload.tpot_slo = 20.0 * ms;

  const Estimate e = estimate(s).value();
  const SweepConfig config = sweep_config(s);
  const SweepRow row = sweep_row(config, s.workload, 0);
  const auto cells = csv_of(row);
  const json from_row = json_of(row), from_estimate = json::parse(estimate_json(e));

  CHECK(cells.at("status") == (!e.fits ? "oom" : e.meets_slos ? "ok" : "slo"));
  CHECK(number(cells, "batch") == e.batch);
  CHECK(number(cells, "max_batch_memory") == e.limits.max_batch_memory);
  CHECK(number(cells, "kv_bytes_per_token") == e.cache.per_token.in(byte));
  CHECK(number(cells, "kv_gib_per_gpu") == Approx(e.cache.used.in(GiB)).epsilon(1e-12));
  CHECK(number(cells, "step_ms") == e.rates.step.in(ms));
  CHECK(number(cells, "tokens_s_user") == e.rates.tokens_s_user);
  CHECK(number(cells, "tokens_s") == Approx(e.rates.tokens_s).epsilon(1e-12));
  CHECK(number(cells, "prefill_ms") == Approx(e.prefill ? e.prefill->time().in(ms) : 0).epsilon(1e-12));

  // JSON of a row holds the text of its cells; JSON of an estimate the same doubles.
  for (const auto& [name, cell] : cells) {
    CAPTURE(name);
    if (cell.empty())
      CHECK(from_row.at(name).is_null());
    else if (from_row.at(name).is_number())
      CHECK(from_row.at(name).get<double>() == std::stod(cell));
    else
      CHECK(from_row.at(name).get<std::string>() == cell);
  }
  CHECK(from_estimate["limits"]["max_batch_memory"].get<double>() == number(cells, "max_batch_memory"));
  CHECK(from_estimate["memory"]["kv_bytes_per_token"].get<double>() == number(cells, "kv_bytes_per_token"));
  CHECK(from_estimate["memory"]["fits"].get<bool>() == e.fits);
}
