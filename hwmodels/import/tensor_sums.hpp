#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/number_format.hpp"

namespace roofcast {

/// What a stored tensor is part of.
enum class TensorRole {
  attention,  ///< token mixers of any kind
  mlp,        ///< dense MLPs and shared experts
  experts,
  router,
  embedding,
  lm_head,
  small,   ///< norms, biases, convolutions, scalars
  lookup,  ///< per-layer embedding tables
  vision,
  mtp,
};
inline constexpr std::size_t kTensorRoles = 10;

/// Sums over the tensors of one role.
struct RoleSum {
  std::uint64_t bytes = 0;
  std::uint64_t elements = 0;
  std::map<std::string, std::uint64_t, std::less<>> types{};  ///< bytes by storage type
};

/// Bytes and elements of a checkpoint, by role.
struct TensorSums {
  std::array<RoleSum, kTensorRoles> roles{};

  [[nodiscard]] const RoleSum& of(TensorRole role) const { return roles[static_cast<std::size_t>(role)]; }
  void add(TensorRole role, std::string_view type, std::uint64_t bytes, std::uint64_t elements);

  [[nodiscard]] std::uint64_t bytes() const;
  [[nodiscard]] std::uint64_t elements() const;
};

/// "q4_k", or "q4_k mix" when the role's tensors are of several types: the one with most bytes leads.
[[nodiscard]] std::string type_name(const RoleSum& sum);

/// The format that a role's matrices are stored in on average: bytes / elements. `fallback` where the
/// checkpoint holds none.
[[nodiscard]] WeightFormat stored_format(const RoleSum& sum, const WeightFormat& fallback);

}  // namespace roofcast
