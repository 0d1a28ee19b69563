#include "hwmodels/kernels/opencl/opencl_ceilings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "hwmodels/kernels/opencl/cl_objects-inl.h"
#include "hwmodels/kernels/opencl/opencl_sources.hpp"

namespace roofcast::kernels {
namespace {

constexpr int kChains = 8;  // times 8 lanes: more than any device's multiply-adds take cycles
constexpr int kLanes = 8;
constexpr int kRounds = 1024;  // so that starting and storing do not count
constexpr int kItemsPerUnit = 2048;

/// Repeats a kernel, by the device's clock.
Result<Timing> timed(const ClSession& session, cl_kernel kernel, std::size_t items, const RepeatPolicy& policy) {
  return repeat_timed(
      [&]() -> Result<Seconds> {
        const auto ran = session.enqueue(kernel, items, 1, 0);
        if (!ran) return std::unexpected(ran.error());
        return session.elapsed(ran->get(), ran->get());
      },
      policy);
}

Result<void> measure_copy(const ClSession& session, cl_kernel kernel, Bytes buffer, const RepeatPolicy& policy,
                          GpuCeilings& ceilings) {
  const std::size_t items = static_cast<std::size_t>(buffer.in(units::byte)) / (1024 * sizeof(cl_float4)) * 1024;
  const std::vector<float> zeros(items * 4);
  const auto from = session.filled(std::span<const float>(zeros));
  if (!from) return std::unexpected(from.error());
  const auto to = session.buffer(zeros.size() * sizeof(float));
  if (!to) return std::unexpected(to.error());
  if (const auto set = set_arguments(kernel, from->get(), to->get()); !set) return set;
  const auto timing = timed(session, kernel, items, policy);
  if (!timing) return std::unexpected(timing.error());
  ceilings.copy_timing = *timing;
  ceilings.copy = Bytes{2.0 * static_cast<double>(zeros.size() * sizeof(float))} / timing->median;
  return {};
}

Result<void> measure_multiply(const ClSession& session, cl_kernel kernel, int compute_units, const RepeatPolicy& policy,
                              GpuCeilings& ceilings) {
  const auto items = static_cast<std::size_t>(kItemsPerUnit * compute_units);
  const auto out = session.buffer(items * sizeof(float));
  if (!out) return std::unexpected(out.error());
  if (const auto set = set_arguments(kernel, out->get(), cl_float{0.999f}, cl_float{0.001f}); !set) return set;
  const auto timing = timed(session, kernel, items, policy);
  if (!timing) return std::unexpected(timing.error());
  ceilings.multiply_timing = *timing;
  ceilings.multiply = Flops{2.0 * kChains * kLanes * kRounds * static_cast<double>(items)} / timing->median;
  return {};
}

}  // namespace

Result<GpuCeilings> opencl_ceilings(const GpuDevice& device, Bytes buffer, const RepeatPolicy& policy) {
  const auto session = ClSession::create(device);
  if (!session) return std::unexpected(session.error());
  const auto program = session->program(ceilings_cl(), fmt::format("-DCHAINS={} -DROUNDS={}", kChains, kRounds));
  if (!program) return std::unexpected(program.error());
  const auto copy = cl_kernel_of(*program, "copy");
  if (!copy) return std::unexpected(copy.error());
  const auto multiply = cl_kernel_of(*program, "multiply");
  if (!multiply) return std::unexpected(multiply.error());
  GpuCeilings ceilings;
  if (const auto done = measure_copy(*session, copy->get(), buffer, policy, ceilings); !done)
    return std::unexpected(done.error());
  if (const auto done = measure_multiply(*session, multiply->get(), device.compute_units, policy, ceilings); !done)
    return std::unexpected(done.error());
  return ceilings;
}

}  // namespace roofcast::kernels
