#include "hwmodels/sweep_records.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/chart/sweep_names.hpp"
#include "core/sweep_columns.hpp"
#include "hwmodels/parity_points.hpp"

using namespace roofcast;

namespace {

CsvFile sweep_round() {
  auto file = read_csv_file("tests/golden/sweep_round.csv");
  REQUIRE(file);
  return *file;
}

using Rows = std::vector<std::vector<std::string>>;

/// Header and first rows.
Rows cells_of(const CsvFile& file, std::size_t rows) {
  Rows out{file.header};
  for (std::size_t i = 0; i < rows; ++i) {
    auto& row = out.emplace_back();
    for (std::size_t k = 0; k < file.header.size(); ++k) row.emplace_back(file.cell(i, k));
  }
  return out;
}

Result<std::vector<SweepRecord>> records(const Rows& rows) {
  std::string text;
  for (const auto& row : rows) text += fmt::format("{}\n", fmt::join(row, ","));
  const auto file = parse_csv(text, "x.csv");
  REQUIRE(file);
  return sweep_records(*file);
}

/// Two rows, one cell of the second written anew.
Result<std::vector<SweepRecord>> records_with(std::string_view column, std::string_view value) {
  const auto file = sweep_round();
  auto cells = cells_of(file, 2);
  cells.back()[file.column(column).value()] = value;
  return records(cells);
}

}  // namespace

TEST_CASE("the rows of a sweep are read by the names of their columns") {
  const auto rows = sweep_records(sweep_round());
  REQUIRE(rows);
  REQUIRE(rows->size() == sweep_round().records());
  const auto& first = rows->front();
  CHECK(first.model == "round-model");
  CHECK(first.attention == "gqa:5");
  CHECK(first.batch == 1);
  CHECK(first.context == 1000);
  CHECK(first.max_batch_memory == 393);
  CHECK(first.step_ms == Approx(0.822466));
  CHECK(!first.step_high_ms);
  CHECK(!first.isl);
  CHECK((*rows)[2].status == PointStatus::oom);
  CHECK((*rows)[2].reason == "the KV cache does not fit");
}

TEST_CASE("a sweep file that lacks a column, or holds a cell that is no number, is refused by its place") {
  const auto missing = parse_csv("model,attention\na,b\n", "x.csv");
  REQUIRE(missing);
  const auto none = sweep_records(*missing);
  REQUIRE(!none);
  CHECK(none.error().front().where == "x.csv:1:3");
  CHECK(none.error().front().what.contains("has no column 'hardware'"));

  auto file = sweep_round();
  std::string text;
  for (const auto& title : file.header) text += (text.empty() ? "" : ",") + title;
  text += '\n';
  for (std::size_t i = 0; i < file.header.size(); ++i)
    text += (i > 0 ? "," : "") + std::string(file.header[i] == "step_ms" ? "fast" : file.cell(0, i));
  text += '\n';
  const auto broken = parse_csv(text, "x.csv");
  REQUIRE(broken);
  const auto rows = sweep_records(*broken);
  REQUIRE(!rows);
  CHECK(rows.error().size() == 1);
  CHECK(rows.error().front().what == "step_ms: expected a number of at least 0 and below 1e+300, found 'fast'");
}

TEST_CASE("a row that no sweep can have written is refused by its place") {
  struct Wrong {
    std::string_view column, value, what;
  };
  for (const auto& [column, value, what] :
       {Wrong{"schema", "2", "schema: expected 1"}, Wrong{"schema", "", "schema: expected 1"},
        Wrong{"point", "", "point: is empty"},
        Wrong{"point", "0", "point: 0 is there twice: are these several sweeps?"},
        Wrong{"status", "", "status: is empty"},
        Wrong{"step_low_ms", "2000", "step_ms: does not lie between step_low_ms and step_high_ms"},
        Wrong{"step_high_ms", "0.1", "step_ms: does not lie between step_low_ms and step_high_ms"},
        Wrong{"flops_per_step", "1e305",
              "flops_per_step: expected a number of at least 0 and below 1e+300, found '1e305'"}}) {
    INFO(column << " = " << value);
    const auto rows = records_with(column, value);
    REQUIRE(!rows);
    CHECK(rows.error().size() == 1);
    CHECK(rows.error().front().where.starts_with("x.csv:3:"));
    CHECK(rows.error().front().what == what);
  }
}

TEST_CASE("rows that differ in one column of inputs have different names") {
  for (const auto& column : input_columns()) {
    if (column == "batch" || column == "gpus") continue;  // the batch is an axis; GPUs are the product of the layout
    INFO(column);
    auto rows = records_with(column, column.ends_with("dtype") ? "fp8" : "5");
    REQUIRE(rows);
    // What is told together with another figure, or of nothing without it.
    if (column == "acceptance") rows->front().draft_tokens = rows->back().draft_tokens = 2;
    if (column == "osl_tokens") rows->front().isl = rows->front().osl = rows->back().isl = 7;
    if (column == "isl_tokens") rows->front().isl = rows->front().osl = rows->back().osl = 7;
    const SweepNames names{*rows};
    const auto name = [&](std::size_t i) { return names.variant((*rows)[i]) + "|" + names.length((*rows)[i]); };
    CHECK(name(0) != name(1));
  }
}

TEST_CASE("a file of an earlier version, without the later columns, is read as if they were 0") {
  const auto file = sweep_round();
  const auto at = file.column("prefill_replicas").value();
  auto cells = cells_of(file, 1);
  for (auto& row : cells) row.resize(at);
  const auto rows = records(cells);
  REQUIRE(rows);
  CHECK(rows->front().prefix_hit == 0);
  CHECK(!rows->front().requests_s);
}

TEST_CASE("rows of a validation become points of their op and variant, those without a prediction are left out") {
  const auto file = parse_csv(
      "op,hardware,framework,kernel,batch,context_tokens,heads,kv_heads,head_dim,window_tokens,q_dtype,kv_dtype,"
      "latency_us,predicted_us,low_us,high_us,grade\n"
      "decode_attention,h,f,k,1,1000,32,8,128,0,bf16,bf16,20,18,15,22,calibrated\n"
      "decode_attention,h,f,k,1,1000,32,1,128,0,bf16,bf16,20,,,,\n",
      "v.csv");
  REQUIRE(file);
  const auto points = parity_points(*file);
  REQUIRE(points);
  REQUIRE(points->size() == 1);
  const auto& p = points->front();
  CHECK(p.pane == "kernel time, us");
  CHECK(p.variant == "decode_attention GQA");
  CHECK(p.measured == 20);
  CHECK(p.predicted == 18);
  CHECK(p.low == 15);
  CHECK(p.grade == Grade::calibrated);
}

TEST_CASE("a prediction outside its interval is refused") {
  const auto file = parse_csv(
      "op,hardware,framework,kernel,batch,context_tokens,heads,kv_heads,head_dim,window_tokens,q_dtype,kv_dtype,"
      "latency_us,predicted_us,low_us,high_us,grade\n"
      "decode_attention,h,f,k,1,1000,32,8,128,0,bf16,bf16,20,18,19,22,calibrated\n",
      "v.csv");
  REQUIRE(file);
  const auto points = parity_points(*file);
  REQUIRE(!points);
  CHECK(points.error().front().where == "v.csv:2:14");
  CHECK(points.error().front().what == "predicted_us: does not lie between low_us and high_us");
}
