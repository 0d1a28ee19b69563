#include "hwmodels/calibrate/measured_calibrations.hpp"

#include <algorithm>
#include <array>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/lower_case.hpp"
#include "hwmodels/calibrate/attention_task.hpp"
#include "hwmodels/calibrate/operator_tasks.hpp"
#include "hwmodels/measurements.hpp"

namespace roofcast {
namespace {

constexpr std::array<std::string_view, 6> kFittedOps{
    "decode_attention", "prefill_attention", "mla_decode", "gemm", "moe", "all_reduce"};

bool has_form(std::string_view op) {
  return std::ranges::find(kFittedOps, op) != kFittedOps.end();
}

bool answers_to(const Device& device, const std::string& name) {
  const auto low = lower_case(name);
  const auto is_it = [&](const std::string& known) { return lower_case(known) == low; };
  return is_it(device.id) || is_it(device.name) || std::ranges::any_of(device.aliases, is_it);
}

/// Rows of the device alone; the names of the others, for the message.
std::vector<std::string> keep_device(std::vector<MeasuredRow>& rows, const Device& device) {
  std::vector<std::string> others;
  std::erase_if(rows, [&](const auto& row) {
    if (answers_to(device, row.kernel.hardware)) return false;
    if (std::ranges::find(others, row.kernel.hardware) == others.end()) others.push_back(row.kernel.hardware);
    return true;
  });
  return others;
}

std::vector<std::string_view> ops_of(const std::vector<MeasuredRow>& rows) {
  std::vector<std::string_view> ops;
  for (const auto& row : rows)
    if (std::ranges::find(ops, op(row.call)) == ops.end()) ops.push_back(op(row.call));
  return ops;
}

Result<std::vector<CalibrationTask>> tasks_of(const std::vector<MeasuredRow>& rows, const Device& device,
                                              double shapes_apart) {
  if (std::holds_alternative<DecodeAttentionCall>(rows.front().call))
    return decode_attention_tasks(measured<DecodeAttentionCall>(rows), device, shapes_apart);
  return operator_tasks(rows, device, shapes_apart);
}

/// Every kernel a group of its own, after the groups that its operator has.
void name_kernel(std::vector<JudgedRow>& rows, const CalibrationKey& key) {
  auto name = fmt::format("{} {} {} {}", key.framework, key.kernel, key.variant, key.dtype);
  if (key.variant.empty()) name = fmt::format("{} {} {}", key.framework, key.kernel, key.dtype);
  for (auto& row : rows) row.groups.push_back({"kernel", name, 0});
}

}  // namespace

Result<MeasuredCalibrations> measured_calibrations(const CsvFile& file, const Device& device,
                                                   const CalibrateOptions& options) {
  auto rows = measurements(file);
  if (!rows) return std::unexpected(rows.error());
  const auto ops = ops_of(*rows);
  const auto fitted = std::ranges::find_if(ops, has_form);
  if (fitted == ops.end())
    return fail(file.name, fmt::format("holds no rows that can be fitted, only of op {}", fmt::join(ops, ", ")),
                fmt::format("there are closed forms for {}", fmt::join(kFittedOps, ", ")));
  std::erase_if(*rows, [&](const auto& row) { return op(row.call) != *fitted; });
  const auto bad = std::erase_if(*rows, [](const auto& row) { return !row.problem.empty(); });
  const auto others = keep_device(*rows, device);
  if (rows->empty())
    return usage_error("--hardware", fmt::format("{} has no rows of '{}'", file.name, device.id),
                       fmt::format("it has rows of {}", fmt::join(others, ", ")));
  const auto tasks = tasks_of(*rows, device, options.shapes_apart);
  if (!tasks) return std::unexpected(tasks.error());

  MeasuredCalibrations out;
  for (const auto op : ops)
    if (op != *fitted)
      out.notes.push_back(fmt::format("rows of op {} are left out: {}", op,
                                      has_form(op) ? "a calibration holds one operator" : "no closed form is fitted"));
  if (!others.empty()) out.notes.push_back(fmt::format("rows of {} are left out", fmt::join(others, ", ")));
  if (bad > 0) out.notes.push_back(fmt::format("{} rows are left out: nothing can be predicted for them", bad));
  std::vector<JudgedRow> judged;
  for (const auto& task : *tasks) {
    if (task.problem.rows.size() < fewest_rows(task)) {
      out.notes.push_back(fmt::format("{} is left out: {} rows, a fit needs {}", text(task.key),
                                      task.problem.rows.size(), fewest_rows(task)));
      continue;
    }
    auto run = calibrate(task, options.solver);
    run.calibration.source = options.source;
    run.calibration.date = options.date;
    name_kernel(run.rows, task.key);
    judged.insert(judged.end(), run.rows.begin(), run.rows.end());
    out.calibrations.push_back(std::move(run.calibration));
  }
  if (out.calibrations.empty())
    return fail(file.name, "holds too few rows of every kernel", fmt::format("{}", fmt::join(out.notes, "; ")));
  out.accuracy = accuracy_by_group(judged);
  return out;
}

}  // namespace roofcast
