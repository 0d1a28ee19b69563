#include "core/chart/log_steps.hpp"

#include <algorithm>
#include <cmath>

namespace roofcast {

std::vector<double> log_steps(double first, double last, std::size_t count) {
  std::vector<double> out;
  if (last < first) return out;
  const double gaps = static_cast<double>(std::max<std::size_t>(count, 2) - 1);
  for (double i = 0; i < gaps; ++i) out.push_back(std::round(first * std::pow(last / first, i / gaps)));
  out.push_back(last);
  out.front() = first;
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

}  // namespace roofcast
