#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/attention/attention.hpp"
#include "core/ffn.hpp"
#include "core/result.hpp"
#include "hwmodels/import/gguf_dims.hpp"
#include "hwmodels/import/gguf_tensors.hpp"

namespace roofcast {

/// One block of a GGUF file next to what its metadata state: `expect` holds a tensor's shape against it.
struct GgufLayer {
  const GgufBlock& block;
  const GgufArchitecture& architecture;
  const GgufDims& dims;
  const std::string& origin;
  Errors& errors;

  [[nodiscard]] std::size_t index() const { return static_cast<std::size_t>(block.index); }
  /// Reports a tensor that is missing or is not [columns, rows]; `because` names the keys.
  void expect(std::string_view tensor, std::uint64_t columns, std::uint64_t rows, std::string_view because) const;
  /// A dimension of a tensor as an int; 0 and an error where there is none.
  [[nodiscard]] int dim(std::string_view tensor, std::size_t axis) const;
  void add(std::string_view tensor, std::string what) const;
};

/// The token mixer that a block's tensors make, checked against the metadata (attention.md §1-§7).
[[nodiscard]] Attention gguf_mixer(const GgufLayer& layer);
/// The FFN that a block's tensors make.
[[nodiscard]] Ffn gguf_ffn(const GgufLayer& layer);

}  // namespace roofcast
