#pragma once

#include <array>
#include <string_view>
#include <variant>

#include "core/attention/field.hpp"
#include "core/attention/layer_parts.hpp"

namespace roofcast {

/// A layer without a feed-forward part.
struct NoFfn {
  static constexpr std::string_view kind = "none";

  friend bool operator==(const NoFfn&, const NoFfn&) = default;

  static constexpr auto fields() { return std::array<Field<NoFfn>, 0>{}; }
};

/// Dense MLP: gated (three matrices) or plain (two).
struct DenseFfn {
  static constexpr std::string_view kind = "dense";

  int intermediate = 0;
  bool gated = true;
  bool bias = false;

  friend bool operator==(const DenseFfn&, const DenseFfn&) = default;

  static constexpr auto fields() {
    using D = DenseFfn;
    return std::array{Field<D>{"intermediate", &D::intermediate, 1, true}, Field<D>{"gated", &D::gated},
                      Field<D>{"bias", &D::bias}};
  }
};

/// Mixture of experts with optional shared experts, latent width and a parallel dense MLP.
struct MixtureOfExperts {
  static constexpr std::string_view kind = "moe";

  int experts = 0;
  int top_k = 0;
  int intermediate = 0;
  int shared_intermediate = 0;  ///< all shared experts together; 0: none
  int dense_intermediate = 0;   ///< a dense MLP that runs beside the experts (Gemma-4); 0: none
  int latent = 0;               ///< experts work in this width; 0: the hidden width
  int extra_params = 0;         ///< router scales and the like
  bool gated = true;
  bool expert_bias = false;
  bool router_bias = false;
  bool shared_gate = false;
  bool latent_norm = false;

  friend bool operator==(const MixtureOfExperts&, const MixtureOfExperts&) = default;

  static constexpr auto fields() {
    using M = MixtureOfExperts;
    return std::array{Field<M>{"experts", &M::experts, 1, true},
                      Field<M>{"top_k", &M::top_k, 1, true},
                      Field<M>{"intermediate", &M::intermediate, 1, true},
                      Field<M>{"shared_intermediate", &M::shared_intermediate},
                      Field<M>{"dense_intermediate", &M::dense_intermediate},
                      Field<M>{"latent", &M::latent},
                      Field<M>{"extra_params", &M::extra_params},
                      Field<M>{"gated", &M::gated},
                      Field<M>{"expert_bias", &M::expert_bias},
                      Field<M>{"router_bias", &M::router_bias},
                      Field<M>{"shared_gate", &M::shared_gate},
                      Field<M>{"latent_norm", &M::latent_norm}};
  }
};

using Ffn = std::variant<NoFfn, DenseFfn, MixtureOfExperts>;

[[nodiscard]] inline LayerParts parts(const NoFfn&, int) {
  return {};
}
[[nodiscard]] LayerParts parts(const DenseFfn& f, int hidden);
[[nodiscard]] LayerParts parts(const MixtureOfExperts& f, int hidden);
[[nodiscard]] inline LayerParts parts(const Ffn& f, int hidden) {
  return std::visit([&](const auto& v) { return parts(v, hidden); }, f);
}

}  // namespace roofcast
