#include <catch2/catch.hpp>

#include <bit>
#include <cmath>
#include <limits>

#include "hwmodels/kernels/narrow_float.hpp"

using namespace roofcast::kernels;

TEST_CASE("16-bit floats are what their formats say", "[kernels][narrow_float]") {
  CHECK(from_fp16(0x3c00) == 1.0f);
  CHECK(from_fp16(0xc000) == -2.0f);
  CHECK(from_fp16(0x7bff) == 65504.0f);  // (2 - 2^-10) * 2^15, the largest
  CHECK(from_fp16(0x0400) == 0x1p-14f);  // the smallest normal
  CHECK(from_fp16(0x0001) == 0x1p-24f);  // the smallest
  CHECK(std::isinf(from_fp16(0x7c00)));
  CHECK(std::isnan(from_fp16(0x7e00)));
  CHECK(from_bf16(0x3f80) == 1.0f);
  CHECK(from_bf16(0x4049) == 3.140625f);  // 1.1001001b * 2
}

TEST_CASE("every 16-bit float survives the way to fp32 and back", "[kernels][narrow_float]") {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto b = static_cast<std::uint16_t>(bits);
    if (std::isnan(from_fp16(b)))
      REQUIRE(std::isnan(from_fp16(to_fp16(from_fp16(b)))));
    else
      REQUIRE(to_fp16(from_fp16(b)) == b);
    if (std::isnan(from_bf16(b)))
      REQUIRE(std::isnan(from_bf16(to_bf16(from_bf16(b)))));
    else
      REQUIRE(to_bf16(from_bf16(b)) == b);
  }
}

TEST_CASE("values between two 16-bit floats go to the nearest, ties to the even one", "[kernels][narrow_float]") {
  // Between 1 and 1 + 2^-10 of fp16, and between 1 and 1 + 2^-7 of bf16.
  CHECK(from_fp16(to_fp16(1.0f + 0x1p-11f)) == 1.0f);  // tie: the even one
  CHECK(from_fp16(to_fp16(1.0f + 0x1p-11f + 0x1p-20f)) == 1.0f + 0x1p-10f);
  CHECK(from_fp16(to_fp16(1.0f + 0x3p-11f)) == 1.0f + 0x1p-9f);  // tie: up to the even one
  CHECK(from_bf16(to_bf16(1.0f + 0x1p-8f)) == 1.0f);
  CHECK(from_bf16(to_bf16(1.0f + 0x3p-8f)) == 1.0f + 0x1p-6f);
  CHECK(from_fp16(to_fp16(2047.6f)) == 2048.0f);      // carries into the exponent: steps are 1 here
  CHECK(from_fp16(to_fp16(0x1.8p-25f)) == 0x1p-24f);  // 0.75 steps of the smallest
  CHECK(from_fp16(to_fp16(0x1p-25f)) == 0.0f);        // tie of 0 and 1 steps
  CHECK(from_fp16(to_fp16(65519.0f)) == 65504.0f);
  CHECK(std::isinf(from_fp16(to_fp16(65520.0f))));  // the tie with what would be 65536
  CHECK(std::isinf(from_bf16(to_bf16(std::numeric_limits<float>::max()))));
}

TEST_CASE("a NaN stays one when its upper bits are cut off", "[kernels][narrow_float]") {
  const float low_payload = std::bit_cast<float>(0x7f800001u);
  CHECK(std::isnan(from_bf16(to_bf16(low_payload))));
  CHECK(std::isnan(from_fp16(to_fp16(low_payload))));
  CHECK(from_fp16(to_fp16(-0.0f)) == 0.0f);
  CHECK(std::signbit(from_fp16(to_fp16(-0.0f))));
}
