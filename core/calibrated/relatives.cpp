#include "core/calibrated/relatives.hpp"

#include <cmath>
#include <string_view>

namespace roofcast {
namespace {

/// "HBM3e" -> "HBM", "GDDR6X" -> "GDDR".
std::string_view memory_kind(const Device& device) {
  const std::string_view type = device.memory_type;
  return type.substr(0, type.find_first_of("0123456789 "));
}

double apart(double a, double b) {
  return a > 0 && b > 0 ? std::abs(std::log(a / b)) : 0;
}

}  // namespace

bool are_relatives(const Device& a, const Device& b) {
  return a.vendor == b.vendor && a.device_class == b.device_class && memory_kind(a) == memory_kind(b) &&
         a.peaks.bf16.has_value() == b.peaks.bf16.has_value() && a.peaks.fp8.has_value() == b.peaks.fp8.has_value() &&
         a.peaks.int8.has_value() == b.peaks.int8.has_value() && a.peaks.fp4.has_value() == b.peaks.fp4.has_value();
}

double kinship(const Device& a, const Device& b) {
  const auto unit = FlopsPerByte{1};
  return apart(a.bandwidth / b.bandwidth, 1) + apart(a.compute_units, b.compute_units) +
         apart(ridge(a, Compute::bf16).in(unit), ridge(b, Compute::bf16).in(unit));
}

}  // namespace roofcast
