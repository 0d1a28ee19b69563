#include "core/sweep.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/sweep_evaluator.hpp"

namespace roofcast {
namespace {

/// Rows of one chunk at most: enough to make handing it over cheap, few enough to stay in a cache.
constexpr std::size_t kChunkPoints = 1024;
/// Chunks per job that may wait for an earlier one.
constexpr std::size_t kAhead = 4;

/// A selection cut into chunks: numbered, so that any thread can make any of them.
class Chunks {
 public:
  Chunks(const SweepGrid& grid, const SweepSelection& selection, const RowFormat& format, int jobs)
      : grid_{grid},
        selection_{selection},
        format_{format},
        points_{grid, selection},
        // Few points are shared out too: each may compile a deployment of its own.
        size_{std::clamp<std::size_t>(points_.count() / (kAhead * static_cast<std::size_t>(jobs)), 1, kChunkPoints)} {}

  [[nodiscard]] std::size_t count() const { return (points_.count() + size_ - 1) / size_; }
  [[nodiscard]] SweepEvaluator evaluator() const { return {grid_, selection_}; }

  [[nodiscard]] SweepChunk make(std::size_t number, SweepEvaluator& evaluator) const {
    SweepChunk chunk;
    const std::size_t end = std::min(points_.count(), (number + 1) * size_);
    for (std::size_t k = number * size_; k < end; ++k) {
      const auto row = evaluator.at(points_.point(k));
      if (!row) continue;
      if (chunk.rows++ > 0) chunk.text += format_.between;
      format_.append(*row, chunk.text);
    }
    chunk.next_point = points_.point(end - 1) + 1;
    return chunk;
  }

 private:
  const SweepGrid& grid_;
  const SweepSelection& selection_;
  const RowFormat& format_;
  SelectedPoints points_;
  std::size_t size_;
};

/// Threads that make chunks ahead of the one that takes them, in a ring of slots.
class ChunkMakers {
 public:
  ChunkMakers(const Chunks& chunks, int jobs) : chunks_{chunks}, slots_(kAhead * static_cast<std::size_t>(jobs)) {
    for (int i = 0; i < jobs; ++i) threads_.emplace_back([this] { work(); });
  }
  ChunkMakers(const ChunkMakers&) = delete;
  ChunkMakers& operator=(const ChunkMakers&) = delete;
  ~ChunkMakers() {
    {
      const std::lock_guard lock{mutex_};
      stopped_ = true;
    }
    room_.notify_all();
  }

  /// The next chunk in order. @pre one is left. Throws what its maker threw.
  [[nodiscard]] SweepChunk take() {
    std::unique_lock lock{mutex_};
    Slot& slot = slots_[taken_ % slots_.size()];
    made_.wait(lock, [&] { return slot.ready; });
    slot.ready = false;
    if (slot.failure) std::rethrow_exception(slot.failure);
    SweepChunk chunk = std::move(slot.chunk);
    ++taken_;
    lock.unlock();
    room_.notify_one();
    return chunk;
  }

 private:
  struct Slot {
    SweepChunk chunk{};
    std::exception_ptr failure{};
    bool ready = false;
  };

  void work() {
    SweepEvaluator evaluator = chunks_.evaluator();
    std::unique_lock lock{mutex_};
    while (true) {
      room_.wait(lock, [&] { return stopped_ || begun_ == chunks_.count() || begun_ < taken_ + slots_.size(); });
      if (stopped_ || begun_ == chunks_.count()) return;
      const std::size_t number = begun_++;
      lock.unlock();
      Slot made;
      try {
        made.chunk = chunks_.make(number, evaluator);
      } catch (...) {
        made.failure = std::current_exception();
      }
      made.ready = true;
      lock.lock();
      slots_[number % slots_.size()] = std::move(made);
      made_.notify_one();
    }
  }

  const Chunks& chunks_;
  std::mutex mutex_{};
  std::condition_variable room_{}, made_{};
  std::vector<Slot> slots_;
  std::size_t begun_ = 0;
  std::size_t taken_ = 0;
  bool stopped_ = false;
  std::vector<std::jthread> threads_{};  ///< last: they end before what they use
};

}  // namespace

std::size_t sweep(const SweepGrid& grid, const SweepSelection& selection,
                  const std::function<bool(const SweepRow&)>& sink) {
  const SelectedPoints points{grid, selection};
  SweepEvaluator evaluator{grid, selection};
  std::size_t rows = 0;
  for (std::size_t k = 0; k < points.count(); ++k) {
    const auto row = evaluator.at(points.point(k));
    if (!row) continue;
    if (!sink(*row)) break;
    ++rows;
  }
  return rows;
}

std::size_t sweep_text(const SweepGrid& grid, const SweepSelection& selection, const RowFormat& format, int jobs,
                       const std::function<bool(const SweepChunk&)>& sink) {
  const Chunks chunks{grid, selection, format, jobs};
  std::size_t rows = 0;
  const auto hand_over = [&](auto next) {
    for (std::size_t number = 0; number < chunks.count(); ++number) {
      SweepChunk chunk = next(number);
      if (chunk.rows > 0 && rows > 0 && !format.between.empty()) chunk.text.insert(0, format.between);
      if (!sink(chunk)) break;
      rows += chunk.rows;
    }
    return rows;
  };
  if (jobs == 1 || chunks.count() <= 1) {
    SweepEvaluator evaluator = chunks.evaluator();
    return hand_over([&](std::size_t number) { return chunks.make(number, evaluator); });
  }
  ChunkMakers makers{chunks, jobs};
  return hand_over([&](std::size_t) { return makers.take(); });
}

}  // namespace roofcast
