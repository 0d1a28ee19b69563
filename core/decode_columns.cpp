#include "core/decode_columns.hpp"

#include <algorithm>

namespace roofcast {

void StepColumns::resize(std::size_t batches) {
  for (auto* column : {&time, &roof, &bytes, &flops, &network, &holder}) column->resize(batches);
}

DecodeColumns::DecodeColumns(const StepPlan& plan, const DeviceRoofs& roofs, std::span<const double> batches)
    : batches_{batches.size()}, stages_{plan.pp > 1} {
  for (const Operator& op : plan.operators)
    operators_.push_back({.op = &op,
                          .roof = roofs.roof(op),
                          .pace = roofs.pace ? kernel_pace(op.kind, *roofs.pace) : KernelPace{},
                          .paced = roofs.pace.has_value()});
  before_ =
      static_cast<std::size_t>(std::ranges::find_if(operators_, &PacedOperator::reads_context) - operators_.begin());
  for (std::size_t first = 0; first < batches_; first += kTile) {
    tiles_.push_back(tile(plan, roofs, batches.subspan(first, std::min(kTile, batches_ - first))));
    tiles_.back().first = first;
  }
}

DecodeColumns::Tile DecodeColumns::tile(const StepPlan& plan, const DeviceRoofs& roofs,
                                        std::span<const double> batches) const {
  Tile t;
  BatchColumns& b = t.batches;
  b.size = batches.size();
  const ServingPace pace = roofs.pace.value_or(ServingPace{});
  for (std::size_t i = 0; i < b.size; ++i) {
    b.batch[i] = batches[i];
    b.micro_batch[i] = micro_batch(plan, batches[i]);
    b.host[i] = (pace.step_host + batches[i] * pace.sequence_host).in(units::s);
    b.imbalance[i] = decode_imbalance(plan, batches[i]);
  }
  t.start = no_totals(b.size);
  OperatorColumns columns;
  for (std::size_t i = 0; i < operators_.size(); ++i) {
    if (operators_[i].reads_context()) continue;
    fill(columns, operators_[i], b, 1);
    if (i < before_)
      add(t.start, columns, b.size);
    else
      t.rest.push_back(columns);
  }
  return t;
}

void DecodeColumns::evaluate(double context, StepColumns& out) const {
  out.resize(batches_);
  for (const Tile& t : tiles_) evaluate(t, context, out);
}

void DecodeColumns::evaluate(const Tile& tile, double context, StepColumns& out) const {
  const std::size_t size = tile.batches.size;
  StepTotals totals = tile.start;
  OperatorColumns reading;
  std::size_t fixed = 0;
  for (std::size_t i = before_; i < operators_.size(); ++i) {
    if (operators_[i].reads_context()) fill(reading, operators_[i], tile.batches, context);
    add(totals, operators_[i].reads_context() ? reading : tile.rest[fixed++], size);
  }
  Column holder;
  finish(totals, tile.batches, stages_, holder);
  const auto put = [&](const Column& column, std::vector<double>& to) {
    std::copy_n(column.begin(), size, to.begin() + static_cast<std::ptrdiff_t>(tile.first));
  };
  put(totals.time, out.time);
  put(totals.roof, out.roof);
  put(totals.bytes, out.bytes);
  put(totals.flops, out.flops);
  put(totals.network, out.network);
  put(holder, out.holder);
}

}  // namespace roofcast
