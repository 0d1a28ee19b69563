#include "core/plan/purchase.hpp"

namespace roofcast {
namespace {

std::int64_t rounded_up(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

}  // namespace

Purchase purchase(const Device& device, std::int64_t replica_gpus, std::int64_t replicas) {
  if (!device.system) return {.gpus = replica_gpus * replicas};
  const std::int64_t unit = device.system->devices, shared = unit / replica_gpus;
  const std::int64_t units = shared > 0 ? rounded_up(replicas, shared) : replicas * rounded_up(replica_gpus, unit);
  return {.replicas_per_unit = shared, .units = units, .gpus = units * unit};
}

std::int64_t replicas_within(const Device& device, std::int64_t replica_gpus, std::int64_t gpus) {
  if (!device.system) return gpus / replica_gpus;
  const std::int64_t unit = device.system->devices, units = gpus / unit, shared = unit / replica_gpus;
  return shared > 0 ? units * shared : units / rounded_up(replica_gpus, unit);
}

}  // namespace roofcast
