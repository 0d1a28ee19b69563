#include "core/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/arrival_quantile.hpp"
#include "core/bisection.hpp"
#include "core/queue.hpp"
#include "core/serving_times.hpp"

namespace roofcast {
namespace {

/// One replica that decodes, with its share of what comes in.
class Replica {
 public:
  Replica(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w)
      : c_{c}, roofs_{roofs}, w_{w}, prompt_{prompt_service(c, roofs, w)} {
    const double memory = std::max(1.0, max_sequences(c, w.mean_length()));
    most_ = std::min(memory, w.batch ? static_cast<double>(*w.batch) : c.most_sequences);
  }

  [[nodiscard]] double most_in_flight() const { return most_; }
  [[nodiscard]] const ServiceTime& prompt() const { return prompt_; }
  [[nodiscard]] Seconds tpot(double in_flight) const {
    return stream_tpot(c_, roofs_, w_, std::max(1.0, in_flight), prompt_.mean);
  }
  [[nodiscard]] Seconds stay(double in_flight) const { return *w_.osl * tpot(in_flight); }
  /// Requests per second at which so many are in flight (Little's law).
  [[nodiscard]] double rate(double in_flight) const { return in_flight * (units::s / stay(in_flight)); }

  /// Sequences in flight at `requests_s`, at most the most.
  [[nodiscard]] double in_flight(double requests_s) const {
    if (rate(1) >= requests_s) return requests_s / rate(1);
    if (rate(most_) <= requests_s) return most_;
    return crossing(1, most_, 1e-9, [&](double count) { return rate(count) < requests_s; }).high;
  }

 private:
  const CompiledScenario& c_;
  const DeviceRoofs& roofs_;
  const Workload& w_;
  ServiceTime prompt_;
  double most_ = 1;
};

}  // namespace

ArrivalState arrival_state(const CompiledScenario& c, const DeviceRoofs& roofs, const Workload& w) {
  const ServingPace pace = roofs.pace.value_or(ServingPace{});
  const Replica replica{c, roofs, w};
  const double replicas = c.deployment.dp, readers = c.deployment.prefill;
  ArrivalState a{.requests_s = *w.requests_s,
                 .most_requests_s = replicas * replica.rate(replica.most_in_flight()),
                 .most_in_flight = replica.most_in_flight()};
  const ServiceTime alone = alone_service(replica.prompt(), pace);
  const ServiceTime reading = reading_service(c.deployment, replica.prompt(), pace);
  if (readers > 0) a.most_requests_s = std::min(a.most_requests_s, readers * (units::s / reading.mean));
  const double here = std::min(a.requests_s, a.most_requests_s) / replicas;
  a.in_flight = replica.in_flight(here);
  a.tpot = replica.tpot(a.in_flight);
  if (a.overloaded()) {
    a.ttft = a.ttft_p90 = a.ttft_p99 = a.queueing = std::numeric_limits<double>::infinity() * units::s;
    return a;
  }

  const double at_reader = a.requests_s / (readers > 0 ? readers : replicas);
  const double variation = w.osl_lengths ? w.osl_lengths->variation() : 0;
  a.queueing = queueing_time(at_reader, reading);
  // Places are those of the replicas that decode, however busy the ones that read are.
  const double places_load = here / replica.rate(a.most_in_flight);
  a.without_place = place_share(a.most_in_flight, places_load);
  a.place = place_time(a.most_in_flight, places_load, replica.stay(a.in_flight), variation);
  a.transfer = transfer_time(c, w.prompt());
  const Seconds rest =
      pace.first_token_host + a.transfer + a.place + (readers > 0 ? Seconds{} : pace.first_token_steps * a.tpot);
  a.ttft = rest + alone.mean + a.queueing;
  a.ttft_p90 = ttft_quantile(c, roofs, w, replica.prompt(), a, 0.9);
  a.ttft_p99 = std::max(a.ttft_p90, ttft_quantile(c, roofs, w, replica.prompt(), a, 0.99));
  return a;
}

double shown_batch(const ArrivalState& a) {
  // A state that is a rounding away from whole sequences is one of whole sequences.
  return std::max(1.0, std::ceil(a.in_flight - 1e-6));
}

}  // namespace roofcast
