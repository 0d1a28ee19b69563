#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "hwmodels/import/gguf_header.hpp"
#include "hwmodels/import/tensor_sums.hpp"

namespace roofcast {

/// The tensors of one block by their name in it: "attn_q.weight".
struct GgufBlock {
  int index = 0;
  std::map<std::string_view, const GgufTensor*> tensors{};

  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  [[nodiscard]] const GgufTensor* find(std::string_view name) const;
};

/// Tensors of a file by block. Views into the header they were made from.
struct GgufTensorIndex {
  std::vector<GgufBlock> blocks{};
  std::map<std::string_view, const GgufTensor*> others{};  ///< "token_embd.weight", "output.weight", ...
};

/// Errors for blocks beyond `blocks`, which the metadata announced.
[[nodiscard]] Result<GgufTensorIndex> index_tensors(const GgufHeader& header, int blocks, const std::string& origin);

/// What a tensor in a block is part of. Vectors are `small` wherever they are.
[[nodiscard]] TensorRole block_role(std::string_view name_in_block, const GgufTensor& tensor);
/// What a tensor outside the blocks is part of; nullopt for a matrix that is not known.
[[nodiscard]] std::optional<TensorRole> end_role(std::string_view name, const GgufTensor& tensor);

/// "[4096, 1024]", as ggml prints shapes: columns first.
[[nodiscard]] std::string shape_text(const std::vector<std::uint64_t>& dims);

}  // namespace roofcast
