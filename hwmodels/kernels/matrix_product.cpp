#include "hwmodels/kernels/matrix_product.hpp"

#include <fmt/format.h>

#include "hwmodels/kernels/page_memory.hpp"

#ifdef ROOFCAST_HAS_DNNL
#include <omp.h>

#include <oneapi/dnnl/dnnl.hpp>
#include <random>
#include <vector>

#include "hwmodels/kernels/narrow_float.hpp"
#endif

namespace roofcast::kernels {

#ifdef ROOFCAST_HAS_DNNL

namespace {

using Memory = dnnl::memory;

Memory::data_type type_of(MatrixElement e) {
  return e == MatrixElement::fp32   ? Memory::data_type::f32
         : e == MatrixElement::bf16 ? Memory::data_type::bf16
                                    : Memory::data_type::s8;
}

/// Small random numbers that every type holds exactly: products and sums of them are then right to the last bit, up
/// to the order in which fp32 adds.
void fill(Memory& memory, MatrixElement e, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int> value(-8, 8);
  const std::size_t count = memory.get_desc().get_size() / (e == MatrixElement::fp32   ? 4
                                                            : e == MatrixElement::bf16 ? 2
                                                                                       : 1);
  void* data = memory.get_data_handle();
  for (std::size_t i = 0; i < count; ++i) {
    const int v = value(random);
    if (e == MatrixElement::fp32)
      static_cast<float*>(data)[i] = static_cast<float>(v);
    else if (e == MatrixElement::bf16)
      static_cast<std::uint16_t*>(data)[i] = to_bf16(static_cast<float>(v));
    else
      static_cast<std::int8_t*>(data)[i] = static_cast<std::int8_t>(v);
  }
}

double at(const Memory& memory, MatrixElement e, std::size_t i) {
  const void* data = memory.get_data_handle();
  if (e == MatrixElement::fp32) return double{static_cast<const float*>(data)[i]};
  if (e == MatrixElement::bf16) return double{from_bf16(static_cast<const std::uint16_t*>(data)[i])};
  return double(static_cast<const std::int8_t*>(data)[i]);
}

}  // namespace

struct MatrixProduct::Parts {
  MatrixShape shape{};
  int threads = 1;
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  dnnl::matmul product{};
  std::string implementation{};
  Memory inputs{};          ///< [m][k]
  Memory weights{};         ///< [n][k], as checkpoints store them
  Memory packed_weights{};  ///< as oneDNN likes them
  Memory results{};         ///< [m][n]
};

Result<MatrixProduct> MatrixProduct::create(const MatrixShape& shape, int threads, std::uint64_t seed) {
  if (shape.m < 1 || shape.n < 1 || shape.k < 1)
    return fail("gemm", fmt::format("m={}, n={}, k={}: expected at least 1 each", shape.m, shape.n, shape.k));
  const Bytes wanted = 2 * matrix_product_cost(shape).bytes;  // weights are held twice
  if (const Bytes room = available_memory(); wanted > room)
    return fail("gemm", fmt::format("m={}, n={}, k={} needs {:.2f} GiB, {:.2f} GiB are available", shape.m, shape.n,
                                    shape.k, wanted.in(units::GiB), room.in(units::GiB)));
  try {
    auto parts = std::make_unique<Parts>();
    parts->shape = shape;
    parts->threads = threads;
    omp_set_num_threads(threads);
    const auto type = type_of(shape.element);
    const auto sum = shape.element == MatrixElement::int8 ? Memory::data_type::s32 : Memory::data_type::f32;
    const Memory::dims m_k{shape.m, shape.k}, k_n{shape.k, shape.n}, m_n{shape.m, shape.n};
    const Memory::desc inputs(m_k, type, Memory::format_tag::ab);
    const Memory::desc weights(k_n, type, Memory::format_tag::ba);  // [n][k] in memory
    const Memory::desc any(k_n, type, Memory::format_tag::any);
    const Memory::desc results(m_n, sum, Memory::format_tag::ab);
    const dnnl::matmul::primitive_desc plan({inputs, any, results}, parts->engine);
    parts->product = dnnl::matmul(plan);
    parts->implementation = plan.impl_info_str();
    parts->inputs = Memory(inputs, parts->engine);
    parts->weights = Memory(weights, parts->engine);
    parts->packed_weights = Memory(plan.weights_desc(), parts->engine);
    parts->results = Memory(results, parts->engine);
    fill(parts->inputs, shape.element, seed);
    fill(parts->weights, shape.element, seed + 1);
    dnnl::reorder(parts->weights, parts->packed_weights).execute(parts->stream, parts->weights, parts->packed_weights);
    parts->stream.wait();
    return MatrixProduct(std::move(parts));
  } catch (const dnnl::error& e) {  // its exceptions end here
    return fail("gemm", fmt::format("oneDNN takes no product with m={}, n={}, k={} of {}: {}", shape.m, shape.n,
                                    shape.k, name(shape.element), e.what()));
  }
}

void MatrixProduct::run() {
  omp_set_num_threads(parts_->threads);
  parts_->product.execute(
      parts_->stream,
      {{DNNL_ARG_SRC, parts_->inputs}, {DNNL_ARG_WEIGHTS, parts_->packed_weights}, {DNNL_ARG_DST, parts_->results}});
  parts_->stream.wait();
}

double MatrixProduct::result(int token, int output) const {
  const auto i =
      static_cast<std::size_t>(token) * static_cast<std::size_t>(parts_->shape.n) + static_cast<std::size_t>(output);
  const void* data = parts_->results.get_data_handle();
  return parts_->shape.element == MatrixElement::int8 ? double(static_cast<const std::int32_t*>(data)[i])
                                                      : double{static_cast<const float*>(data)[i]};
}

double MatrixProduct::expected(int token, int output) const {
  const auto k = static_cast<std::size_t>(parts_->shape.k);
  double sum = 0;
  for (std::size_t i = 0; i < k; ++i)
    sum += at(parts_->inputs, parts_->shape.element, static_cast<std::size_t>(token) * k + i) *
           at(parts_->weights, parts_->shape.element, static_cast<std::size_t>(output) * k + i);
  return sum;
}

std::string MatrixProduct::implementation() const {
  return parts_->implementation;
}

std::string matrix_product_library() {
  const auto* v = dnnl_version();
  return fmt::format("oneDNN {}.{}.{}", v->major, v->minor, v->patch);
}

#else

struct MatrixProduct::Parts {};

Result<MatrixProduct> MatrixProduct::create(const MatrixShape&, int, std::uint64_t) {
  return fail("gemm", "this roofcast was built without oneDNN", "install libdnnl-dev and build again");
}
void MatrixProduct::run() {}
double MatrixProduct::result(int, int) const {
  return 0;
}
double MatrixProduct::expected(int, int) const {
  return 0;
}
std::string MatrixProduct::implementation() const {
  return {};
}
std::string matrix_product_library() {
  return {};
}

#endif

MatrixProduct::MatrixProduct(std::unique_ptr<Parts> parts) : parts_{std::move(parts)} {}
MatrixProduct::MatrixProduct(MatrixProduct&&) noexcept = default;
MatrixProduct& MatrixProduct::operator=(MatrixProduct&&) noexcept = default;
MatrixProduct::~MatrixProduct() = default;

}  // namespace roofcast::kernels
