#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/device.hpp"
#include "core/grade.hpp"
#include "core/measured_row.hpp"
#include "core/result.hpp"
#include "core/roofline.hpp"
#include "core/scenario.hpp"

namespace roofcast {

/// One value that rows of an op measure, and the columns of its prediction.
struct FigureKind {
  std::string_view name{};       ///< "latency_us"
  std::string_view predicted{};  ///< "predicted_us"
  std::string_view low{};        ///< "low_us"; empty: predictions have no interval
  std::string_view high{};
  bool time = true;  ///< less is faster, and a roof is the least of it
};

inline constexpr std::size_t kMostFigures = 3;

/// Of one op (its place in measured_ops()), in the order of `Prediction::figures`.
[[nodiscard]] std::span<const FigureKind> figure_kinds(std::size_t op);
/// The measured value of that figure; nullopt where the row does not say.
[[nodiscard]] std::optional<double> measured_value(const MeasuredRow& row, std::size_t figure);
/// What `ape_percent` of a row is of: the last time (TPOT of serving runs), the first value of a KV pool.
[[nodiscard]] std::optional<std::size_t> scored_figure(const MeasuredRow& row);

/// In the unit of its column. A roof alone has no interval.
struct PredictedFigure {
  double value = 0;
  std::optional<double> low{};
  std::optional<double> high{};

  friend bool operator==(const PredictedFigure&, const PredictedFigure&) = default;
};

/// What a model says of a row: figures, or the reason why there are none.
struct Prediction {
  std::array<std::optional<PredictedFigure>, kMostFigures> figures{};
  Grade grade = Grade::theoretical;
  Bound bound = Bound::memory;
  std::string reason{};

  friend bool operator==(const Prediction&, const Prediction&) = default;
};
[[nodiscard]] Prediction no_prediction(std::string reason);

/// Where calibrations plug in: nullopt where none covers the row, and the roofline stands.
using CalibratedPrediction = std::function<std::optional<Prediction>(const MeasuredRow&, const Device&)>;

/// The least time a device can take for a kernel call, by its data sheet (R1, V1-V6).
/// @pre the call is a kernel's, not a serving run or a KV pool.
[[nodiscard]] Prediction predict_kernel(const MeasuredRow& row, const Device& device);

/// The deployment that a serving run describes. Errors: why it cannot be.
[[nodiscard]] Result<Scenario> serving_scenario(const ServingRun& run, const ModelSpec& model, const Device& device,
                                                const Engine& engine);

/// TTFT and TPOT of a steady stream with the run's requests in flight (S2, S3).
[[nodiscard]] Prediction predict_serving(const ServingRun& run, const ModelSpec& model, const Device& device,
                                         const Engine& engine);

/// Pool, tokens and concurrency by the engine's memory rules (M6-M8).
[[nodiscard]] Prediction predict_cache(const CacheStart& start, const ModelSpec& model, const Device& device,
                                       const Engine& engine);

}  // namespace roofcast
