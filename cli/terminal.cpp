#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace roofcast::cli {
namespace {

constexpr int kNarrowest = 20;
constexpr int kWidest = 1000;
constexpr int kDefault = 80;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int columns() {
  const auto written = environment("COLUMNS");
  int width = 0;
  std::from_chars(written.data(), written.data() + written.size(), width);
  winsize size{};
  if (width <= 0 && ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  return width <= 0 ? kDefault : std::clamp(width, kNarrowest, kWidest);
}

}  // namespace

Terminal detected_terminal() {
  const bool may_style =
      environment("NO_COLOR").empty() && environment("TERM") != "dumb" && !environment("TERM").empty();
  return {.columns = columns(),
          .color = may_style && ::isatty(STDOUT_FILENO) == 1,
          .err_is_terminal = ::isatty(STDERR_FILENO) == 1};
}

void hold_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    // open returns the lowest free number: the missing one, as all below it are there.
    if (::fcntl(descriptor, F_GETFD) == -1) static_cast<void>(::open("/dev/null", O_RDWR));
}

}  // namespace roofcast::cli
