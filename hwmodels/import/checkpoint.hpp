#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/model_spec.hpp"
#include "core/result.hpp"
#include "hwmodels/import/tensor_sums.hpp"

namespace roofcast {

/// What the safetensors files of a model say about its weights.
struct Checkpoint {
  std::uint64_t bytes = 0;  ///< of all tensors, without headers
  TensorSums sums{};        ///< empty where only the index was at hand
  bool headers_read = false;
  int layers = 0;  ///< the last layer that a tensor is in, counted from 1; 0: names tell none
  std::vector<std::string> notes{};
};

/// Does the folder hold safetensors files or an index of them?
[[nodiscard]] bool has_checkpoint(const std::filesystem::path& folder);

/// Reads the index and the headers of its files, or of the only file where there is no index. Without
/// any of the files the index' total_size counts; with some of them missing it is an error.
/// @param layers of the model: later ones are multi-token prediction
[[nodiscard]] Result<Checkpoint> read_checkpoint(const std::filesystem::path& folder, int layers);

/// The model with the checkpoint's exact bytes, towers and formats. What the config says about formats
/// is kept where the bytes agree within 2 %, and corrected with a note where they do not. Errors: the tensors are
/// those of another model.
[[nodiscard]] Result<ModelSpec> with_checkpoint(ModelSpec model, const Checkpoint& checkpoint);

}  // namespace roofcast
