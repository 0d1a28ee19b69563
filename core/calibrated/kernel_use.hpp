#pragma once

/// Which calibration a call goes by, and what its form needs to know: the same for fits and predictions.

#include <optional>
#include <string>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibration.hpp"
#include "core/device.hpp"

namespace roofcast {

struct KernelUse {
  CalibrationKey key{};
  KernelSetting setting{};
};

/// How measurement files label a kernel: `dtype` is that of the cache, of the product, "query/cache" of a prompt.
struct KernelLabel {
  KernelName name{};
  std::string dtype{};

  friend bool operator==(const KernelLabel&, const KernelLabel&) = default;
};

/// nullopt where the device states no figure that the form needs, or the dtype is no known format.
[[nodiscard]] std::optional<KernelUse> kernel_use(const KernelLabel& label, const PrefillAttentionCall& call,
                                                  const Device& device, CacheReuse reuse);
/// Kernels of MLA changed between versions of an engine: the variant is the version.
[[nodiscard]] std::optional<KernelUse> kernel_use(const KernelLabel& label, const MlaDecodeCall& call,
                                                  const Device& device, CacheReuse reuse);
[[nodiscard]] std::optional<KernelUse> kernel_use(const KernelLabel& label, const GemmCall& call, const Device& device,
                                                  CacheReuse reuse);
[[nodiscard]] std::optional<KernelUse> kernel_use(const KernelLabel& label, const MoeCall& call, const Device& device,
                                                  CacheReuse reuse);
/// So did those of all-reduce. nullopt for one device: there is nothing to exchange.
[[nodiscard]] std::optional<KernelUse> kernel_use(const KernelLabel& label, const AllReduceCall& call,
                                                  const Device& device, CacheReuse reuse);

/// Whether version `a` comes before `b`: "0.5.9" before "0.5.14".
[[nodiscard]] bool earlier_version(const std::string& a, const std::string& b);

}  // namespace roofcast
