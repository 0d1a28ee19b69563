#include "hwmodels/import/tensor_sums.hpp"

#include <algorithm>

namespace roofcast {

void TensorSums::add(TensorRole role, std::string_view type, std::uint64_t bytes, std::uint64_t elements) {
  auto& sum = roles[static_cast<std::size_t>(role)];
  sum.bytes += bytes;
  sum.elements += elements;
  sum.types[std::string(type)] += bytes;
}

std::uint64_t TensorSums::bytes() const {
  std::uint64_t sum = 0;
  for (const auto& role : roles) sum += role.bytes;
  return sum;
}

std::uint64_t TensorSums::elements() const {
  std::uint64_t sum = 0;
  for (const auto& role : roles) sum += role.elements;
  return sum;
}

namespace {

/// The names that weight formats have (core/number_format.cpp).
std::string_view format_name(std::string_view type) {
  if (type == "f16") return "fp16";
  return type == "f32" ? "fp32" : type;
}

}  // namespace

std::string type_name(const RoleSum& sum) {
  const auto most = std::ranges::max_element(sum.types, {}, [](const auto& entry) { return entry.second; });
  if (most == sum.types.end()) return {};
  const std::string name(format_name(most->first));
  return sum.types.size() > 1 ? name + " mix" : name;
}

WeightFormat stored_format(const RoleSum& sum, const WeightFormat& fallback) {
  if (sum.elements == 0) return fallback;
  const auto name = type_name(sum);
  // Block formats are dequantised and multiplied in 16 bit.
  return {name, static_cast<double>(sum.bytes) / static_cast<double>(sum.elements),
          name == "fp32" ? Compute::fp32 : Compute::bf16};
}

}  // namespace roofcast
