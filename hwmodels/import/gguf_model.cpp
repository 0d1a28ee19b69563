#include "hwmodels/import/gguf_model.hpp"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "core/model_checks.hpp"
#include "hwmodels/import/gguf_kinds.hpp"
#include "hwmodels/import/gguf_parts.hpp"
#include "hwmodels/import/printable.hpp"

namespace roofcast {
namespace {

std::string place(const std::string& origin, std::string_view key) {
  return fmt::format("{}:/{}", origin, key);
}

/// Lower case, runs of anything but letters, digits and dots as one dash.
std::string dashed(std::string_view text) {
  std::string id;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u < 128 && (std::isalnum(u) != 0 || c == '.'))
      id += static_cast<char>(std::tolower(u));
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id.empty() ? "model" : id;
}

std::string stem(const std::string& origin) {
  if (const auto part = gguf_part_name(origin)) return part->stem;
  return origin.ends_with(".gguf") ? origin.substr(0, origin.size() - 5) : origin;
}

Result<const GgufArchitecture*> architecture_of(const GgufHeader& header, const std::string& origin) {
  const auto type = gguf_text(header.metadata, "general.type");
  if (!type.empty() && type != "model")
    return fail(place(origin, "general.type"), fmt::format("'{}', expected a language model", printable(type)));
  const auto name = gguf_text(header.metadata, "general.architecture");
  if (name.empty()) return fail(place(origin, "general.architecture"), "missing");
  if (const auto* known = find_gguf_architecture(name)) return known;
  return fail(place(origin, "general.architecture"), fmt::format("'{}' is not supported", printable(name)),
              "import the config.json of its Hugging Face model, or write a model profile");
}

/// Tables and vectors outside the blocks.
void add_ends(const GgufTensorIndex& index, const std::string& origin, ModelSpec& model, TensorSums& sums,
              Errors& errors) {
  for (const auto& [name, tensor] : index.others) {
    const auto role = end_role(name, *tensor);
    if (!role) {
      errors.push_back({fmt::format("{}:/tensors/{}", origin, printable(name)),
                        "not known: what it is for decides what is read in a step",
                        {}});
      continue;
    }
    sums.add(*role, tensor->type.name, tensor->bytes, tensor->elements);
    const auto n = static_cast<double>(tensor->elements);
    if (name == "position_embd.weight" || name.starts_with("token_embd_norm."))
      model.embedding_small_params += n;
    else if (*role == TensorRole::small)
      model.final_small_params += n;
    else if (*role == TensorRole::vision)
      model.vision_params += n;
  }
}

void add_tables(const GgufTensorIndex& index, const std::string& origin, ModelSpec& model, Errors& errors) {
  const auto table = index.others.find("token_embd.weight");
  if (table == index.others.end()) {
    errors.push_back({origin + ":/tensors/token_embd.weight", "missing: not a whole language model", {}});
    return;
  }
  const auto& dims = table->second->dims;
  const auto rows = table->second->elements / dims.front();
  if (dims.front() != static_cast<std::uint64_t>(model.hidden) ||
      rows > static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
    errors.push_back({origin + ":/tensors/token_embd.weight",
                      fmt::format("{}, expected {} columns from embedding_length", shape_text(dims), model.hidden),
                      {}});
    return;
  }
  model.vocab = static_cast<int>(rows);
  const auto head = index.others.find("output.weight");
  model.tied_embeddings = head == index.others.end();
  if (!model.tied_embeddings && head->second->elements != table->second->elements)
    errors.push_back(
        {origin + ":/tensors/output.weight",
         fmt::format("{}, expected {} as token_embd.weight", shape_text(head->second->dims), shape_text(dims)),
         {}});
}

void add_formats(const TensorSums& sums, ModelSpec& model) {
  // Modules that the model has none of are as its plain tensors.
  const auto plain = find_weight_format(model.dtype).value_or(WeightFormat{});
  const ModuleFormats formats{.attention = stored_format(sums.of(TensorRole::attention), plain),
                              .mlp = stored_format(sums.of(TensorRole::mlp), plain),
                              .experts = stored_format(sums.of(TensorRole::experts), plain)};
  for (auto& kind : model.kinds) kind.formats = formats;
  model.embedding_format = stored_format(sums.of(TensorRole::embedding), plain);
  model.head_format = stored_format(sums.of(TensorRole::lm_head), model.embedding_format);
  model.checkpoint_bytes = Bytes{static_cast<double>(sums.bytes())};
}

void add_notes(const GgufArchitecture& architecture, const GgufDims& dims, ModelSpec& model) {
  model.notes.push_back(
      "the file does not state the element type of the KV cache: fp16, llama.cpp's default, is assumed");
  if (!architecture.note.empty() &&
      (architecture.window_rule == WindowRule::none || architecture.window_rule == WindowRule::ignored ||
       std::ranges::max(dims.window) > 0))
    model.notes.emplace_back(architecture.note);
  if (architecture.recurrence != Recurrence::none && architecture.recurrence != Recurrence::short_conv)
    model.notes.push_back("recurrent states are kept in fp32, as llama.cpp does");
  if (architecture.latent && dims.key_length_mla == 0)
    model.notes.push_back(
        "kv_b is not split in this file: llama.cpp caches the keys and values of every head, not the latent");
  if (model.mtp_params > 0)
    model.notes.push_back(fmt::format(
        "{:.0f} parameters of multi-token prediction are in the file and count as weights", model.mtp_params));
  if (model.vision_params > 0)
    model.notes.push_back(fmt::format(
        "{:.0f} parameters of a vision or audio tower are in the file and count as weights", model.vision_params));
}

}  // namespace

Result<ModelSpec> gguf_model(const GgufHeader& header, const std::string& origin) {
  const auto architecture = architecture_of(header, origin);
  if (!architecture) return std::unexpected(architecture.error());
  const auto& a = **architecture;

  Errors errors;
  GgufKeys keys(header.metadata, std::string(a.name), origin, errors);
  const auto dims = read_gguf_dims(keys, a);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  const auto index = index_tensors(header, dims.layers + dims.mtp_layers, origin);
  if (!index) return std::unexpected(index.error());

  ModelSpec model{.id = dashed(stem(origin)),
                  .name = printable(gguf_text(header.metadata, "general.name")),
                  .architecture = std::string(a.model_class),
                  .source = "GGUF file " + printable(origin),
                  .hidden = dims.hidden,
                  .max_context = dims.context,
                  .dtype = "fp16"};
  if (model.name.empty()) model.name = printable(stem(origin));

  TensorSums sums;
  add_tables(*index, origin, model, errors);
  add_ends(*index, origin, model, sums, errors);
  add_gguf_layers(*index, a, dims, origin, model, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));

  for (const auto& block : index->blocks)
    for (const auto& [name, tensor] : block.tensors) {
      const bool mtp = block.index >= dims.layers;
      sums.add(mtp ? TensorRole::mtp : block_role(name, *tensor), tensor->type.name, tensor->bytes, tensor->elements);
    }
  model.mtp_params = static_cast<double>(sums.of(TensorRole::mtp).elements);
  add_formats(sums, model);
  add_notes(a, dims, model);
  if (auto problems = model_problems(model, origin); !problems.empty()) return std::unexpected(std::move(problems));
  return model;
}

}  // namespace roofcast
