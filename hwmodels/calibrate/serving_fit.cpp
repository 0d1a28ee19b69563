#include "hwmodels/calibrate/serving_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <span>

#include <fmt/format.h>

#include "core/accuracy.hpp"
#include "core/serving_times.hpp"
#include "hwmodels/calibrate/least_squares.hpp"
#include "hwmodels/significant_digits.hpp"

namespace roofcast {
namespace {

constexpr std::size_t kFolds = 5;
constexpr std::size_t kStepFields = 11;  // of pace_fields(): those that TPOT depends on; the rest are of TTFT
constexpr std::size_t kFewest = 20;      // rows that a band of its own needs

using Rows = std::vector<std::size_t>;

/// Where a configuration is apart, for ever: FNV-1a, the same in every build.
std::size_t fold(const std::string& configuration) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const unsigned char c : configuration) hash = (hash ^ c) * 1099511628211ULL;
  return static_cast<std::size_t>(hash % kFolds);
}

ServingTimes predicted(const ServingSample& s, const ServingPace& pace) {
  DeviceRoofs roofs = s.compiled.roofs;
  roofs.pace = pace;
  return steady_stream(s.compiled, roofs, s.workload, s.batch);
}

/// Where a search starts: kernels of today's engines, roughly.
constexpr std::array<double, kPaceFields> kStarts{1000, 5,   3,   20,  10,     0.75, 0.6, 0.5,
                                                  0.5,  0.4, 0.5, 0.4, 30'000, 0.05, 1};

/// Fits fields [first, last) of `pace` to `rows`.
ServingPace fitted(const std::vector<ServingSample>& samples, const Rows& rows, const ServingPace& pace,
                   std::size_t first, std::size_t last) {
  const auto& fields = pace_fields();
  LeastSquaresProblem problem{.rows = rows};
  for (std::size_t i = first; i < last; ++i)
    problem.parameters.push_back(
        {.name = std::string(fields[i].name), .start = kStarts[i], .least = fields[i].least, .most = fields[i].most});
  const bool steps = first == 0;
  for (const auto& s : samples) problem.ln_measured.push_back(std::log(steps ? s.tpot_ms : s.ttft_ms));
  const auto with = [&](std::span<const double> values) {
    ServingPace p = pace;
    for (std::size_t i = first; i < last; ++i) fields[i].write(p, values[i - first]);
    return p;
  };
  problem.ln_predicted = [&](std::span<const double> values, std::size_t row) {
    const ServingTimes t = predicted(samples[row], with(values));
    return std::log((steps ? t.tpot : t.ttft).in(units::ms));
  };
  return with(least_squares(problem, {.starts = 3, .loss_scale = 0.1}).values);
}

ServingPace fitted(const std::vector<ServingSample>& samples, const Rows& rows, bool experts) {
  ServingPace steps = fitted(samples, rows, {}, 0, kStepFields);
  if (!experts) {  // nothing was seen of them: what other kernels of the engine do is the best guess
    steps.experts_launch = steps.kernel_launch;
    steps.expert_bandwidth_share = steps.weight_bandwidth_share;
  }
  return fitted(samples, rows, steps, kStepFields, kPaceFields);
}

/// ln(measured / predicted) of every sample, as the fit without its configuration saw it.
struct Residuals {
  std::vector<double> tpot{};
  std::vector<double> ttft{};
};

Result<Residuals> unseen_residuals(const std::vector<ServingSample>& samples, bool experts) {
  Residuals r{std::vector<double>(samples.size()), std::vector<double>(samples.size())};
  for (std::size_t f = 0; f < kFolds; ++f) {
    Rows seen;
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (fold(samples[i].configuration) != f) seen.push_back(i);
    if (seen.size() == samples.size()) continue;
    if (seen.size() < kPaceFields)
      return fail("calibrate", fmt::format("{} serving runs remain when a fifth of the configurations is set apart: "
                                           "expected at least {}, of more configurations",
                                           seen.size(), kPaceFields));
    const ServingPace pace = fitted(samples, seen, experts);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      if (fold(samples[i].configuration) != f) continue;
      const ServingTimes t = predicted(samples[i], pace);
      r.tpot[i] = std::log(samples[i].tpot_ms / t.tpot.in(units::ms));
      r.ttft[i] = std::log(samples[i].ttft_ms / t.ttft.in(units::ms));
    }
  }
  return r;
}

std::vector<double> of_batches(const std::vector<ServingSample>& samples, const std::vector<double>& residuals,
                               bool small) {
  std::vector<double> chosen;
  for (std::size_t i = 0; i < samples.size(); ++i)
    if ((samples[i].batch <= kSmallBatch) == small) chosen.push_back(residuals[i]);
  return chosen;
}

/// 5% and 95% quantiles around 1; those of all rows where there are too few.
RatioBand band(std::vector<double> residuals, const std::vector<double>& all) {
  if (residuals.size() < kFewest) residuals = all;
  return {.low = std::min(1.0, std::exp(quantile(residuals, 0.05))),
          .high = std::max(1.0, std::exp(quantile(residuals, 0.95)))};
}

void add_error(std::vector<ServingError>& errors, std::string rows_of, const std::vector<double>& residuals) {
  if (residuals.empty()) return;
  std::vector<double> percent;
  for (const double r : residuals) percent.push_back(100 * std::abs(std::exp(-r) - 1));
  errors.push_back(
      {std::move(rows_of), static_cast<int>(residuals.size()), quantile(percent, 0.5), quantile(percent, 0.9)});
}

ServingRange range_of(const std::vector<ServingSample>& samples) {
  ServingRange r;
  for (const auto& s : samples) {
    r.most_gpus = std::max(r.most_gpus, s.gpus);
    r.most_batch = std::max(r.most_batch, s.batch);
    r.most_tokens = std::max(r.most_tokens, s.workload.full_length());
  }
  return r;
}

}  // namespace

Result<ServingCalibration> fit_serving(const std::vector<ServingSample>& samples, ServingCalibration c) {
  if (samples.size() < 2 * kPaceFields)
    return fail("calibrate",
                fmt::format("{} serving runs are too few: expected at least {}", samples.size(), 2 * kPaceFields));
  const auto unseen = unseen_residuals(samples, c.experts);
  if (!unseen) return std::unexpected(unseen.error());
  Rows all(samples.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  c.pace = fitted(samples, all, c.experts);
  for (const auto& field : pace_fields()) field.write(c.pace, std::min(to_digits(field.read(c.pace), 5), field.most));
  c.range = range_of(samples);
  c.hardware.clear();
  std::map<std::string, std::size_t> rows_of;
  for (const auto& s : samples) ++rows_of[s.device];
  for (const auto& [device, rows] : rows_of) {
    if (rows >= kFewest)
      c.hardware.push_back(device);  // too few rows say little of a device: it is a relative
    else if (std::ranges::find(c.relatives, device) == c.relatives.end())
      c.relatives.push_back(device);
  }

  const Residuals& r = *unseen;
  c.small_batch = band(of_batches(samples, r.tpot, true), r.tpot);
  c.large_batch = band(of_batches(samples, r.tpot, false), r.tpot);
  c.first_token = band(r.ttft, r.ttft);
  c.errors.clear();
  add_error(c.errors, "TPOT", r.tpot);
  add_error(c.errors, "TTFT", r.ttft);
  return c;
}

}  // namespace roofcast
