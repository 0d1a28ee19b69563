#pragma once

#include "core/serving_times.hpp"

namespace roofcast {

/// Times of one workload at many batches. How long its prompts take depends on no batch and is found once: with a law
/// of lengths that is most of the work.
class FeltStream {
 public:
  FeltStream(const CompiledScenario& c, const Workload& w);

  [[nodiscard]] FeltTimes at(double batch) const;

 private:
  const CompiledScenario& c_;
  const Workload& w_;
  ServiceTime prompts_{};  ///< of a steady stream
  Seconds prompt_{};       ///< of a context alone
};

}  // namespace roofcast
