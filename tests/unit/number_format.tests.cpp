#include <catch2/catch.hpp>

#include "core/number_format.hpp"

using namespace roofcast;

namespace {

double weight(std::string_view name) {
  return find_weight_format(name).value().bytes_per_weight;
}

}  // namespace

TEST_CASE("stored bytes of a weight are its bits and its share of scales and zero points (M2)", "[core][formats]") {
  CHECK(weight("bf16") == 2);
  CHECK(weight("fp8") == 1);
  CHECK(weight("fp8_block") == Approx(1.000244).margin(1e-6));  // 4 B per 128 x 128
  CHECK(weight("awq") == Approx(0.51953125));                   // 0.5 + (2 + 0.5) / 128
  CHECK(weight("gptq") == weight("awq"));
  CHECK(weight("int4_g32") == 0.5625);  // a bf16 scale per 32
  CHECK(weight("mxfp4") == 0.53125);    // a byte per 32: 4.25 bit
  CHECK(weight("nvfp4") == 0.5625);     // a byte per 16
  CHECK(weight("nf4") == 0.5625);       // a float per 64
}

TEST_CASE("GGUF block formats are bytes per block over weights per block (M2)", "[core][formats]") {
  CHECK(weight("q8_0") * 8 == 8.5);
  CHECK(weight("q6_k") * 8 == 6.5625);
  CHECK(weight("q5_k") * 8 == 5.5);
  CHECK(weight("q4_k") * 8 == 4.5);
  CHECK(weight("q4_0") * 8 == 4.5);
  CHECK(weight("q3_k") * 8 == 3.4375);
  CHECK(weight("q2_k") * 8 == 2.625);
}

TEST_CASE("weight-only formats multiply in 16 bit, the others at their own rate", "[core][formats]") {
  CHECK(find_weight_format("int4_wo")->compute == Compute::bf16);
  CHECK(find_weight_format("mxfp4")->compute == Compute::bf16);
  CHECK(find_weight_format("fp8")->compute == Compute::fp8);
  CHECK(find_weight_format("sq")->compute == Compute::int8);
  CHECK(find_weight_format("nvfp4")->compute == Compute::fp4);
  CHECK(find_weight_format("fp32")->compute == Compute::fp32);
}

TEST_CASE("cache elements: 2 B, 1 B in fp8, fp4 and GGUF types with their scales (M2)", "[core][formats]") {
  CHECK(find_kv_format("bf16")->bytes_per_element == 2);
  CHECK(find_kv_format("fp8")->bytes_per_element == 1);
  CHECK(find_kv_format("fp8_e5m2")->bytes_per_element == 1);
  CHECK(find_kv_format("nvfp4")->bytes_per_element == 0.5625);
  CHECK(find_kv_format("q8_0")->bytes_per_element == 1.0625);
}

TEST_CASE("an unknown name is no format", "[core][formats]") {
  CHECK_FALSE(find_weight_format("fp7").has_value());
  CHECK_FALSE(find_kv_format("").has_value());
}

TEST_CASE("every format has a name of its own and a plausible size", "[core][formats]") {
  for (const auto& f : weight_formats()) {
    CAPTURE(f.name);
    CHECK(*find_weight_format(f.name) == f);  // the first of that name is this one
    CHECK(f.bytes_per_weight > 0.1);
    CHECK(f.bytes_per_weight <= 4);
  }
  for (const auto& f : kv_formats()) CHECK(*find_kv_format(f.name) == f);
}

TEST_CASE("compute types have the names that figures print", "[core][formats]") {
  CHECK(name(Compute::fp32) == "fp32");
  CHECK(name(Compute::bf16) == "bf16");
  CHECK(name(Compute::fp8) == "fp8");
  CHECK(name(Compute::int8) == "int8");
  CHECK(name(Compute::fp4) == "fp4");
}
