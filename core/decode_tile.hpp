#pragma once

#include <array>
#include <cstddef>

#include "core/decode_step.hpp"

namespace roofcast {

/// Batches that are worked on together: few enough for their columns to stay in the first cache.
inline constexpr std::size_t kTile = 64;
/// One figure at each batch of a tile. Columns have no initialisers: they are written up to the size of their tile
/// before they are read.
using Column = std::array<double, kTile>;

/// An operator, the roofs that it runs into, and how near it comes to them.
struct PacedOperator {
  const Operator* op = nullptr;
  Roof roof{};
  KernelPace pace{};
  bool paced = false;  ///< else the roofs are its pace

  [[nodiscard]] bool reads_context() const { return op->row_bytes > 0; }
};

/// One operator's figures, all its layers.
struct OperatorColumns {
  Column time, holder;           ///< s, number of a Bound
  Column roof, roof_holder;      ///< the same at the datasheet roofs
  Column bytes, flops, network;  ///< B, FLOP, B
};

/// Sums over operators: times also by the Bound that holds them.
struct StepTotals {
  Column time, roof, bytes, flops, network;
  std::array<Column, kBounds> held, roof_held;
};

/// What a decode step at one batch has beside its operators.
struct BatchColumns {
  std::size_t size = 0;
  Column batch, micro_batch;
  Column host;       ///< s
  Column imbalance;  ///< of the pipeline stages
};

[[nodiscard]] StepTotals no_totals(std::size_t size);
/// The figures of `op` at each micro-batch, every sequence `context` tokens long.
void fill(OperatorColumns& columns, const PacedOperator& op, const BatchColumns& batches, double context);
void add(StepTotals& totals, const OperatorColumns& columns, std::size_t size);
/// (D6) Adds the host, and the bubble where the pipeline has `stages`; `holder` becomes the number of the Bound that
/// holds most.
void finish(StepTotals& totals, const BatchColumns& batches, bool stages, Column& holder);

}  // namespace roofcast
