#include "cli/progress_line.hpp"

#include <limits>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "core/quantity_text.hpp"
#include "core/value_literal.hpp"

namespace roofcast::cli {
namespace {

constexpr std::size_t kBetweenLooks = 1024;
constexpr auto kBetweenLines = std::chrono::milliseconds(200);
constexpr const char* kEraseLine = "\r\033[K";

}  // namespace

ProgressLine::ProgressLine(Io io, bool quiet, std::size_t total)
    : io_{io}, total_{total}, start_{Clock::now()}, shown_{start_} {
  if (quiet || !io.terminal.err_is_terminal) look_at_ = std::numeric_limits<std::size_t>::max();
}

ProgressLine::~ProgressLine() {
  if (written_) io_.err << kEraseLine << std::flush;
}

void ProgressLine::show(std::size_t done) {
  look_at_ = done + kBetweenLooks;
  const auto now = Clock::now();
  if (now - shown_ < kBetweenLines || done == 0) return;
  shown_ = now;
  written_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(done) / seconds;
  fmt::print(io_.err, "{}{:.0f}% of {} points, {:.3g}/s, {} left", kEraseLine,
             100.0 * static_cast<double>(done) / static_cast<double>(total_),
             with_thousands(static_cast<double>(total_)), rate,
             format_seconds(static_cast<double>(total_ - done) / rate * units::s));
  io_.err << std::flush;
}

}  // namespace roofcast::cli
