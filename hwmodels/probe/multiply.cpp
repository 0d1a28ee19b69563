#include <vector>

#include "hwmodels/kernels/core_watch.hpp"
#include "hwmodels/kernels/multiply_adds.hpp"
#include "hwmodels/probe/arithmetic.hpp"
#include "hwmodels/probe/dot_instructions.hpp"

namespace roofcast::probe {

std::optional<TimedRate> multiply_rate(Multiply type, kernels::ThreadTeam& team, const kernels::RepeatPolicy& policy) {
  constexpr long kRounds = 10'000;
  double (*const loop)(long) = type == Multiply::bf16   ? bf16_dot_loop()
                               : type == Multiply::int8 ? int8_dot_loop()
                                                        : &kernels::multiply_adds;
  if (loop == nullptr) return std::nullopt;
  struct alignas(64) Done {
    double flops = 0;
  };
  std::vector<Done> done(static_cast<std::size_t>(team.size()));
  const auto timing =
      kernels::repeat([&] { team.run([&](int rank) { done[static_cast<std::size_t>(rank)].flops = loop(kRounds); }); },
                      policy, [&] { return kernels::ready(team, policy); });
  double flops = 0;
  for (const Done& d : done) flops += d.flops;
  return TimedRate{Flops{flops} / timing.typical(), timing};
}

}  // namespace roofcast::probe
