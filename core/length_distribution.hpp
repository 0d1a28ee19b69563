#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace roofcast {

/// Requests of one length.
struct LengthShare {
  double tokens = 0;
  double share = 0;  ///< of all requests

  friend bool operator==(const LengthShare&, const LengthShare&) = default;
};

/// How long prompts or answers are: a few lengths with their shares, ascending; the shares add up to one.
struct LengthDistribution {
  std::string text{};  ///< as it was asked for: "lognormal:mean=2000,sigma=0.8"
  std::vector<LengthShare> shares{};
  double frequent = 0;  ///< 90% are no longer: of counts, or of a law itself, not of its parts
  double longest = 0;   ///< whole tokens that are hardly ever exceeded: never by counts, by 0.1% of a lognormal law

  [[nodiscard]] double mean() const;
  [[nodiscard]] double second_moment() const;
  /// Least length that at least the share `p` of all requests does not exceed.
  [[nodiscard]] double quantile(double p) const;
  /// Whole tokens to keep room for: 90% are no longer, and the mean is not either.
  [[nodiscard]] double budgeted() const;
  /// Standard deviation over mean.
  [[nodiscard]] double variation() const;

  friend bool operator==(const LengthDistribution&, const LengthDistribution&) = default;
};

/// (W2) A lognormal law of this mean in tokens whose logarithms deviate by `sigma`, cut into equally frequent parts of
/// which each keeps its mean. Lengths below one token count as one.
[[nodiscard]] LengthDistribution lognormal_lengths(double mean, double sigma);

/// Counted lengths, in any order; a length may occur several times. Errors name `where`.
[[nodiscard]] Result<LengthDistribution> counted_lengths(std::string_view where, std::vector<LengthShare> counts);

/// "lognormal:mean=2000,sigma=0.8"; is it a distribution at all, rather than a number?
[[nodiscard]] bool names_lengths(std::string_view text);
[[nodiscard]] Result<LengthDistribution> parse_lengths(std::string_view where, std::string_view text);

}  // namespace roofcast
