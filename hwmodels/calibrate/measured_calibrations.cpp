#include "hwmodels/calibrate/measured_calibrations.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/lower_case.hpp"
#include "hwmodels/calibrate/attention_task.hpp"
#include "hwmodels/measurements.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kFittedOp = "decode_attention";

bool answers_to(const Device& device, const std::string& name) {
  const auto low = lower_case(name);
  const auto is_it = [&](const std::string& known) { return lower_case(known) == low; };
  return is_it(device.id) || is_it(device.name) || std::ranges::any_of(device.aliases, is_it);
}

/// Rows of the device alone; the names of the others, for the message.
std::vector<std::string> keep_device(std::vector<Measured<DecodeAttentionCall>>& rows, const Device& device) {
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

/// Every kernel a group of its own, after the groups that its operator has.
void name_kernel(std::vector<JudgedRow>& rows, const CalibrationKey& key) {
  auto name = fmt::format("{} {} {} {}", key.framework, key.kernel, key.variant, key.dtype);
  if (key.variant.empty()) name = fmt::format("{} {} {}", key.framework, key.kernel, key.dtype);
  for (auto& row : rows) row.groups.push_back({"kernel", name, 0});
}

}  // namespace

Result<MeasuredCalibrations> measured_calibrations(const CsvFile& file, const Device& device,
                                                   const CalibrateOptions& options) {
  const auto all = measurements(file);
  if (!all) return std::unexpected(all.error());
  const auto ops = ops_of(*all);
  if (std::ranges::find(ops, kFittedOp) == ops.end())
    return fail(file.name, fmt::format("holds no rows that can be fitted, only of op {}", fmt::join(ops, ", ")),
                fmt::format("there is a closed form for {}", kFittedOp));
  auto rows = measured<DecodeAttentionCall>(*all);
  const auto others = keep_device(rows, device);
  if (rows.empty())
    return usage_error("--hardware", fmt::format("{} has no rows of '{}'", file.name, device.id),
                       fmt::format("it has rows of {}", fmt::join(others, ", ")));
  const auto tasks = decode_attention_tasks(rows, device, options.shapes_apart);
  if (!tasks) return std::unexpected(tasks.error());

  MeasuredCalibrations out;
  for (const auto op : ops)
    if (op != kFittedOp) out.notes.push_back(fmt::format("rows of op {} are left out: no closed form is fitted", op));
  if (!others.empty()) out.notes.push_back(fmt::format("rows of {} are left out", fmt::join(others, ", ")));
  if (const auto bad = std::ranges::count_if(*all, [](const auto& row) { return !row.problem.empty(); }); bad > 0)
    out.notes.push_back(fmt::format("{} rows are left out: nothing can be predicted for them", bad));
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
