#include <catch2/catch.hpp>

#include "hwmodels/kernels/matrix_product.hpp"

using namespace roofcast;
using namespace roofcast::kernels;

TEST_CASE("a matrix product moves weights, inputs and results once", "[kernels][gemm][cost]") {
  const Cost cost = matrix_product_cost({.m = 3, .n = 100, .k = 50, .element = MatrixElement::bf16});
  CHECK(cost.bytes == Bytes{(100.0 * 50 + 3 * 50) * 2 + 3 * 100 * 4});
  CHECK(cost.flops == Flops{2.0 * 3 * 100 * 50});
}

TEST_CASE("the library's product is the product", "[kernels][gemm]") {
  if (matrix_product_library().empty()) {
    WARN("built without oneDNN: nothing to test");
    return;
  }
  // Factors are integers of at most 8: sums of up to 131 of their products are exact in fp32.
  for (const MatrixElement e : {MatrixElement::fp32, MatrixElement::bf16, MatrixElement::int8})
    for (const int m : {1, 5}) {
      auto product = MatrixProduct::create({.m = m, .n = 67, .k = 131, .element = e}, 2, 5).value();
      product.run();
      INFO(name(e) << ", m " << m << ", " << product.implementation());
      double size = 0;
      for (int token = 0; token < m; ++token)
        for (const int output : {0, 1, 31, 66}) {
          CHECK(product.result(token, output) == product.expected(token, output));
          size += std::abs(product.expected(token, output));
        }
      CHECK(size > 0);
    }
}

TEST_CASE("a product that cannot be is refused before anything is allocated", "[kernels][gemm][errors]") {
  const auto none = MatrixProduct::create({.m = 0, .n = 4, .k = 4}, 1, 1);
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().at(0).kind == ErrorKind::unsupported);
  CHECK_FALSE(MatrixProduct::create({.m = 1, .n = 2'000'000'000, .k = 2'000'000}, 1, 1).has_value());
}
