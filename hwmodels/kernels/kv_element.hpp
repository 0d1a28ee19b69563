#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace roofcast::kernels {

/// How the kernels store one element of K or V. int8 rows carry one fp32 scale each.
enum class KvElement { fp32, bf16, fp16, int8 };

inline constexpr std::array kKvElements{KvElement::fp32, KvElement::bf16, KvElement::fp16, KvElement::int8};

[[nodiscard]] constexpr std::string_view name(KvElement e) {
  switch (e) {
    case KvElement::fp32:
      return "fp32";
    case KvElement::bf16:
      return "bf16";
    case KvElement::fp16:
      return "fp16";
    case KvElement::int8:
      return "int8";
  }
  return "";
}

/// Size of one element in bytes, scales not counted.
[[nodiscard]] constexpr std::size_t element_bytes(KvElement e) {
  return e == KvElement::fp32 ? 4 : e == KvElement::int8 ? 1 : 2;
}

/// By the words of measurement files; "half" is fp16.
[[nodiscard]] constexpr std::optional<KvElement> find_kv_element(std::string_view word) {
  if (word == "half") return KvElement::fp16;
  for (const KvElement e : kKvElements)
    if (name(e) == word) return e;
  return std::nullopt;
}

}  // namespace roofcast::kernels
