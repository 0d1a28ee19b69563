#include "core/arrival_quantile.hpp"

#include <algorithm>

#include "core/serving_times.hpp"

namespace roofcast {

Seconds ttft_quantile(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w, const ServiceTime& prompt,
                      const ArrivalState& a, double p) {
  if (a.overloaded()) return a.ttft;
  const ServingPace pace = roofs.pace.value_or(ServingPace{});
  const bool apart = c.deployment.prefill > 0;
  const ServiceTime alone = alone_service(prompt, pace);
  const ServiceTime reading = reading_service(c.deployment, prompt, pace);
  const double load = a.requests_s / (apart ? c.deployment.prefill : c.deployment.dp) * reading.mean.in(units::s);
  const Seconds rest = a.ttft - alone.mean - a.queueing - a.place;
  const double length = w.isl_lengths ? w.isl_lengths->quantile(p) : w.prompt();
  return std::max(a.ttft, rest + prompt_alone(c, roofs, w, length) / pace.first_token_share +
                              wait_quantile(a.queueing, load, p) + wait_quantile(a.place, a.without_place, p));
}

}  // namespace roofcast
