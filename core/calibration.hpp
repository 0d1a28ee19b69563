#pragma once

/// What a fit against measured calls of one kernel left behind: the only thing that predictions with
/// grade `calibrated` rest on (docs/model/attention_calibration.md). Times are in us throughout, as in the files.

#include <compare>
#include <string>
#include <vector>

namespace roofcast {

/// Which calls a calibration is for. Empty text matches nothing else than empty text.
struct CalibrationKey {
  std::string op{};         ///< as in measurement files: "decode_attention"
  std::string hardware{};   ///< device id: "h100-sxm"
  std::string framework{};  ///< "vllm"
  std::string kernel{};     ///< as the framework calls it
  std::string variant{};    ///< one label may hide two kernels: "mmha", "xqa"; empty: one kernel
  std::string dtype{};      ///< of the cache, or of the product: "bf16"

  friend bool operator==(const CalibrationKey&, const CalibrationKey&) = default;
  friend auto operator<=>(const CalibrationKey&, const CalibrationKey&) = default;
};

/// "decode_attention h100-sxm vllm vllm_flash_attn_fa3 bf16", for messages.
[[nodiscard]] std::string text(const CalibrationKey& key);

struct FittedParameter {
  std::string name{};
  std::string unit{};
  double value = 0;
  double deviation = 0;   ///< standard deviation of ln(value); 0: not known
  bool at_bound = false;  ///< the data did not fix it: do not read physics into it

  friend bool operator==(const FittedParameter&, const FittedParameter&) = default;
};

/// A fact of the kernel that was not fitted.
struct KernelTrait {
  std::string name{};
  double value = 0;

  friend bool operator==(const KernelTrait&, const KernelTrait&) = default;
};

/// What one input was among the rows of the fit. Inside: calibrated; outside: extrapolated.
struct FittedRange {
  std::string input{};
  double least = 0;
  double most = 0;

  friend bool operator==(const FittedRange&, const FittedRange&) = default;
};

/// ln(measured / predicted) of rows that the fit did not see, as quantiles of ln(measured / predicted) / scale.
struct ResidualSpread {
  double low = 0;   ///< 5% quantile: at most 0
  double high = 0;  ///< 95% quantile: at least 0
  /// scale = 1 + sum(weight x feature): where a form is known to be better or worse than elsewhere.
  struct Widening {
    std::string feature{};
    double weight = 0;

    friend bool operator==(const Widening&, const Widening&) = default;
  };
  std::vector<Widening> widenings{};

  friend bool operator==(const ResidualSpread&, const ResidualSpread&) = default;
};

/// |predicted / measured - 1| over some rows.
struct FitError {
  std::string rows_of{};  ///< "fitted", "unseen head shapes", "unseen batch", "longest contexts", "unseen MHA"
  int rows = 0;
  double median_percent = 0;
  double p90_percent = 0;
  double time_weighted_percent = 0;  ///< sum of |predicted - measured| / sum of measured

  friend bool operator==(const FitError&, const FitError&) = default;
};

struct Calibration {
  CalibrationKey key{};
  std::string framework_version{};
  std::vector<KernelTrait> traits{};
  std::vector<FittedParameter> parameters{};
  std::vector<FittedRange> ranges{};
  ResidualSpread residuals{};
  std::vector<FitError> errors{};
  std::string source{};  ///< of the measurements
  std::string date{};    ///< of the fit, ISO 8601

  friend bool operator==(const Calibration&, const Calibration&) = default;
};

}  // namespace roofcast
