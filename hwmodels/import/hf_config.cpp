#include "hwmodels/import/hf_config.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/model_checks.hpp"
#include "core/nearest_name.hpp"
#include "hwmodels/import/hf_config_families.hpp"
#include "hwmodels/import/hf_config_kinds.hpp"
#include "hwmodels/import/hf_config_model_name.hpp"
#include "hwmodels/import/hf_config_object.hpp"
#include "hwmodels/import/hf_config_quantization.hpp"

namespace roofcast {
namespace hf {
namespace {

/// The language model's part of a multimodal file; the root where nothing is nested.
ConfigObject language_part(const ConfigObject& root) {
  for (const auto* key : {"text_config", "llm_config", "language_config", "language_model"})
    if (const auto* part = root.value(key); part != nullptr && part->as<JsonValue::Object>() != nullptr)
      return root.object(key);
  return root;
}

/// One of the two names a config has for its family; the known one, or an error.
const Family* family_of(const ConfigObject& part) {
  const auto type = part.text("model_type");
  const auto architecture = part.first_text("architectures");
  const auto* by_type = type ? family_of_type(*type) : nullptr;
  const auto* by_class = architecture ? family_of_class(*architecture) : nullptr;
  const auto not_understood = "attention kind not understood: no family of models is known under this name";
  if (by_type != nullptr && by_class != nullptr && by_type != by_class) {
    part.error("architectures", fmt::format("'{:.60}' contradicts model_type '{:.60}'", *architecture, *type));
  } else if (by_class != nullptr || (by_type != nullptr && !architecture)) {
    return by_class != nullptr ? by_class : by_type;
  } else if (architecture && (by_type != nullptr || !type)) {
    part.error("architectures", fmt::format("'{:.60}': {}", *architecture, not_understood));
  } else if (type) {
    part.error("model_type", fmt::format("'{:.60}': {}", *type, not_understood),
               did_you_mean(*type, known_model_types()));
  }
  return nullptr;
}

/// The family by the language model's own names, else by those of the whole file.
const Family* family_of(const ConfigObject& root, const ConfigObject& text) {
  if (text.has("model_type") || text.has("architectures")) return family_of(text);
  if (root.has("model_type") || root.has("architectures")) return family_of(root);
  text.error("model_type", "missing", "accepted names: model_type, architectures");
  return nullptr;
}

/// Weights and activations: "bf16", "fp16" or "fp32".
std::string element_type(const Config& config) {
  for (const auto& holder : {config.root, config.text, config.root.object("vision_config")}) {
    for (const auto* key : {"dtype", "torch_dtype"}) {
      auto stated = holder.text(key);
      if (!stated || *stated == "auto") continue;
      if (stated->starts_with("torch.")) stated->erase(0, 6);
      if (*stated == "bfloat16") return "bf16";
      if (*stated == "float16" || *stated == "half") return "fp16";
      if (*stated == "float32" || *stated == "float") {
        config.note("the file says float32; engines usually load such checkpoints in 16 bit");
        return "fp32";
      }
      holder.error(key, fmt::format("'{:.60}' is not understood", *stated), "understood: bfloat16, float16, float32");
      return "bf16";
    }
  }
  config.note("dtype not stated: bf16 assumed; the header of a safetensors file says it");
  return "bf16";
}

bool tied_embeddings(const Config& config) {
  for (const auto& holder : {config.root, config.text})
    for (const auto* key : {"tie_word_embeddings", "tie_embedding"})
      if (holder.has(key)) return holder.flag(key, false);
  config.note(fmt::format("tie_word_embeddings not stated: {}, the default of its class", config.traits.tied));
  return config.traits.tied;
}

int declared_context(const Config& config) {
  const auto stated = config.text.count(
      {"max_position_embeddings", "n_positions", "max_seq_len", "seq_length", "model_max_length"}, kTokens);
  if (!stated) config.note("declared context not stated");
  return stated.value_or(0);
}

/// What the checkpoint holds beside the language model.
void note_left_out(const Config& config) {
  for (const auto* key : {"vision_config", "audio_config", "visual"})
    if (config.root.has(key))
      config.leave_out(key == std::string_view{"audio_config"} ? "audio tower" : "vision tower");
  for (const auto* key : {"num_nextn_predict_layers", "mtp_num_hidden_layers", "num_mtp_modules"}) {
    const int layers = config.text.count({key}, {0, kLayers.max}).value_or(0);
    if (layers == 0) continue;
    config.leave_out(layers == 1 ? "one MTP layer" : fmt::format("{} MTP layers", layers));
    break;
  }
}

void refuse_cross_attention(const ConfigObject& text) {
  for (const auto* key : {"is_encoder_decoder", "add_cross_attention"})
    if (text.flag(key, false))
      text.error(key, "attention kind not understood: encoders and cross attention are not supported");
}

/// Layers times rules bounds the time that hostile settings cost.
void refuse_endless_rules(const ConfigObject& root, const Draft& draft, const Quantization& quantization) {
  const auto layers = draft.layers.size(), patterns = quantization.named.general() + quantization.spared.general();
  if (static_cast<double>(layers) * static_cast<double>(patterns) > 400'000)
    root.error("quantization_config", fmt::format("{} module patterns for each of {} layers", patterns, layers),
               "name modules layer by layer");
}

/// Reads the layers with the family's reader; errors are in the objects' list.
ModelSpec read_model(const Config& config, const Family& family, const ConfigObject& separate) {
  Draft draft{.hidden = config.text.required({"hidden_size", "n_embd", "d_model", "n_embed"}, kHidden),
              .vocab = config.text.required({"vocab_size", "padded_vocab_size"}, kVocab),
              .max_context = declared_context(config),
              .tied = tied_embeddings(config),
              .modules = family.modules};
  draft.final_small_params = norm_params(family.traits.norm, draft.hidden);
  refuse_cross_attention(config.text);
  family.read(config, draft);

  ModelSpec model{.hidden = draft.hidden,
                  .vocab = draft.vocab,
                  .max_context = draft.max_context,
                  .tied_embeddings = draft.tied,
                  .dtype = element_type(config),
                  .embedding_small_params = draft.embedding_small_params,
                  .final_small_params = draft.final_small_params,
                  .lookup_params = draft.lookup_params};
  if (config.text.flag(family.traits.head_bias.key, family.traits.head_bias.fallback))
    model.final_small_params += draft.vocab;
  const auto plain = find_weight_format(model.dtype).value_or(WeightFormat{});
  const auto formats = quantization(config.root, config.text, separate, plain, config.notes);
  model.embedding_format = plain;
  model.head_format = formats.head_format();
  refuse_endless_rules(config.root, draft, formats);
  note_left_out(config);
  if (config.text.has_errors()) return model;
  gather_kinds(draft, formats, model);
  return model;
}

/// Keys are read more than once; one line each is enough.
Errors without_repeats(const Errors& errors) {
  Errors once;
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& error : errors)
    if (seen.insert({error.where, error.what}).second) once.push_back(error);
  return once;
}

/// The object with those defaults put in that its file does not state.
JsonValue with_defaults(const JsonValue& object, const std::vector<ClassDefault>& defaults,
                        std::vector<std::string>& notes) {
  auto members = *object.as<JsonValue::Object>();
  for (const auto& [key, value] : defaults) {
    if (object.find(key) != nullptr) continue;
    std::erase_if(members, [&](const JsonMember& m) { return m.key == key; });
    members.push_back({std::string{key}, {value}});
    notes.push_back(fmt::format("{} not stated: {}, the default of its class", key, value));
  }
  std::ranges::sort(members, {}, &JsonMember::key);
  return {std::move(members)};
}

Result<ModelSpec> model_from(const JsonValue& tree, const JsonValue* separate_tree, std::string_view origin) {
  Errors errors;
  std::vector<std::string> notes;
  bool params_incomplete = false;
  const ConfigObject root{&tree, fmt::format("{}:", origin), errors};
  const ConfigObject separate{separate_tree, fmt::format("{}:", paired_quant_name(origin)), errors};
  const auto stated = language_part(root);
  const auto* family = errors.empty() ? family_of(root, stated) : nullptr;
  if (family == nullptr) return std::unexpected(without_repeats(errors));

  const auto defaults = class_defaults(*family, stated);
  const JsonValue completed = defaults.empty() ? JsonValue{} : with_defaults(stated.json(), defaults, notes);
  const ConfigObject text = defaults.empty() ? stated : stated.replaced_by(completed);
  ModelSpec model = read_model({root, text, family->traits, notes, params_incomplete}, *family, separate);
  if (errors.empty() && model.layers.empty()) root.error("", "no layers were read");
  if (!errors.empty()) return std::unexpected(without_repeats(errors));

  const auto architecture = text.first_text("architectures");
  model.architecture = architecture ? *architecture : root.first_text("architectures").value_or("");
  model.source = std::string{origin};
  name_model(origin, root.text("_name_or_path").value_or(""), model);
  model.notes = std::move(notes);
  model.params_incomplete = params_incomplete;
  if (auto problems = model_problems(model, origin); !problems.empty()) return std::unexpected(std::move(problems));
  return model;
}

}  // namespace
}  // namespace hf

Result<ModelSpec> import_hf_config(std::string_view config_text, std::optional<std::string_view> hf_quant_config_text,
                                   std::string_view origin) {
  const auto tree = json_tree(config_text, origin);
  if (!tree) return std::unexpected(tree.error());
  if (tree->as<JsonValue::Object>() == nullptr)
    return fail(std::string{origin}, fmt::format("{} where a JSON object was expected", describe(*tree)));
  if (!hf_quant_config_text) return hf::model_from(*tree, nullptr, origin);
  const auto settings = json_tree(*hf_quant_config_text, hf::paired_quant_name(origin));
  if (!settings) return std::unexpected(settings.error());
  return hf::model_from(*tree, &*settings, origin);
}

}  // namespace roofcast
