#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/lower_case.hpp"
#include "hwmodels/import/checkpoint.hpp"

namespace roofcast {
namespace {

constexpr double kTolerance = 0.02;

/// A module's matrices in the model: how many weights, and how many bytes the formats make of them.
struct Stated {
  double params = 0;
  double bytes = 0;
};

double module_params(const LayerParts& p, Module module) {
  if (module == Module::experts) return p.experts ? p.experts->experts * p.experts->expert_params() : 0;
  double sum = 0;
  for (const auto& m : p.projections)
    if (m.module == module) sum += m.params();
  return sum;
}

Stated stated(const ModelSpec& model, Module module, WeightFormat ModuleFormats::*format) {
  Stated sum;
  const auto counts = kind_counts(model, 0, model.layer_count());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& kind = model.kinds[i];
    const double params = counts[i] * module_params(parts(kind, model.hidden), module);
    sum.params += params;
    sum.bytes += params * (kind.formats.*format).bytes_per_weight;
  }
  return sum;
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
  const auto says = stated(model, module, format);
  const auto bytes = bytes_per_weight(sum, says.params);
  if (!bytes) return;
  const double mean = says.bytes / says.params;
  if (!agree(*bytes, mean)) {
    const auto real = format_of(sum, *bytes);
    model.notes.push_back(fmt::format("{} weights are stored in {:.4g} bytes each ({}), the config says {:.4g}", name,
                                      *bytes, real.name, mean));
    for (auto& kind : model.kinds) kind.formats.*format = real;
    return;
  }
  // The config's formats, with the bytes that the files really take.
  for (auto& kind : model.kinds) (kind.formats.*format).bytes_per_weight *= *bytes / mean;
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

ModelSpec with_checkpoint(ModelSpec model, const Checkpoint& checkpoint) {
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
