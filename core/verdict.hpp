#pragma once

#include <string>

#include "core/estimate.hpp"

namespace roofcast {

/// The answer in one sentence, and by how much it is yes or no.
struct Verdict {
  bool yes = false;
  std::string sentence{};  ///< without the "YES" and without a full stop

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// No when the batch does not fit, or misses an SLO that was asked for.
[[nodiscard]] Verdict verdict(const Estimate& e);

/// "1x H100 SXM5", "8x H100 SXM5 (tp 8)".
[[nodiscard]] std::string deployment_text(const Scenario& s);

/// "32,768 tokens", "8,192 + 1,024 tokens".
[[nodiscard]] std::string length_text(const Workload& w);

/// "; the model declares 8,192 tokens at most" where more are asked for: figures hold, but it was not made for them.
[[nodiscard]] std::string beyond_declared(const Scenario& s);

/// Which limit holds the batch back, and by how much: "memory: one more conversation lacks 2.61 GiB per GPU".
[[nodiscard]] std::string binding_text(const Estimate& e);

}  // namespace roofcast
