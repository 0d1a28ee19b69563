#include "hwmodels/kernels/thread_team.hpp"

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <span>

#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#endif

#include "hwmodels/usable_cpus.hpp"

namespace roofcast::kernels {
namespace {

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/// How long a member spins before it sleeps. Longer than the pause between two calls of a kernel, shorter than what
/// would be missed by whoever else needs the core.
constexpr auto kSpin = std::chrono::microseconds(50);

/// Returns once `value` differs from `old`.
void await_change(const std::atomic<int>& value, int old) {
  const auto deadline = std::chrono::steady_clock::now() + kSpin;
  while (std::chrono::steady_clock::now() < deadline)
    for (int i = 0; i < 32; ++i) {
      if (value.load(std::memory_order_acquire) != old) return;
      relax();
    }
  value.wait(old, std::memory_order_acquire);
}

/// Lets the calling thread run on these CPUs only. Where the system refuses, it stays where it may be.
void allow(std::span<const int> cpus) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int cpu : cpus) CPU_SET(cpu, &set);
  sched_setaffinity(0, sizeof(set), &set);
}

}  // namespace

ThreadTeam::ThreadTeam(int threads) : cpus_{usable_cpus()} {
  const int others = std::max(1, threads) - 1;
  if (cpus_.size() <= static_cast<std::size_t>(others)) cpus_.clear();
  bind(0);
  members_.reserve(static_cast<std::size_t>(others));
  for (int rank = 1; rank <= others; ++rank) members_.emplace_back([this, rank] { serve(rank); });
}

ThreadTeam::~ThreadTeam() {
  leaving_.store(true, std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  if (!cpus_.empty()) allow(cpus_);
}

void ThreadTeam::bind(int rank) const {
  if (!cpus_.empty()) allow(std::span(cpus_).subspan(static_cast<std::size_t>(rank), 1));
}

void ThreadTeam::run(Job job) {
  const int others = static_cast<int>(members_.size());
  if (others > 0) {
    job_ = job;
    working_.store(others, std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }
  job.call(job.object, 0);
  for (int left = working_.load(std::memory_order_acquire); left != 0; left = working_.load(std::memory_order_acquire))
    await_change(working_, left);
}

void ThreadTeam::serve(int rank) {
  bind(rank);
  for (int seen = 0;;) {
    await_change(round_, seen);
    seen = round_.load(std::memory_order_acquire);
    if (leaving_.load(std::memory_order_relaxed)) return;
    job_.call(job_.object, rank);
    if (working_.fetch_sub(1, std::memory_order_release) == 1) working_.notify_one();
  }
}

}  // namespace roofcast::kernels
