#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/roofline.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::kernels {

/// Types of the factors; sums are fp32 (int32 for int8).
enum class MatrixElement { fp32, bf16, int8 };

[[nodiscard]] std::string_view name(MatrixElement e);
[[nodiscard]] std::optional<MatrixElement> find_matrix_element(std::string_view word);

/// A projection: n outputs of k inputs for m tokens. m = 1 is the matrix-vector product of decoding one sequence.
struct MatrixShape {
  int m = 1;
  int n = 1;
  int k = 1;
  MatrixElement element = MatrixElement::fp32;

  friend bool operator==(const MatrixShape&, const MatrixShape&) = default;
};

/// Weights, inputs and results once each; 2 FLOP per multiply-add.
[[nodiscard]] Cost matrix_product_cost(const MatrixShape& shape);

/// The product as an inference engine runs it: oneDNN, weights in the layout that it likes best. A reference for the
/// layers around attention, so that a whole decode step can be measured; not this project's own.
class MatrixProduct {
 public:
  /// Refuses before it allocates: sizes below 1, more memory than there is, a program built without oneDNN.
  [[nodiscard]] static Result<MatrixProduct> create(const MatrixShape& shape, int threads, std::uint64_t seed);
  MatrixProduct(MatrixProduct&&) noexcept;
  MatrixProduct& operator=(MatrixProduct&&) noexcept;
  ~MatrixProduct();

  void run();
  /// Result of the last run at row `token`, column `output`, as a number.
  [[nodiscard]] double result(int token, int output) const;
  /// The same in double from the same inputs.
  [[nodiscard]] double expected(int token, int output) const;
  /// oneDNN's name of the implementation it chose: "brg:avx512_core".
  [[nodiscard]] std::string implementation() const;

 private:
  struct Parts;
  explicit MatrixProduct(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// "oneDNN 2.6.3", or "" in a program built without it.
[[nodiscard]] std::string matrix_product_library();

}  // namespace roofcast::kernels
