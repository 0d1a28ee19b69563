#include "core/length_distribution.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/normal_law.hpp"
#include "core/value_literal.hpp"

namespace roofcast {
namespace {

constexpr std::string_view kLognormal = "lognormal:";
constexpr double kFrequent = 0.9;
constexpr double kMostTokensOfLaw = 1e12;
constexpr double kWidest = 4;  // the mean of a wider law lies beyond nearly all of its lengths
constexpr int kSlices = 64;

/// Standard deviations below which lies the share `p` in (0, 1).
double normal_quantile(double p) {
  double low = -9, high = 9;
  while (high - low > 1e-12) (normal_share_below((low + high) / 2) < p ? low : high) = (low + high) / 2;
  return (low + high) / 2;
}

std::unexpected<Errors> refused(std::string_view where, std::string_view text) {
  return usage_error(std::string(where), fmt::format("'{}' is no distribution of lengths", text),
                     "lognormal:mean=TOKENS,sigma=S, where S is the standard deviation of the logarithm, 0 to 4");
}

/// "mean=2000" → 2000 where `key` is mean.
std::optional<double> field(std::string_view text, std::string_view key, ValueKind kind) {
  if (!text.starts_with(key) || !text.substr(key.size()).starts_with('=')) return {};
  const auto value = parse_literal(key, text.substr(key.size() + 1), kind);
  return value ? std::optional{value->value()} : std::nullopt;
}

}  // namespace

double LengthDistribution::mean() const {
  double sum = 0;
  for (const auto& s : shares) sum += s.share * s.tokens;
  return sum;
}

double LengthDistribution::second_moment() const {
  double sum = 0;
  for (const auto& s : shares) sum += s.share * s.tokens * s.tokens;
  return sum;
}

double LengthDistribution::quantile(double p) const {
  double below = 0;
  for (const auto& s : shares)
    if ((below += s.share) >= p - 1e-9) return s.tokens;
  return shares.back().tokens;
}

double LengthDistribution::budgeted() const {
  constexpr double kRounding = 1e-9;
  return std::ceil(std::max(frequent, mean()) * (1 - kRounding));
}

double LengthDistribution::variation() const {
  return std::sqrt(std::max(0.0, second_moment() / (mean() * mean()) - 1));
}

LengthDistribution lognormal_lengths(double mean, double sigma) {
  LengthDistribution d{.text = fmt::format("lognormal:mean={},sigma={}", mean, sigma)};
  // The share of the mean that lengths below the quantile z contribute is that of a law shifted by sigma.
  double before = 0;
  for (int i = 1; i <= kSlices; ++i) {
    const double until =
        i == kSlices ? 1.0 : normal_share_below(normal_quantile(static_cast<double>(i) / kSlices) - sigma);
    d.shares.push_back({.tokens = std::max(1.0, mean * kSlices * (until - before)), .share = 1.0 / kSlices});
    before = until;
  }
  constexpr double kPractical = 0.999;
  const auto quantile = [&](double p) { return mean * std::exp(sigma * (normal_quantile(p) - sigma / 2)); };
  d.frequent = std::max(1.0, quantile(kFrequent));
  d.longest = std::ceil(std::max(mean, quantile(kPractical)));
  return d;
}

Result<LengthDistribution> counted_lengths(std::string_view where, std::vector<LengthShare> counts) {
  double all = 0;
  for (const auto& c : counts) {
    if (!(c.tokens >= 1) || c.tokens > kMostTokensOfLaw || c.tokens != std::floor(c.tokens))
      return fail(std::string(where), fmt::format("{} is not a whole number of tokens from 1 to 1e12", c.tokens), {},
                  ErrorKind::unsupported);
    if (!(c.share >= 0) || !std::isfinite(c.share))
      return fail(std::string(where), fmt::format("{} is not a count of requests", c.share), {},
                  ErrorKind::unsupported);
    all += c.share;
  }
  if (!(all > 0)) return fail(std::string(where), "no request is counted", {}, ErrorKind::unsupported);
  std::ranges::sort(counts, {}, &LengthShare::tokens);
  LengthDistribution d{.text = std::string(where)};
  for (const auto& c : counts) {
    if (c.share <= 0) continue;
    if (!d.shares.empty() && d.shares.back().tokens == c.tokens)
      d.shares.back().share += c.share / all;
    else
      d.shares.push_back({c.tokens, c.share / all});
  }
  d.frequent = d.quantile(kFrequent);
  d.longest = d.shares.back().tokens;
  return d;
}

bool names_lengths(std::string_view text) {
  return text.contains(':') && !text.contains("..");
}

Result<LengthDistribution> parse_lengths(std::string_view where, std::string_view text) {
  if (!text.starts_with(kLognormal)) return refused(where, text);
  const auto fields = text.substr(kLognormal.size());
  const auto comma = fields.find(',');
  if (comma == fields.npos) return refused(where, text);
  const auto first = fields.substr(0, comma), second = fields.substr(comma + 1);
  auto mean = field(first, "mean", ValueKind::tokens), sigma = field(second, "sigma", ValueKind::number);
  if (!mean || !sigma) {
    mean = field(second, "mean", ValueKind::tokens);
    sigma = field(first, "sigma", ValueKind::number);
  }
  if (!mean || !sigma || *mean < 1 || *mean > kMostTokensOfLaw || *sigma < 0 || *sigma > kWidest)
    return refused(where, text);
  auto lengths = lognormal_lengths(*mean, *sigma);
  lengths.text = text;
  return lengths;
}

}  // namespace roofcast
