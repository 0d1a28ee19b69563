#include "core/decode_tile.hpp"

#include <algorithm>

// Compiled so that these loops become vector code (CMakeLists.txt). Every operation is that of decode_step.cpp, and in
// its order: the figures are the same bits whatever the width of the vectors.

namespace roofcast {
namespace {

/// What one layer moves: its time comes before the product with the layers, as in a step with parts.
struct LayerColumns {
  Column bytes, flops, network;
};

void move(const Traffic& t, double count, std::size_t i, LayerColumns& layer, OperatorColumns& all) {
  const Cost cost = t.cost();
  layer.bytes[i] = cost.bytes.in(units::byte);
  layer.flops[i] = cost.flops.in(units::flop);
  layer.network[i] = cost.network.in(units::byte);
  all.bytes[i] = count * t.weights + count * t.cache + count * t.activations;
  all.flops[i] = count * t.flops;
  all.network[i] = count * t.network;
}

void move_plain(const Operator& plain, double rows, const BatchColumns& __restrict batches,
                LayerColumns& __restrict layer, OperatorColumns& __restrict all) {
  const Operator op = plain;  // no part of a column: loads of it leave the loop
  for (std::size_t i = 0; i < batches.size; ++i)
    move(plain_traffic(op, batches.micro_batch[i], rows), op.count, i, layer, all);
}

void move_experts(const Operator& op, const BatchColumns& batches, LayerColumns& layer, OperatorColumns& all) {
  for (std::size_t i = 0; i < batches.size; ++i)
    move(decode_traffic(op, {.batch = batches.micro_batch[i]}), op.count, i, layer, all);
}

void take_time(const PacedOperator& paced, std::size_t size, const LayerColumns& __restrict layer,
               OperatorColumns& __restrict out) {
  const Roof roof = paced.roof;
  const KernelPace pace = paced.pace;
  const double count = paced.op->count;
  for (std::size_t i = 0; i < size; ++i) {
    const RoofTimes t = roof_times({Bytes{layer.bytes[i]}, Flops{layer.flops[i]}, Bytes{layer.network[i]}}, roof);
    const RoofTimes slower = paced_times(t, pace);
    out.roof[i] = count * t.longest();
    out.roof_holder[i] = t.holder();
    out.time[i] = count * paced_time(slower);
    out.holder[i] = slower.holder();
  }
}

/// Adds times to those of the Bounds that hold them.
void hold(std::array<Column, kBounds>& held, const Column& __restrict holder, const Column& __restrict time,
          std::size_t size) {
  for (std::size_t b = 0; b < kBounds; ++b) {
    const auto number = static_cast<double>(b);
    Column& __restrict sum = held[b];
    for (std::size_t i = 0; i < size; ++i) {
      const double t = time[i];
      sum[i] += holder[i] == number ? t : 0;
    }
  }
}

Column sum(const std::array<Column, kBounds>& held, std::size_t size) {
  Column all;
  for (std::size_t i = 0; i < size; ++i) all[i] = held[0][i] + held[1][i] + held[2][i] + held[3][i];
  return all;
}

/// The number of the first of the largest.
Column largest(const std::array<Column, kBounds>& held, std::size_t size) {
  Column number;
  for (std::size_t i = 0; i < size; ++i) {
    double most = held[0][i], at = 0;
    for (std::size_t b = 1; b < kBounds; ++b) {
      const double h = held[b][i];
      at = h > most ? static_cast<double>(b) : at;
      most = h > most ? h : most;
    }
    number[i] = at;
  }
  return number;
}

}  // namespace

StepTotals no_totals(std::size_t size) {
  StepTotals t;
  for (auto* column : {&t.time, &t.roof, &t.bytes, &t.flops, &t.network}) std::fill_n(column->begin(), size, 0.0);
  for (auto* held : {&t.held, &t.roof_held})
    for (Column& column : *held) std::fill_n(column.begin(), size, 0.0);
  return t;
}

void fill(OperatorColumns& columns, const PacedOperator& paced, const BatchColumns& batches, double context) {
  const Operator& op = *paced.op;
  LayerColumns layer;
  if (op.kind == OperatorKind::experts)
    move_experts(op, batches, layer, columns);
  else
    move_plain(op, rows_of_sequence(op, context), batches, layer, columns);
  take_time(paced, batches.size, layer, columns);
  if (paced.paced) return;
  std::copy_n(columns.roof.begin(), batches.size, columns.time.begin());
  std::copy_n(columns.roof_holder.begin(), batches.size, columns.holder.begin());
}

void add(StepTotals& totals, const OperatorColumns& columns, std::size_t size) {
  StepTotals& __restrict t = totals;
  const OperatorColumns& __restrict c = columns;
  for (std::size_t i = 0; i < size; ++i) {
    t.time[i] += c.time[i];
    t.roof[i] += c.roof[i];
    t.bytes[i] += c.bytes[i];
    t.flops[i] += c.flops[i];
    t.network[i] += c.network[i];
  }
  hold(totals.held, columns.holder, columns.time, size);
  hold(totals.roof_held, columns.roof_holder, columns.roof, size);
}

void finish(StepTotals& totals, const BatchColumns& batches, bool stages, Column& holder) {
  StepTotals& __restrict t = totals;
  const BatchColumns& __restrict b = batches;
  Column& host_held = t.held[static_cast<std::size_t>(Bound::overhead)];
  if (stages) {
    const Column most = largest(t.held, b.size), roof_all = sum(t.roof_held, b.size);
    Column bubble = sum(t.held, b.size);
    for (std::size_t i = 0; i < b.size; ++i) {
      bubble[i] = (b.imbalance[i] - 1) * bubble[i];
      t.time[i] = t.time[i] + b.host[i] + bubble[i];
      t.roof[i] += (b.imbalance[i] - 1) * roof_all[i];
    }
    for (std::size_t i = 0; i < b.size; ++i) host_held[i] += b.host[i];
    hold(t.held, most, bubble, b.size);
  } else {
    for (std::size_t i = 0; i < b.size; ++i) t.time[i] += b.host[i];
    for (std::size_t i = 0; i < b.size; ++i) host_held[i] += b.host[i];
  }
  holder = largest(t.held, b.size);
}

}  // namespace roofcast
