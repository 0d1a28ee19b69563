#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/calibrated/parameter_field.hpp"
#include "core/calibration.hpp"
#include "core/nearest_name.hpp"
#include "core/result.hpp"

namespace roofcast {

/// Names and values onto the members of a form's struct: every parameter of the form must be there (optional ones
/// excepted), within its bounds, and no other. Problems go to `errors`.
template <class Parameters>
void bind_parameters(const Calibration& calibration, Parameters& out, Errors& errors) {
  std::vector<std::string> known;
  for (const auto& field : Parameters::fields()) {
    known.emplace_back(field.name);
    const auto it = std::ranges::find(calibration.parameters, field.name, &FittedParameter::name);
    if (it == calibration.parameters.end()) {
      if (field.optional) continue;
      errors.push_back({text(calibration.key), fmt::format("parameter '{}' is missing", field.name), {}});
      continue;
    }
    out.*field.member = it->value;
    if (it->value < field.least || it->value > field.most)
      errors.push_back({text(calibration.key),
                        fmt::format("parameter '{}' is {}: expected {}..{} {}", field.name, it->value, field.least,
                                    field.most, field.unit),
                        {}});
  }
  for (const auto& p : calibration.parameters)
    if (std::ranges::find(known, p.name) == known.end())
      errors.push_back(
          {text(calibration.key), fmt::format("unknown parameter '{}'", p.name), did_you_mean(p.name, known)});
}

/// The same for traits, which keep the struct's default where the calibration names none.
template <class Traits>
void bind_traits(const Calibration& calibration, Traits& out, Errors& errors) {
  std::vector<std::string> known;
  for (const auto& field : Traits::fields()) known.emplace_back(field.name);
  for (const auto& trait : calibration.traits) {
    const auto fields = Traits::fields();
    const auto it = std::ranges::find(fields, trait.name, [](const auto& f) { return std::string(f.name); });
    if (it != fields.end())
      out.*(it->member) = trait.value;
    else
      errors.push_back(
          {text(calibration.key), fmt::format("unknown trait '{}'", trait.name), did_you_mean(trait.name, known)});
  }
}

/// Only what differs from the defaults.
template <class Traits>
[[nodiscard]] std::vector<KernelTrait> stored_traits(const Traits& traits) {
  std::vector<KernelTrait> out;
  for (const auto& field : Traits::fields())
    if (traits.*field.member != Traits{}.*field.member) out.push_back({std::string(field.name), traits.*field.member});
  return out;
}

}  // namespace roofcast
