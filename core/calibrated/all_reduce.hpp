#pragma once

/// Time of one all-reduce: docs/model/all_reduce_calibration.md.

#include <array>
#include <string_view>

#include "core/calibrated/kernel_call.hpp"
#include "core/calibrated/kernel_terms.hpp"
#include "core/calibrated/parameter_field.hpp"

namespace roofcast {

/// What a fit finds for one library and kind of all-reduce on one kind of device. The values here are where fits start.
struct AllReduceParameters {
  double launch_us = 6;
  double hop_us = 0.5;       ///< of every device after the first
  double bus_gb_s = 300;     ///< of one device of two, each direction
  double ramp_us = 3;        ///< of transfer at which pipelining costs as much again
  double contention = 1.02;  ///< factor on the transfer when devices double: 1 on a switch

  friend bool operator==(const AllReduceParameters&, const AllReduceParameters&) = default;

  static constexpr auto fields() {
    using P = AllReduceParameters;
    return std::array{ParameterField<P>{"launch_us", "us", &P::launch_us, 0.5, 120},
                      ParameterField<P>{"hop_us", "us", &P::hop_us, 0.002, 30},
                      ParameterField<P>{"bus_gb_s", "GB/s", &P::bus_gb_s, 0.3, 1500},
                      ParameterField<P>{"ramp_us", "us", &P::ramp_us, 0.001, 300},
                      ParameterField<P>{"contention", "1", &P::contention, 1, 64}};
  }
};

/// (N1)-(N2)
/// @pre at least two devices
[[nodiscard]] KernelTerms all_reduce_terms(const AllReduceParameters& p, const AllReduceCall& call);

/// The form as generic code walks it: the links are fitted, no figure of the device is needed.
struct AllReduceForm {
  using Call = AllReduceCall;
  using Parameters = AllReduceParameters;
  static constexpr std::string_view op = "all_reduce";
  static constexpr std::array<std::string_view, 2> inputs{"gpus", "bytes"};
  [[nodiscard]] static std::array<double, 2> values(const Call& c) { return {c.devices, c.bytes}; }
  [[nodiscard]] static KernelTerms terms(const Parameters& p, const KernelSetting&, const Call& call) {
    return all_reduce_terms(p, call);
  }
};

}  // namespace roofcast
