#include <catch2/catch.hpp>

#include "hwmodels/kernels/attention_shape.hpp"

using namespace roofcast;
using namespace roofcast::kernels;

TEST_CASE("a shape that the kernels can take has no problems", "[kernels][shape]") {
  const int dim = GENERATE(8, 64, 80, 96, 128, 192, 256, 1024);
  CHECK(shape_problems({.query_heads = 71, .kv_heads = 1, .head_dim = dim}, "x").empty());
}

TEST_CASE("every problem of a shape is told, with the value and what was expected", "[kernels][shape][errors]") {
  const auto errors = shape_problems({.query_heads = 7, .kv_heads = 2, .head_dim = 100, .window = -1}, "--heads");
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].where == "--heads");
  CHECK(errors[0].what == "7 query heads cannot be shared by 2 KV heads: expected a multiple");
  CHECK(errors[1].what == "head_dim 100: expected a multiple of 8 from 8 to 1024");
  CHECK(errors[1].hint == "the nearest is 104");
  CHECK(errors[2].what == "window of -1 tokens: expected 0 (none) or more");
  for (const Error& e : errors) CHECK(e.kind == ErrorKind::unsupported);
}

TEST_CASE("no heads, or fewer than one, is refused without dividing by them", "[kernels][shape][errors]") {
  CHECK(shape_problems({.query_heads = 0, .kv_heads = 0}, "x").size() == 2);
  CHECK(shape_problems({.query_heads = 8, .kv_heads = -1}, "x").size() == 1);
  CHECK(shape_problems({.head_dim = 2000}, "x").at(0).hint == "the nearest is 1024");
}
