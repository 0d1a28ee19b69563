#include "hwmodels/kernels/matrix_product.hpp"

namespace roofcast::kernels {

std::string_view name(MatrixElement e) {
  switch (e) {
    case MatrixElement::fp32:
      return "fp32";
    case MatrixElement::bf16:
      return "bf16";
    case MatrixElement::int8:
      return "int8";
  }
  return "";
}

std::optional<MatrixElement> find_matrix_element(std::string_view word) {
  for (const MatrixElement e : {MatrixElement::fp32, MatrixElement::bf16, MatrixElement::int8})
    if (name(e) == word) return e;
  return std::nullopt;
}

Cost matrix_product_cost(const MatrixShape& shape) {
  const double m = shape.m, n = shape.n, k = shape.k;
  const double bytes = shape.element == MatrixElement::fp32 ? 4 : shape.element == MatrixElement::bf16 ? 2 : 1;
  const double result_bytes = 4;  // fp32 or int32
  return {.bytes = Bytes{(n * k + m * k) * bytes + m * n * result_bytes}, .flops = Flops{2 * m * n * k}};
}

}  // namespace roofcast::kernels
