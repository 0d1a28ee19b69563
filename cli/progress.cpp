#include "cli/progress.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

namespace roofcast::cli {

ProgressBar::ProgressBar(const ParsedOptions& options, Io io)
    : io_{io},
      shown_{io.terminal.err_is_terminal && !options.given("quiet")},
      start_{std::chrono::steady_clock::now()} {}

ProgressBar::~ProgressBar() {
  hide();
}

void ProgressBar::hide() {
  if (shown_)
    io_.err << '\r' << std::string(static_cast<std::size_t>(io_.terminal.columns - 1), ' ') << '\r' << std::flush;
  shown_ = false;
}

void ProgressBar::show(double share, std::string_view what) {
  if (!shown_) return;
  const std::chrono::duration<double> so_far = std::chrono::steady_clock::now() - start_;
  const auto columns = static_cast<std::size_t>(io_.terminal.columns - 1);
  io_.err << '\r'
          << fmt::format("{:<{}}", progress_line(share, so_far.count(), what, io_.terminal.columns - 1), columns)
          << std::flush;
}

std::string progress_line(double share, double seconds_so_far, std::string_view what, int columns) {
  constexpr int kWidth = 20;
  const double done = std::clamp(share, 0.0, 1.0);
  const int filled = static_cast<int>(done * kWidth);
  // The first steps tell little about the rest.
  const std::string left =
      done > 0.03 ? fmt::format("{:.0f} s left", seconds_so_far * (1 - done) / done) : std::string("...");
  auto line = fmt::format("[{:#<{}}{:.<{}}] {:3.0f}%  {}  {}", "", filled, "", kWidth - filled, 100 * done, left, what);
  line.resize(std::min(line.size(), static_cast<std::size_t>(std::max(columns, 0))));
  return line;
}

}  // namespace roofcast::cli
