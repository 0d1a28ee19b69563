#include "cli/point_progress.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kBetweenLooks = 1024;
constexpr auto kBetweenLines = std::chrono::milliseconds(200);

}  // namespace

PointProgress::PointProgress(const ParsedOptions& options, Io io, std::size_t total)
    : bar_{options, io}, total_{total}, start_{Clock::now()}, shown_{start_} {}

void PointProgress::look(std::size_t done) {
  look_at_ = done + kBetweenLooks;
  const auto now = Clock::now();
  if (now - shown_ < kBetweenLines) return;
  shown_ = now;
  const double rate = static_cast<double>(done) / std::chrono::duration<double>(now - start_).count();
  bar_.show(static_cast<double>(done) / static_cast<double>(total_),
            fmt::format("{} points/s", with_thousands(std::round(rate))));
}

}  // namespace roofcast::cli
