#include <algorithm>

#include <fmt/format.h>

#include "core/calibrated/call_cost.hpp"
#include "core/decode_step.hpp"
#include "core/validation/prediction.hpp"

namespace roofcast {
namespace {

/// Stored elements of one byte are multiplied in fp8 at best, of four in fp32.
Compute product_type(double element_bytes) {
  return element_bytes <= 1 ? Compute::fp8 : element_bytes >= 4 ? Compute::fp32 : Compute::bf16;
}

Prediction by_roof(const Cost& cost, const Device& device, Compute type, BytesPerSecond link = {}) {
  if (device.bandwidth <= BytesPerSecond{}) return no_prediction(fmt::format("{} has no known bandwidth", device.id));
  const auto rate = peak_rate(device, type);
  if (cost.flops > Flops{} && !rate)
    return no_prediction(fmt::format("{} has no known {} peak rate", device.id, name(type)));
  const Timed t = roofline(cost, {device.bandwidth, rate.value_or(FlopsPerSecond{}), link});
  Prediction p{.bound = t.bound};
  p.figures[0] = {.value = t.time.in(units::us)};
  return p;
}

struct Roofline {
  const MeasuredRow& row;
  const Device& device;

  Prediction operator()(const DecodeAttentionCall& c) const {
    return by_roof(cost(c), device, product_type(c.q_bytes));
  }
  Prediction operator()(const PrefillAttentionCall& c) const {
    return by_roof(cost(c), device, product_type(std::max(c.q_bytes, c.kv_bytes)));
  }
  Prediction operator()(const MlaDecodeCall& c) const { return by_roof(cost(c), device, product_type(c.kv_bytes)); }
  Prediction operator()(const GemmCall& c) const {
    const auto format = find_weight_format(row.dtype);
    return format ? by_roof(cost(c, *format), device, format->compute) : unknown_format();
  }
  Prediction operator()(const MoeCall& c) const {
    const auto format = find_weight_format(row.dtype);
    return format ? by_roof(cost(c, *format, expert_matrices(row.kernel)), device, format->compute) : unknown_format();
  }
  Prediction operator()(const AllReduceCall& c) const {
    if (c.devices < 2) return no_prediction("one device has nothing to exchange");
    const auto link = device_roofs(device, {.tp = static_cast<int>(std::min(c.devices, 65536.0))}).link;
    if (link <= BytesPerSecond{}) return no_prediction(fmt::format("{} has no known link bandwidth", device.id));
    return by_roof(cost(c), device, Compute::bf16, link);
  }
  Prediction operator()(const ServingRun&) const { return no_prediction("not a kernel"); }
  Prediction operator()(const CacheStart&) const { return no_prediction("not a kernel"); }

 private:
  [[nodiscard]] Prediction unknown_format() const {
    return no_prediction(fmt::format("dtype '{}' is not a known format", row.dtype));
  }
};

}  // namespace

Prediction predict_kernel(const MeasuredRow& row, const Device& device) {
  if (!row.problem.empty()) return no_prediction(row.problem);
  return std::visit(Roofline{row, device}, row.call);
}

}  // namespace roofcast
