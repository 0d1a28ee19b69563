#include "core/validation/row_groups.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace roofcast;

namespace {

std::string group(std::string_view name, const MeasuredRow& row) {
  const auto groupings = row_groupings();
  const auto it = std::ranges::find(groupings, name, &RowGrouping::name);
  REQUIRE(it != groupings.end());
  const auto g = it->group(row);
  return g ? g->text : "-";
}

MeasuredRow decode(double heads, double kv_heads) {
  return {.call = DecodeAttentionCall{.batch = 64, .context = 1000, .heads = heads, .kv_heads = kv_heads}};
}

}  // namespace

TEST_CASE("row groups: variants follow from heads and KV heads") {
  CHECK(group("variant", decode(32, 32)) == "MHA");
  CHECK(group("variant", decode(32, 8)) == "GQA");
  CHECK(group("variant", decode(32, 1)) == "MQA");
  CHECK(group("variant", decode(1, 1)) == "one head");
  CHECK(group("variant", {.call = MlaDecodeCall{}}) == "MLA");
  CHECK(group("variant", {.call = MoeCall{.skew = 1.2}}) == "skew 1.2");
  CHECK(group("variant", {.call = GemmCall{}}) == "-");
}

TEST_CASE("row groups: batches, contexts and messages go by decades") {
  CHECK(group("batch", decode(1, 1)) == "10-99");
  CHECK(group("context", decode(1, 1)) == "1000-9999");
  CHECK(group("batch", {.call = GemmCall{.m = 9}}) == "1-9");
  CHECK(group("bytes", {.call = AllReduceCall{.devices = 2, .bytes = 512}}) == "100-999");
  CHECK(group("context", {.call = ServingRun{.isl = 1000, .osl = 24}}) == "1000-9999");
  CHECK(group("batch", {.call = CacheStart{}}) == "-");
}

TEST_CASE("row groups: kernels go with their framework, and what a row does not say is no group") {
  CHECK(group("kernel", {.kernel = {"h", "vllm", "1", "fa3"}}) == "vllm/fa3");
  CHECK(group("kernel", {.kernel = {"h", "vllm", "", ""}}) == "vllm");
  CHECK(group("kernel", {}) == "-");
  CHECK(group("model", {.call = ServingRun{.model = "m"}}) == "m");
  CHECK(group("dtype", {.dtype = "fp8"}) == "fp8");
}
