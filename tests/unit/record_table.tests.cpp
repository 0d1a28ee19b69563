#include "core/record_table.hpp"

#include <catch2/catch.hpp>

#include "hwmodels/record_json.hpp"

using namespace roofcast;

namespace {

const RecordTable kSample{.fields = {{"model", "model", false}, {"kv_bytes_per_token", "KV"}, {"price_usd", "price"}},
                          .records = {{text_cell("a,\"b\""), number_cell(131072, "131,072"), no_cell()}}};

}  // namespace

TEST_CASE("a listing as CSV quotes what must be quoted and leaves out what does not apply") {
  CHECK(csv(kSample) == "model,kv_bytes_per_token,price_usd\n\"a,\"\"b\"\"\",131072,\n");
}

TEST_CASE("a listing as JSON has the same keys, whole numbers and null") {
  const auto json = records_json(kSample, "models");
  CHECK(json.find("\"schema_version\": 1") != std::string::npos);
  CHECK(json.find("\"model\": \"a,\\\"b\\\"\"") != std::string::npos);
  CHECK(json.find("\"kv_bytes_per_token\": 131072") != std::string::npos);
  CHECK(json.find("\"price_usd\": null") != std::string::npos);
}
