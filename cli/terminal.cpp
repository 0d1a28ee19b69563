#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "cli/process_variable.hpp"

namespace roofcast::cli {
namespace {

constexpr int kNarrowest = 20;
constexpr int kWidest = 1000;
constexpr int kDefault = 80;

int columns() {
  const auto written = process_variable("COLUMNS").value_or("");
  int width = 0;
  std::from_chars(written.data(), written.data() + written.size(), width);
  winsize size{};
  if (width <= 0 && ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  return width <= 0 ? kDefault : std::clamp(width, kNarrowest, kWidest);
}

}  // namespace

Terminal detected_terminal() {
  const auto terminal = process_variable("TERM").value_or("");
  const bool may_style = process_variable("NO_COLOR").value_or("").empty() && terminal != "dumb" && !terminal.empty();
  return {.columns = columns(),
          .color = may_style && ::isatty(STDOUT_FILENO) == 1,
          .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
          .out_is_terminal = ::isatty(STDOUT_FILENO) == 1};
}

void hold_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    // open returns the lowest free number: the missing one, as all below it are there.
    if (::fcntl(descriptor, F_GETFD) == -1) static_cast<void>(::open("/dev/null", O_RDWR));
}

}  // namespace roofcast::cli
