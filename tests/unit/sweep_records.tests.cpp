#include "hwmodels/sweep_records.hpp"

#include <catch2/catch.hpp>

#include "hwmodels/parity_points.hpp"

using namespace roofcast;

namespace {

CsvFile sweep_round() {
  auto file = read_csv_file("tests/golden/sweep_round.csv");
  REQUIRE(file);
  return *file;
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
  CHECK(rows.error().front().what == "step_ms: expected a number of at least 0, found 'fast'");
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
