#pragma once

#include <vector>

#include "hwmodels/bench/bench_point.hpp"

namespace roofcast::bench {

/// Values of each axis; points are all their combinations, the last axis fastest.
struct AttentionAxes {
  std::vector<int> heads{32};
  std::vector<int> kv_heads{8};
  std::vector<int> head_dims{128};
  std::vector<int> windows{0};
  std::vector<kernels::KvElement> elements{kernels::KvElement::bf16};
  std::vector<int> page_tokens{0};
  std::vector<kernels::KvOrder> orders{kernels::KvOrder::heads_first};
  std::vector<int> batches{1};
  std::vector<int> contexts{1024};
};

struct MatrixAxes {
  std::vector<int> m{1};
  std::vector<int> n{4096};
  std::vector<int> k{4096};
  std::vector<kernels::MatrixElement> elements{kernels::MatrixElement::bf16};
};

[[nodiscard]] std::vector<BenchPoint> points_of(const AttentionAxes& axes);
[[nodiscard]] std::vector<BenchPoint> points_of(const MatrixAxes& axes);

}  // namespace roofcast::bench
