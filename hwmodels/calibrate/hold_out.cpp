#include "hwmodels/calibrate/hold_out.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace roofcast {
namespace {

std::vector<double> different(std::vector<double> values) {
  std::ranges::sort(values);
  const auto rest = std::ranges::unique(values);
  values.erase(rest.begin(), rest.end());
  return values;
}

}  // namespace

double lot(const std::vector<double>& configuration) {
  // FNV-1a over whole numbers: configurations are counts, and doubles hash differently by representation.
  std::uint64_t hash = 14695981039346656037u;
  for (const double value : configuration) {
    auto rest = static_cast<std::uint64_t>(value);
    for (int byte = 0; byte < 8; ++byte, rest >>= 8) {
      hash ^= rest & 0xff;
      hash *= 1099511628211u;
    }
  }
  // The low bits of a product depend on few bits of its factors: mix the high ones in.
  hash ^= hash >> 32;
  hash *= 0x9e3779b97f4a7c15u;
  return static_cast<double>(hash >> 11) * 0x1p-53;
}

std::vector<bool> drawn(const std::vector<std::vector<double>>& configurations, double share) {
  std::vector<double> lots;
  for (const auto& configuration : configurations) lots.push_back(lot(configuration));
  const auto ordered = different(lots);
  double below = 0;
  if (ordered.size() >= 3 && share > 0) {
    const auto wanted = std::llround(share * static_cast<double>(ordered.size()));
    below = ordered[std::clamp<std::size_t>(static_cast<std::size_t>(wanted), 1, ordered.size() - 1)];
  }
  std::vector<bool> out;
  for (const double each : lots) out.push_back(each < below);
  return out;
}

double middle_value(std::vector<double> values) {
  values = different(std::move(values));
  return values.size() < 3 ? 0 : values[values.size() / 2];
}

double upper_two_from(std::vector<double> values) {
  values = different(std::move(values));
  return values.size() < 4 ? std::numeric_limits<double>::infinity() : values[values.size() - 2];
}

}  // namespace roofcast
