#include "core/calibrated/expert_load.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace roofcast {
namespace {

constexpr int kDraws = 24;  // the mean over them is within 3% of the expectation

ExpertLoad balanced(const MoeCall& call) {
  const double local = call.experts / call.ep;
  const double pairs = std::ceil(call.tokens / call.ep) * std::min(call.top_k, local);
  const double experts = std::min(local, pairs);
  return {.pairs = pairs, .experts = experts, .tiles = experts * std::ceil(pairs / experts / kExpertTile)};
}

/// SplitMix64 as numbers 0..1.
class Draws {
 public:
  double next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
  }

 private:
  std::uint64_t state_ = 0;
};

/// Weights x with density x^-skew on least..most.
struct PowerLaw {
  double skew = 1;
  double least = 1;
  double most = 1;

  [[nodiscard]] double at(double share) const {
    if (std::abs(skew - 1) < 1e-6) return least * std::pow(most / least, share);
    const double a = std::pow(least, 1 - skew), b = std::pow(most, 1 - skew);
    return std::pow(a + share * (b - a), 1 / (1 - skew));
  }
};

PowerLaw law_of(const MoeCall& call) {
  if (call.tokens * call.top_k > call.experts) return {call.skew, 1, std::max(1.0, 0.8 * call.tokens)};
  return {call.skew, 0.01, 2};
}

/// Tokens of every expert, to whole ones, none more than there are tokens.
std::vector<double> drawn_tokens(const MoeCall& call, Draws& draws) {
  const auto law = law_of(call);
  std::vector<double> tokens(static_cast<std::size_t>(call.experts));
  for (auto& one : tokens) one = law.at(draws.next());
  const double sum = std::accumulate(tokens.begin(), tokens.end(), 0.0);
  for (auto& one : tokens) one = std::min(call.tokens, std::round(one / sum * call.tokens * call.top_k));
  return tokens;
}

/// `more` tokens for the experts of one device, the least loaded first, none beyond `most`.
void fill(std::span<double> device, double more, double most) {
  if (more <= 0) return;
  std::vector<double> sorted(device.begin(), device.end());
  std::ranges::sort(sorted);
  double below = 0, level = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    below += sorted[i];
    level = (more + below) / static_cast<double>(i + 1);
    if (i + 1 == sorted.size() || level <= sorted[i + 1]) break;
  }
  for (auto& one : device) one = std::min(most, std::max(one, level));
}

/// What rounding and the limit took is dealt out to the devices in turn.
void deal_rest(std::vector<double>& tokens, const MoeCall& call, std::size_t local) {
  const double rest = call.tokens * call.top_k - std::accumulate(tokens.begin(), tokens.end(), 0.0);
  if (rest <= 0) return;
  const double each = std::floor(rest / call.ep), odd = rest - each * call.ep;
  for (std::size_t device = 0; device * local < tokens.size(); ++device)
    fill(std::span(tokens).subspan(device * local, local), each + (static_cast<double>(device) < odd ? 1 : 0),
         call.tokens);
}

/// Experts with less than one token on average meet one in that share of the cases.
ExpertLoad load_of(std::span<const double> device) {
  ExpertLoad load;
  for (const double tokens : device) {
    load.pairs += tokens;
    load.experts += std::min(1.0, tokens);
    load.tiles += tokens < 1 ? tokens : std::ceil(tokens / kExpertTile);
  }
  return load;
}

ExpertLoad busiest(const std::vector<double>& tokens, std::size_t local) {
  ExpertLoad most;
  for (std::size_t at = 0; at + local <= tokens.size(); at += local)
    if (const auto load = load_of(std::span(tokens).subspan(at, local)); load.pairs > most.pairs) most = load;
  return most;
}

}  // namespace

ExpertLoad expert_load(const MoeCall& call) {
  if (call.skew == 0) return balanced(call);
  const auto local = std::max<std::size_t>(1, static_cast<std::size_t>(call.experts / call.ep));
  Draws draws;
  ExpertLoad mean;
  for (int i = 0; i < kDraws; ++i) {
    auto tokens = drawn_tokens(call, draws);
    deal_rest(tokens, call, local);
    const auto load = busiest(tokens, local);
    mean.pairs += load.pairs / kDraws;
    mean.experts += load.experts / kDraws;
    mean.tiles += load.tiles / kDraws;
  }
  return mean;
}

}  // namespace roofcast
