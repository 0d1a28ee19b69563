#pragma once

#include <string>
#include <vector>

#include "core/calibrated/serving_pace.hpp"
#include "core/device.hpp"
#include "core/grade.hpp"

namespace roofcast {

/// Measured / predicted of rows that a fit did not see: 5% and 95% quantiles.
struct RatioBand {
  double low = 1;
  double high = 1;

  friend bool operator==(const RatioBand&, const RatioBand&) = default;
};

inline constexpr double kSmallBatch = 16;

/// What a step must be like for a serving calibration to have seen its kind.
struct ServingRange {
  int most_gpus = 0;       ///< of one replica
  double most_batch = 0;   ///< sequences per replica
  double most_tokens = 0;  ///< full length of a sequence

  friend bool operator==(const ServingRange&, const ServingRange&) = default;
};

/// Error of one group of rows that were not fitted on, in percent of the measured value.
struct ServingError {
  std::string rows_of{};  ///< "dense TPOT"
  int rows = 0;
  double median_percent = 0;
  double p90_percent = 0;

  friend bool operator==(const ServingError&, const ServingError&) = default;
};

/// A pace fitted on serving runs of one engine, with what is known of its error (docs/model/serving.md).
struct ServingCalibration {
  std::string engine{};                  ///< "vllm"
  bool experts = false;                  ///< of mixtures of experts; dense models run other kernels
  std::vector<std::string> hardware{};   ///< device ids that rows of the fit ran on
  std::vector<std::string> relatives{};  ///< device ids that may borrow the pace: same vendor, near in generation
  ServingPace pace{};
  ServingRange range{};
  RatioBand small_batch{};  ///< of TPOT up to kSmallBatch sequences
  RatioBand large_batch{};  ///< of TPOT beyond
  RatioBand first_token{};  ///< of TTFT
  std::vector<ServingError> errors{};
  std::string source{};
  std::string date{};  ///< of the fit, ISO 8601

  friend bool operator==(const ServingCalibration&, const ServingCalibration&) = default;
};

/// What a deployment settles of the grade and the interval of its times.
struct ServingPlace {
  std::string_view device{};
  int gpus = 1;  ///< of one replica
  bool experts = false;
};

/// A calibration at one place: only batch and length are open.
struct ServingFit {
  bool seen = false;        ///< the place is inside the fit: device, GPUs, kind of models
  double most_batch = 0;    ///< inside the fit
  double most_tokens = 0;   ///< likewise
  RatioBand small_batch{};  ///< as those of the calibration
  RatioBand large_batch{};
  RatioBand first_token{};
  RatioBand small_batch_beyond{};  ///< the same where it is extrapolated
  RatioBand large_batch_beyond{};
  RatioBand first_token_beyond{};
};

/// The first fit of such models on this device, else on a relative of it, else of other models; null when the engine
/// was never fitted on anything near this device.
[[nodiscard]] const ServingCalibration* serving_of(const std::vector<ServingCalibration>& fits, std::string_view device,
                                                   bool experts);

[[nodiscard]] ServingFit fit_at(const ServingCalibration& c, const ServingPlace& place);

/// calibrated on the fit's devices inside its ranges, extrapolated elsewhere.
[[nodiscard]] Grade serving_grade(const ServingFit& fit, double batch, double tokens);

/// (S4) Band of measured / predicted step times; its logarithms are half as wide again where it is extrapolated.
[[nodiscard]] RatioBand step_band(const ServingFit& fit, double batch, double tokens);
/// The same of the time to first token.
[[nodiscard]] RatioBand first_token_band(const ServingFit& fit, double batch, double tokens);

}  // namespace roofcast
