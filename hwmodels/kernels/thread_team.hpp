#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <type_traits>
#include <vector>

namespace roofcast::kernels {

/// A crew that stays together: one call of `run` costs about a microsecond while the crew is awake, where starting
/// threads costs tens. Idle members spin for a moment (the next kernel usually follows at once), then sleep.
class ThreadTeam {
 public:
  /// The caller of `run` counts as a member: `threads - 1` threads are started. Members stay on CPUs of their own
  /// (the caller too, until the team is gone): a scheduler that puts two of them on one CPU, as it does on a busy
  /// machine, makes each wait for the other. With more threads than CPUs nobody is bound.
  explicit ThreadTeam(int threads);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  [[nodiscard]] int size() const { return static_cast<int>(members_.size()) + 1; }

  /// Calls task(rank) once for every rank below size(), rank 0 on the calling thread, and returns when all are done.
  /// The task must not throw. One run at a time.
  template <class Task>
  void run(Task&& task) {
    using Plain = std::remove_reference_t<Task>;
    run({.object = const_cast<void*>(static_cast<const void*>(std::addressof(task))),
         .call = [](void* object, int rank) { (*static_cast<Plain*>(object))(rank); }});
  }

 private:
  struct Job {
    void* object = nullptr;
    void (*call)(void* object, int rank) = nullptr;
  };

  void run(Job job);
  void serve(int rank);
  void bind(int rank) const;

  std::vector<int> cpus_{};  ///< one per member; empty: not bound
  Job job_{};
  alignas(64) std::atomic<int> round_{0};    ///< a new number is the signal to start
  alignas(64) std::atomic<int> working_{0};  ///< members that have not finished the round
  std::atomic<bool> leaving_{false};
  std::vector<std::jthread> members_{};
};

}  // namespace roofcast::kernels
