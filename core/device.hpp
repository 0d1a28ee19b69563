#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/figure_source.hpp"
#include "core/host_ceilings.hpp"
#include "core/number_format.hpp"
#include "core/result.hpp"
#include "core/system.hpp"
#include "core/units.hpp"

namespace roofcast {

/// How the devices of a scale-up domain are joined: any two of them by all links together, or each pair by a share of
/// its own.
enum class LinkTopology { switched, mesh };

enum class DeviceClass { gpu, accelerator, apple, cpu };

/// What a sentence calls one of them: "GPU", "CPU"; "device" for the rest.
[[nodiscard]] std::string_view noun(DeviceClass c);

/// Where the figure of a device's memory comes from.
enum class MemorySource {
  measured,   ///< a runtime reported it
  estimated,  ///< a relative's reported/marketed ratio
  given       ///< the user's own figure
};

[[nodiscard]] std::string_view name(MemorySource s);

/// Dense peak rates. Absent: the part has no such unit (or nobody published it).
struct PeakRates {
  std::optional<FlopsPerSecond> fp32{};
  std::optional<FlopsPerSecond> bf16{};  ///< fp16/bf16 with fp32 accumulation
  std::optional<FlopsPerSecond> fp8{};
  std::optional<FlopsPerSecond> int8{};
  std::optional<FlopsPerSecond> fp4{};

  friend bool operator==(const PeakRates&, const PeakRates&) = default;
};

/// A machine as the model sees it. Filled by hwmodels; core neither knows nor cares from where.
struct Device {
  std::string id{};    ///< "h100-sxm"
  std::string name{};  ///< "H100 SXM5"
  std::vector<std::string> aliases{};
  std::string vendor{};
  DeviceClass device_class = DeviceClass::gpu;

  Bytes marketed_memory{};        ///< the data sheet's figure; never used for fitting
  std::optional<Bytes> memory{};  ///< what a runtime reports; absent for CPUs: an input
  MemorySource memory_source = MemorySource::measured;
  std::string memory_type{};
  BytesPerSecond bandwidth{};
  PeakRates peaks{};
  Bytes last_level_cache{};
  int compute_units = 0;

  std::string link_type{};  ///< "NVLink4", "xGMI", "none"
  BytesPerSecond link{};    ///< per device and direction, all links; 0: none
  int link_domain = 1;      ///< devices in one scale-up domain
  LinkTopology link_topology = LinkTopology::switched;
  BytesPerSecond pcie{};      ///< per direction
  double tdp_watts = 0;       ///< 0: not known
  double price_usd_hour = 0;  ///< 0: not known
  std::vector<std::string> notes{};
  std::vector<FigureSource> sources{};     ///< one per figure of the profile
  std::optional<HostCeilings> ceilings{};  ///< of a CPU that was probed
  std::optional<System> system{};          ///< the unit that was asked for; absent: devices alone

  friend bool operator==(const Device&, const Device&) = default;
};

/// What --hardware calls it: the system, else the device.
[[nodiscard]] const std::string& hardware_id(const Device& device);

/// The rate a product of this type runs at: the type's own peak, else the next wider one the part has
/// (fp4 -> fp8 -> bf16 -> fp32; int8 -> bf16 -> fp32): weights are then dequantised on the fly.
/// nullopt when the part has no rate at all.
[[nodiscard]] std::optional<FlopsPerSecond> peak_rate(const Device& device, Compute compute);

/// (R2) Intensity where the two roofs meet.
[[nodiscard]] FlopsPerByte ridge(const Device& device, Compute compute);

}  // namespace roofcast
