#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/calibrated/calibrated_form.hpp"
#include "core/calibrated/kernel_use.hpp"
#include "hwmodels/calibrate/task.hpp"

namespace roofcast {

/// The measured rows of one kernel of an operator whose form is made of KernelTerms.
template <class Form>
struct FormRows {
  KernelUse use{};
  std::string versions{};
  std::vector<typename Form::Call> calls{};
  std::vector<double> latencies_us{};
  std::vector<double Form::Parameters::*> members{};  ///< that are fitted, in the order of the problem's parameters

  [[nodiscard]] KernelTerms terms(std::span<const double> values, std::size_t row) const {
    typename Form::Parameters p{};
    for (std::size_t i = 0; i < values.size(); ++i) p.*members[i] = values[i];
    return Form::terms(p, use.setting, calls[row]);
  }
};

/// All but what sets rows apart and groups them. `with_optional`: whether optional parameters are fitted.
template <class Form>
[[nodiscard]] CalibrationTask form_task(FormRows<Form> rows, bool with_optional) {
  CalibrationTask task{.key = rows.use.key, .framework_version = rows.versions};
  for (const auto& field : Form::Parameters::fields()) {
    if (field.optional && !with_optional) continue;
    const double start = typename Form::Parameters{}.*field.member;
    task.problem.parameters.push_back({.name = std::string(field.name),
                                       .start = std::clamp(start, field.least, field.most),
                                       .least = field.least,
                                       .most = field.most});
    task.units.emplace_back(field.unit);
    rows.members.push_back(field.member);
  }
  for (const auto name : Form::inputs) task.input_names.emplace_back(name);
  for (std::size_t i = 0; i < rows.calls.size(); ++i) {
    const auto inputs = Form::values(rows.calls[i]);
    task.inputs.emplace_back(inputs.begin(), inputs.end());
    task.problem.rows.push_back(i);
    task.problem.ln_measured.push_back(std::log(rows.latencies_us[i]));
  }
  const auto shared = std::make_shared<const FormRows<Form>>(std::move(rows));
  task.problem.ln_predicted = [shared](std::span<const double> values, std::size_t row) {
    return std::log(shared->terms(values, row).total().in(units::us));
  };
  ResidualInterval<kFormFeatures.size()> interval;
  for (std::size_t i = 0; i < kFormFeatures.size(); ++i) {
    interval.weights[i] = kFormFeatures[i].weight;
    task.widenings.push_back({std::string(kFormFeatures[i].name), kFormFeatures[i].weight});
  }
  task.spread_scale = [shared, interval](std::span<const double> values, std::size_t row, double octaves) {
    return interval.scale(form_features(shared->terms(values, row), octaves));
  };
  return task;
}

}  // namespace roofcast
