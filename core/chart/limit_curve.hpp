#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/estimate.hpp"

namespace roofcast {

/// How many sequences of one length a deployment holds at once.
struct LimitPoint {
  double context = 0;                            ///< tokens of each sequence at its longest
  double concurrency = 0;                        ///< all replicas
  std::optional<Limit> binding = Limit::memory;  ///< absent: an SLO, not known which

  friend bool operator==(const LimitPoint&, const LimitPoint&) = default;
};

/// Largest concurrency of one variant against context.
struct LimitCurve {
  std::string name{};
  int style = 0;                     ///< number of the variant: its colour and mark
  std::vector<LimitPoint> points{};  ///< ascending in context; lengths of which not one sequence fits are left out
  bool ends = false;                 ///< not one sequence fits, or keeps the SLOs, beyond the last point
  std::optional<Limit> end{};        ///< what ends it; absent: not known
  std::optional<double> longest{};   ///< context at which memory ends it; absent: not known to the token
  Grade grade =
      Grade::exact;       ///< of the times that SLOs are held against; exact where memory alone binds: see by_rules
  bool by_rules = true;   ///< what memory holds rests on an engine's rules for its overhead
  std::string problem{};  ///< why there are no points
};

/// The curve of a scenario over `count` lengths up to the model's declared context (or the scenario's own, where that
/// is longer). Prompts and answers grow in the same proportion. Errors: as estimate().
[[nodiscard]] Result<LimitCurve> limit_curve(const Scenario& scenario, std::size_t count = 240);

}  // namespace roofcast
