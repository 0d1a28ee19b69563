// Runs a fuzz target without libFuzzer: mutates the target's seeds, the same way each time, for a number
// of seconds. Where the code is compiled with -fsanitize-coverage=trace-pc, inputs that reach new code
// become seeds themselves. An input that breaks the target is left in crash-TARGET.
//
//   gguf.fuzz SECONDS [SHARES]   ROOFCAST_FUZZ_SECONDS / SHARES takes precedence where it is set
//   gguf.fuzz FILE...            runs the target once on each file

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/coverage.hpp"
#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/mutation.hpp"

// Of the sanitizers' run time; absent without them.
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace {

using Clock = std::chrono::steady_clock;

constexpr long kCpuSecondsPerInput = 10;  // of processor time: a busy machine is no reason to stop
constexpr rlim_t kMaxMemory = rlim_t{1} << 30;
constexpr std::size_t kMaxSeeds = 4096;

// Signal handlers see nothing else.
std::string crash_file;
const std::string* current = nullptr;

void keep_input() {
  if (current == nullptr) return;
  const int file = ::open(crash_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  const auto written = ::write(file, current->data(), current->size());
  (void)written;
  ::close(file);
  current = nullptr;
}

void on_signal(int signal) {
  keep_input();
  constexpr std::string_view kSlow = "an input took more than 10 seconds of processor time\n";
  if (signal == SIGPROF && ::write(STDERR_FILENO, kSlow.data(), kSlow.size()) < 0) std::_Exit(2);
  std::_Exit(1);
}

void watch(std::string_view program) {
  crash_file = "crash-" + std::string(program.substr(program.rfind('/') + 1));
  for (const int signal : {SIGABRT, SIGPROF}) std::signal(signal, on_signal);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(keep_input);
    return;
  }
  for (const int signal : {SIGSEGV, SIGFPE, SIGBUS, SIGILL}) std::signal(signal, on_signal);
  const rlimit limit{kMaxMemory, kMaxMemory};
  ::setrlimit(RLIMIT_AS, &limit);
}

void run(const std::string& input) {
  current = &input;
  const itimerval limit{.it_interval = {}, .it_value = {.tv_sec = kCpuSecondsPerInput, .tv_usec = 0}};
  ::setitimer(ITIMER_PROF, &limit, nullptr);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  current = nullptr;
}

std::size_t fuzz(double seconds) {
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  auto seeds = roofcast::test::fuzz_seeds();
  if (seeds.empty()) seeds.emplace_back();
  for (const auto& seed : seeds) run(seed);
  (void)roofcast::test::reached_new_code();  // by the seeds themselves
  roofcast::test::Random random{20240801};
  std::size_t runs = seeds.size();
  for (; Clock::now() < end; ++runs) {
    auto input = roofcast::test::mutated(seeds[roofcast::test::below(random, seeds.size())], random);
    run(input);
    if (roofcast::test::reached_new_code() && seeds.size() < kMaxSeeds) seeds.push_back(std::move(input));
  }
  std::printf("%zu inputs, %zu seeds\n", runs, seeds.size());
  return runs;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

}  // namespace

int main(int argc, char** argv) {
  watch(argv[0]);
  const std::vector<std::string_view> args(argv + 1, argv + argc);
  const auto seconds = args.empty() ? std::optional{1.0} : number(args.front());
  if (!seconds) {
    for (const auto file : args) {
      std::ifstream in(std::string(file), std::ios::binary);
      run({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
    }
    return 0;
  }
  const auto shares = args.size() > 1 ? number(args[1]).value_or(1) : 1;
  const auto* stated = std::getenv("ROOFCAST_FUZZ_SECONDS");
  const auto total = stated != nullptr ? number(stated) : std::nullopt;
  return fuzz(total ? *total / shares : *seconds) > 0 ? 0 : 1;
}
