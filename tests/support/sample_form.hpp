#pragma once

#include <string>

#include "core/calibration.hpp"

/// A calibration of a form with the values that fits start from, over inputs 1..1000.
template <class Form>
roofcast::Calibration sample_form(roofcast::CalibrationKey key) {
  key.op = std::string(Form::op);
  roofcast::Calibration c{.key = std::move(key),
                          .residuals = {.low = -0.1, .high = 0.2, .widenings = {{"launch_share", -0.5}}},
                          .errors = {{.rows_of = "fitted", .rows = 100, .median_percent = 5, .p90_percent = 20}},
                          .source = "a sample",
                          .date = "2026-01-01"};
  for (const auto& field : Form::Parameters::fields())
    c.parameters.push_back({.name = std::string(field.name),
                            .unit = std::string(field.unit),
                            .value = typename Form::Parameters{}.*field.member});
  for (const auto input : Form::inputs) c.ranges.push_back({.input = std::string(input), .least = 1, .most = 1000});
  return c;
}
