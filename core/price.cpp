#include "core/price.hpp"

namespace roofcast {

std::optional<double> price(const Scenario& s) {
  const double usd = s.price_usd_hour.value_or(s.device.price_usd_hour);
  return usd > 0 ? std::optional{usd} : std::nullopt;
}

double usd_mtok(double usd_hour, double tokens_s) {
  return usd_hour / (tokens_s * 3600) * 1e6;
}

}  // namespace roofcast
