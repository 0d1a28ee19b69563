#pragma once

#include <cmath>
#include <string>

#include "core/cache.hpp"
#include "core/model_spec.hpp"
#include "core/parameters.hpp"
#include "core/result.hpp"
#include "core/weights.hpp"

namespace roofcast::test {

/// Why errors help nobody; empty if they do.
inline std::string silent(const Errors& errors) {
  if (errors.empty()) return "no error is given";
  for (const auto& e : errors)
    if (e.where.empty() || e.what.empty()) return "an error says nothing";
  return {};
}

/// The same for readers of binary files, whose errors are printable lines as they stand.
inline std::string unclear(const Errors& errors) {
  for (const auto& e : errors)
    for (const char c : e.where + e.what + e.hint)
      if (c < ' ' || c > '~') return "an error is not one printable line";
  return silent(errors);
}

/// Why what a reader made of hostile bytes must not leave it; empty if it may.
inline std::string unlawful(const Result<ModelSpec>& model) {
  if (!model) return silent(model.error());
  const auto positive = [](double x) { return std::isfinite(x) && x > 0; };
  const auto counts = parameters(*model);
  if (model->layers.empty()) return "a model without layers";
  if (!positive(counts.total) || !positive(counts.streamed) || counts.active > counts.total)
    return "parameter counts that cannot be";
  const double kv = kv_bytes_per_sequence(*model, KvFormat{}, 4096).in(units::byte);
  if (!std::isfinite(kv) || kv < 0) return "a cache that cannot be";
  if (!positive(weight_bytes(*model).in(units::byte))) return "weights that cannot be";
  return {};
}

}  // namespace roofcast::test
