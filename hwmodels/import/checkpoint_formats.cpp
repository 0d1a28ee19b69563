#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/lower_case.hpp"
#include "core/parameters.hpp"
#include "hwmodels/import/checkpoint.hpp"

namespace roofcast {
namespace {

constexpr double kTolerance = 0.02;
constexpr double kSlack = 0.15;     // buffers, padding and what a config does not tell
constexpr double kMostPerByte = 8;  // one bit a weight

/// A module's matrices in the model: how many weights, and how many bytes the formats make of them.
struct Stated {
  double params = 0;
  double bytes = 0;
};

Stated stated(const ModelSpec& model, Module module) {
  Stated sum;
  const auto add = [&](double params, const WeightFormat& format) {
    sum.params += params;
    sum.bytes += params * format.bytes_per_weight;
  };
  const auto counts = kind_counts(model, 0, model.layer_count());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& kind = model.kinds[i];
    const LayerParts p = parts(kind, model.hidden);
    if (module == Module::experts && p.experts)
      add(counts[i] * p.experts->experts * p.experts->expert_params(), kind.formats.experts);
    for (const auto& m : p.projections)
      if (m.module == module) add(counts[i] * m.params(), matrix_format(kind.formats, m, {}));
  }
  return sum;
}

/// Every format of a module: its own and those of the matrices stored unlike it.
template <class Change>
void change_formats(ModelSpec& model, Module module, WeightFormat ModuleFormats::*format, Change change) {
  for (auto& kind : model.kinds) {
    change(kind.formats.*format);
    for (const auto& m : parts(kind, model.hidden).projections)
      for (auto& exception : kind.formats.exceptions)
        if (m.module == module && exception.matrix == m.name) change(exception.format);
  }
}

/// Integers hold several weights each: GPTQ, AWQ, MXFP4, NVFP4.
bool is_packed(const RoleSum& sum) {
  for (const auto* type : {"U8", "I32", "U32", "I64"})
    if (sum.types.contains(type)) return true;
  return false;
}

bool agree(double a, double b) {
  return std::abs(a / b - 1) <= kTolerance;
}

/// Bytes per weight of a role that has `params` weights; nullopt where the tensors found are not those.
std::optional<double> bytes_per_weight(const RoleSum& sum, double params) {
  if (params == 0 || sum.bytes == 0) return std::nullopt;
  if (is_packed(sum)) return static_cast<double>(sum.bytes) / params;
  if (!agree(static_cast<double>(sum.elements), params)) return std::nullopt;
  return static_cast<double>(sum.bytes) / static_cast<double>(sum.elements);
}

WeightFormat format_of(const RoleSum& sum, double bytes) {
  std::string_view most;
  std::uint64_t most_bytes = 0;
  for (const auto& [type, type_bytes] : sum.types)
    if (type_bytes > most_bytes) {
      most = type;
      most_bytes = type_bytes;
    }
  auto name = most == "F16" ? "fp16" : most == "F32" ? "fp32" : most.starts_with("F8_E4M3") ? "fp8" : lower_case(most);
  const auto compute = name == "fp32" ? Compute::fp32 : name == "fp8" ? Compute::fp8 : Compute::bf16;
  return {std::move(name), bytes, compute};
}

void correct(ModelSpec& model, const RoleSum& sum, Module module, WeightFormat ModuleFormats::*format,
             std::string_view name) {
  const auto says = stated(model, module);
  const auto bytes = bytes_per_weight(sum, says.params);
  if (!bytes) return;
  const double mean = says.bytes / says.params;
  if (!agree(*bytes, mean)) {
    const auto real = format_of(sum, *bytes);
    model.notes.push_back(fmt::format("{} weights are stored in {:.4g} bytes each ({}), the config says {:.4g}", name,
                                      *bytes, real.name, mean));
    change_formats(model, module, format, [&](WeightFormat& f) { f = real; });
    return;
  }
  // The config's formats, with the bytes that the files really take.
  change_formats(model, module, format, [&](WeightFormat& f) { f.bytes_per_weight *= *bytes / mean; });
}

/// Weights of the language model that the files hold, at the least and at the most: how many a packed integer
/// holds is not known. Vectors and buffers apart; a tied head may be there or not.
struct Held {
  double least = 0;
  double most = 0;
};

Held held(const TensorSums& sums, bool tied) {
  Held h;
  for (const TensorRole role : {TensorRole::attention, TensorRole::mlp, TensorRole::experts, TensorRole::router,
                                TensorRole::embedding, TensorRole::lm_head, TensorRole::lookup}) {
    const RoleSum& sum = sums.of(role);
    const auto elements = static_cast<double>(sum.elements);
    if (!(tied && role == TensorRole::lm_head)) h.least += elements;
    h.most += is_packed(sum) ? std::max(elements, kMostPerByte * static_cast<double>(sum.bytes)) : elements;
  }
  return h;
}

/// Why the files cannot be those of the model.
Errors strangers(const ModelSpec& model, const Checkpoint& checkpoint) {
  Errors errors;
  const auto add = [&](std::string what) {
    errors.push_back({model.source, std::move(what), "the config and the safetensors files are of different models",
                      ErrorKind::unsupported});
  };
  if (checkpoint.layers > 0 && checkpoint.layers < model.layer_count())
    add(fmt::format("{} layers, but the tensors beside it are of {}", model.layer_count(), checkpoint.layers));
  const double total = parameters(model).total;
  const auto [least, most] = held(checkpoint.sums, model.tied_embeddings);
  if (most < (1 - kSlack) * total || least > (1 + kSlack) * total)
    add(fmt::format("{:.0f} parameters, but the tensors beside it hold {:.0f}", total, most));
  const auto extra = static_cast<double>(checkpoint.sums.of(TensorRole::mtp).elements);
  if (extra > total / 2)
    add(fmt::format("{} layers, but tensors of later layers hold {:.0f} parameters", model.layer_count(), extra));
  return errors;
}

/// Towers and extra layers count as the files hold them.
void correct_towers(ModelSpec& model, const TensorSums& sums) {
  const auto& vision = sums.of(TensorRole::vision);
  const auto& mtp = sums.of(TensorRole::mtp);
  if (!is_packed(vision)) model.vision_params = static_cast<double>(vision.elements);
  if (!is_packed(mtp)) model.mtp_params = static_cast<double>(mtp.elements);
  if (vision.bytes > 0)
    model.notes.push_back(fmt::format("{} bytes of a vision or audio tower count as weights", vision.bytes));
  if (mtp.bytes > 0)
    model.notes.push_back(fmt::format("{} bytes of multi-token prediction count as weights", mtp.bytes));
}

}  // namespace

Result<ModelSpec> with_checkpoint(ModelSpec model, const Checkpoint& checkpoint) {
  if (checkpoint.headers_read)
    if (auto errors = strangers(model, checkpoint); !errors.empty()) return std::unexpected(std::move(errors));
  model.checkpoint_bytes = Bytes{static_cast<double>(checkpoint.bytes)};
  model.notes.insert(model.notes.end(), checkpoint.notes.begin(), checkpoint.notes.end());
  if (!checkpoint.headers_read) return model;

  const auto& sums = checkpoint.sums;
  correct(model, sums.of(TensorRole::attention), Module::attention, &ModuleFormats::attention, "attention");
  correct(model, sums.of(TensorRole::mlp), Module::mlp, &ModuleFormats::mlp, "MLP");
  correct(model, sums.of(TensorRole::experts), Module::experts, &ModuleFormats::experts, "expert");
  correct_towers(model, sums);

  const double table = static_cast<double>(model.vocab) * model.hidden;
  if (const auto bytes = bytes_per_weight(sums.of(TensorRole::embedding), table))
    model.embedding_format = format_of(sums.of(TensorRole::embedding), *bytes);
  if (const auto bytes = bytes_per_weight(sums.of(TensorRole::lm_head), table))
    model.head_format = format_of(sums.of(TensorRole::lm_head), *bytes);
  return model;
}

}  // namespace roofcast
