#include "hwmodels/calibrate/operator_tasks.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/calibrated/all_reduce.hpp"
#include "core/calibrated/gemm.hpp"
#include "core/calibrated/mla_decode.hpp"
#include "core/calibrated/moe.hpp"
#include "core/calibrated/prefill_attention.hpp"
#include "hwmodels/calibrate/form_task.hpp"
#include "hwmodels/calibrate/operator_splits.hpp"

namespace roofcast {
namespace {

/// What a form is asked about a measured call.
template <class Call>
const Call& asked(const Call& call) {
  return call;
}
LoadedMoeCall asked(const MoeCall& call) {
  return loaded(call);
}

template <class Form>
bool fits_optional(const KernelSetting&) {
  return false;
}
template <>
bool fits_optional<GemmForm>(const KernelSetting& setting) {
  return quantises_activations(setting.format);
}

template <class Form, class Call>
Result<std::vector<CalibrationTask>> tasks_of(std::span<const MeasuredRow> all, const Device& device, double share) {
  std::map<CalibrationKey, FormRows<Form>> kernels;
  for (const auto& row : measured<Call>(all)) {
    auto use = kernel_use(KernelLabel{row.kernel, row.dtype}, row.call, device, CacheReuse::between_calls);
    if (!use)
      return usage_error(
          "--hardware", fmt::format("'{}' states no figures for {} rows of dtype '{}'", device.id, Form::op, row.dtype),
          "bandwidth, compute rate and compute units are needed, and a known dtype");
    auto& rows = kernels[use->key];
    rows.use = std::move(*use);
    add_version(rows.versions, row.kernel.version);
    rows.calls.push_back(asked(row.call));
    rows.latencies_us.push_back(row.latency_us);
  }
  std::vector<CalibrationTask> tasks;
  for (auto& [key, rows] : kernels) {
    auto apart = hold_outs(rows.calls, share);
    std::vector<std::vector<RowGroup>> groups;
    for (const auto& call : rows.calls) groups.push_back(groups_of(call));
    const bool with_optional = fits_optional<Form>(rows.use.setting);
    tasks.push_back(form_task<Form>(std::move(rows), with_optional));
    tasks.back().hold_outs = std::move(apart);
    tasks.back().groups = std::move(groups);
  }
  return tasks;
}

}  // namespace

Result<std::vector<CalibrationTask>> operator_tasks(std::span<const MeasuredRow> rows, const Device& device,
                                                    double share) {
  const auto op_word = rows.empty() ? std::string_view{} : op(rows.front().call);
  if (op_word == PrefillAttentionForm::op)
    return tasks_of<PrefillAttentionForm, PrefillAttentionCall>(rows, device, share);
  if (op_word == MlaDecodeForm::op) return tasks_of<MlaDecodeForm, MlaDecodeCall>(rows, device, share);
  if (op_word == GemmForm::op) return tasks_of<GemmForm, GemmCall>(rows, device, share);
  if (op_word == MoeForm::op) return tasks_of<MoeForm, MoeCall>(rows, device, share);
  if (op_word == AllReduceForm::op) return tasks_of<AllReduceForm, AllReduceCall>(rows, device, share);
  return std::vector<CalibrationTask>{};
}

}  // namespace roofcast
