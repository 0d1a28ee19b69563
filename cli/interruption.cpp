#include "cli/interruption.hpp"

#include <csignal>

namespace roofcast::cli {
namespace {

// A signal handler can reach nothing but a global.
volatile std::sig_atomic_t g_requested = 0;

void request(int signal) {
  g_requested = 1;
  std::signal(signal, SIG_DFL);
}

}  // namespace

Interruption::Interruption() {
  g_requested = 0;
  std::signal(SIGINT, request);
  std::signal(SIGTERM, request);
}

Interruption::~Interruption() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool Interruption::requested() const {
  return g_requested != 0;
}

}  // namespace roofcast::cli
