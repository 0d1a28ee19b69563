#include "hwmodels/calibrate/attention_task.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/calibrated/bound_fields.hpp"
#include "core/calibrated/calibrated_attention.hpp"
#include "core/calibrated/kernel_traits.hpp"
#include "hwmodels/calibrate/attention_groups.hpp"

namespace roofcast {
namespace {

using Rows = std::vector<Measured<DecodeAttentionCall>>;

/// What the closures of a task share: they outlive the function that makes them.
struct KernelRows {
  Rows rows{};
  Machine machine{};
  DecodeAttentionTraits traits{};
  std::vector<double DecodeAttentionParameters::*> members{};  ///< of the problem's parameters

  [[nodiscard]] DecodeAttentionTime time(std::span<const double> values, std::size_t row) const {
    DecodeAttentionKernel kernel{.traits = traits};
    for (std::size_t i = 0; i < values.size(); ++i) kernel.parameters.*members[i] = values[i];
    return decode_attention_time(kernel, machine, rows[row].call, CacheReuse::between_calls);
  }
};

AttentionKernelLabel label_of(const Measured<DecodeAttentionCall>& row) {
  return {.framework = row.kernel.framework, .kernel = row.kernel.kernel, .cache_dtype = row.dtype};
}

/// Long streams are what serving pays for: they count up to four times.
double weight(const DecodeAttentionCall& call) {
  constexpr double kHalf = 150e6;
  const double bytes = cache_bytes_read(call);
  return 1 + 3 * bytes / (bytes + kHalf);
}

/// Optional parameters that a kernel does not have.
bool lacks(const KernelRows& kernel, bool repacks, double DecodeAttentionParameters::*member) {
  if (member == &DecodeAttentionParameters::repack_us) return !repacks;
  return member == &DecodeAttentionParameters::split_waves && kernel.traits.whole_splits != 0;
}

void add_parameters(CalibrationTask& task, KernelRows& kernel, bool repacks) {
  for (const auto& field : DecodeAttentionParameters::fields()) {
    if (lacks(kernel, repacks, field.member)) continue;
    const double start = DecodeAttentionParameters{}.*field.member;
    task.problem.parameters.push_back({.name = std::string(field.name),
                                       .start = std::clamp(start, field.least, field.most),
                                       .least = field.least,
                                       .most = field.most});
    task.units.emplace_back(field.unit);
    kernel.members.push_back(field.member);
  }
}

void add_hold_outs(CalibrationTask& task, const Rows& rows, double shapes_apart) {
  std::vector<double> batches, contexts;
  std::vector<std::vector<double>> shapes;
  for (const auto& row : rows) {
    batches.push_back(row.call.batch);
    contexts.push_back(row.call.context);
    shapes.push_back({row.call.heads, row.call.kv_heads, row.call.head_dim, row.call.window});
  }
  const double batch = middle_value(batches);
  const double long_from = upper_two_from(contexts);
  HoldOut one_batch{.name = "unseen batch"}, longest{.name = "longest contexts"};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    one_batch.apart.push_back(batches[i] == batch);
    longest.apart.push_back(contexts[i] >= long_from);
  }
  task.hold_outs = {{.name = "unseen head shapes", .apart = drawn(shapes, shapes_apart)}, one_batch, longest};
}

CalibrationTask task_of(const CalibrationKey& key, Rows rows, const Device& device, const Machine& machine,
                        double shapes_apart) {
  const auto label = label_of(rows.front());
  auto kernel = std::make_shared<KernelRows>(
      KernelRows{.machine = machine, .traits = decode_attention_traits(label, key.variant, device)});
  CalibrationTask task{.key = key, .traits = stored_traits(kernel->traits)};
  // A factor of e from the start costs as much as one row that is 10% off.
  task.problem.start_weight = 0.01;
  for (const auto& row : rows) add_version(task.framework_version, row.kernel.version);
  add_parameters(task, *kernel, repacks_query_heads(label, device));
  add_hold_outs(task, rows, shapes_apart);
  for (const auto name : kDecodeAttentionInputs) task.input_names.emplace_back(name);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto inputs = decode_attention_inputs(rows[i].call);
    task.inputs.emplace_back(inputs.begin(), inputs.end());
    task.groups.push_back(attention_groups(rows[i]));
    task.problem.rows.push_back(i);
    task.problem.ln_measured.push_back(std::log(rows[i].latency_us));
    task.problem.weights.push_back(weight(rows[i].call));
  }
  kernel->rows = std::move(rows);
  task.problem.ln_predicted = [kernel](std::span<const double> values, std::size_t row) {
    return std::log(kernel->time(values, row).total().in(units::us));
  };

  ResidualInterval<kDecodeAttentionFeatures.size()> interval;
  for (std::size_t i = 0; i < kDecodeAttentionFeatures.size(); ++i) {
    interval.weights[i] = kDecodeAttentionFeatures[i].weight;
    task.widenings.push_back({std::string(kDecodeAttentionFeatures[i].name), kDecodeAttentionFeatures[i].weight});
  }
  task.spread_scale = [kernel, interval](std::span<const double> values, std::size_t row, double octaves) {
    return interval.scale(decode_attention_features(kernel->time(values, row), kernel->rows[row].call, octaves));
  };
  return task;
}

}  // namespace

Result<std::vector<CalibrationTask>> decode_attention_tasks(const Rows& rows, const Device& device,
                                                            double shapes_apart) {
  std::map<CalibrationKey, Rows> kernels;
  for (const auto& row : rows)
    kernels[{.op = "decode_attention",
             .hardware = device.id,
             .framework = row.kernel.framework,
             .kernel = row.kernel.kernel,
             .variant = attention_variant(label_of(row), device, row.call.heads / row.call.kv_heads),
             .dtype = row.dtype}]
        .push_back(row);
  std::vector<CalibrationTask> tasks;
  for (auto& [key, kernel] : kernels) {
    const auto figures = machine(device, cache_compute(kernel.front().call.kv_bytes));
    if (!figures)
      return usage_error("--hardware",
                         fmt::format("'{}' states no bandwidth, compute rate or number of compute units", device.id),
                         "the form of decode attention needs them");
    tasks.push_back(task_of(key, std::move(kernel), device, *figures, shapes_apart));
  }
  return tasks;
}

}  // namespace roofcast
