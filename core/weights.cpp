#include "core/weights.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

namespace roofcast {
namespace {

double layer_bytes(const ModelSpec& model, const LayerKind& kind, const Deployment& d) {
  const LayerParts p = parts(kind, model.hidden);
  const WeightFormat plain = plain_format(model);
  double sum = p.small_params * plain.bytes_per_weight;
  for (const auto& m : p.projections)
    sum += m.params() * stored_share(m, d) * matrix_format(kind.formats, m, plain).bytes_per_weight;
  if (p.experts)
    sum +=
        p.experts->experts / d.ep * p.experts->expert_params() / d.expert_tp() * kind.formats.experts.bytes_per_weight;
  return sum;
}

/// Where nothing is said of them, multi-token-prediction layers are stored as the model's last layer is:
/// nearly all of it is FFN.
double mtp_bytes_per_weight(const ModelSpec& model) {
  if (model.mtp_format) return model.mtp_format->bytes_per_weight;
  if (model.layers.empty()) return model_element_bytes(model);
  const LayerKind& last = model.kinds[static_cast<std::size_t>(model.layers.back())];
  const bool experts = parts(last.ffn, model.hidden).experts.has_value();
  return (experts ? last.formats.experts : last.formats.mlp).bytes_per_weight;
}

/// Tensors outside the layers: tables, head, vision tower on the stages that hold them.
double end_bytes(const ModelSpec& model, const Deployment& d, int stage) {
  const double table = static_cast<double>(model.vocab) * model.hidden / d.tp;
  const double plain = model_element_bytes(model);
  const bool first = stage == 0, last = stage == d.pp - 1;
  double sum = 0;
  if (first)
    sum += table * model.embedding_format.bytes_per_weight + model.embedding_small_params * plain +
           (model.lookup_params * model.embedding_format.bytes_per_weight + model.vision_params * plain) / d.tp;
  if (last) {
    // A tied table is stored once, but a last stage of its own needs a copy.
    if (!model.tied_embeddings || !first) sum += table * model.head_format.bytes_per_weight;
    sum += model.final_small_params * plain + model.mtp_params * mtp_bytes_per_weight(model) / d.tp;
  }
  return sum;
}

double computed_bytes(const ModelSpec& model, const Deployment& d, int stage) {
  const auto [first, last] = stage_layers(model.layer_count(), d.pp, stage);
  const auto counts = kind_counts(model, first, last);
  double sum = end_bytes(model, d, stage);
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) sum += counts[i] * layer_bytes(model, model.kinds[i], d);
  return sum;
}

bool unscaled(const WeightFormat& f) {
  return f.name == "bf16" || f.name == "fp16" || f.name == "fp32" || f.name == "half";
}

}  // namespace

Bytes weight_bytes(const ModelSpec& model) {
  return model.checkpoint_bytes ? *model.checkpoint_bytes : Bytes{computed_bytes(model, {}, 0)};
}

bool weight_bytes_are_exact(const ModelSpec& model) {
  const auto plain = [](const LayerKind& k) { return std::ranges::all_of(stored_formats(k), unscaled); };
  return model.checkpoint_bytes.has_value() || (!model.params_incomplete && unscaled(model.embedding_format) &&
                                                unscaled(model.head_format) && std::ranges::all_of(model.kinds, plain));
}

Bytes weight_bytes_per_rank(const ModelSpec& model, const Deployment& d, int stage) {
  const double computed = computed_bytes(model, d, stage);
  if (!model.checkpoint_bytes) return Bytes{computed};
  return computed / computed_bytes(model, {}, 0) * *model.checkpoint_bytes;
}

std::string weight_label(const ModelSpec& model) {
  std::string label;
  const auto agrees = [&](const WeightFormat& f) {
    if (label.empty()) label = f.name;
    return label == f.name;
  };
  for (const auto& kind : model.kinds) {
    const LayerParts p = parts(kind, model.hidden);
    for (const auto& m : p.projections)
      if (m.module != Module::router && !agrees(matrix_format(kind.formats, m, {}))) return "mixed";
    if (p.experts && !agrees(kind.formats.experts)) return "mixed";
  }
  return label;
}

ModelSpec with_weight_format(ModelSpec model, const WeightFormat& format) {
  for (auto& kind : model.kinds) kind.formats = {.attention = format, .mlp = format, .experts = format};
  model.checkpoint_bytes.reset();
  model.notes.push_back(
      fmt::format("attention, MLP and expert matrices in {}; embeddings, LM head and routers stay", format.name));
  return model;
}

}  // namespace roofcast
