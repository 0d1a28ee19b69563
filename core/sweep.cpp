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

std::size_t chunk_points(std::size_t points, std::size_t batches, std::size_t jobs) {
  // Few points are shared out too: each may compile a deployment of its own.
  const auto size = std::clamp<std::size_t>(points / (kAhead * jobs), 1, kChunkPoints);
  return size > batches ? size / batches * batches : size;  // whole lengths share the most
}

/// A selection cut into chunks: numbered, so that any thread can make any of them.
class Chunks {
 public:
  Chunks(const SweepGrid& grid, const SweepSelection& selection, const RowFormat& format, int jobs)
      : grid_{grid},
        selection_{selection},
        format_{format},
        points_{grid, selection},
        size_{chunk_points(points_.count(), grid.batch_count(), static_cast<std::size_t>(jobs))} {}

  [[nodiscard]] std::size_t count() const { return (points_.count() + size_ - 1) / size_; }
  [[nodiscard]] SweepEvaluator evaluator() const { return {grid_, selection_}; }

  /// In place of what was in `chunk`, whose memory is used again.
  void make(std::size_t number, SweepEvaluator& evaluator, SweepChunk& chunk) const {
    chunk.text.clear();
    chunk.rows = 0;
    const std::size_t end = std::min(points_.count(), (number + 1) * size_);
    evaluator.rows(points_, number * size_, end, [&](const SweepRow& row) {
      if (chunk.rows++ > 0) chunk.text += format_.between;
      format_.append(row, chunk.text);
      // Rows are about as long as the first: the text is never moved to where there is more room.
      if (chunk.rows == 1) chunk.text.reserve((chunk.text.size() + format_.between.size() + 16) * size_);
      return true;
    });
    chunk.next_point = points_.point(end - 1) + 1;
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

  /// Puts the next chunk in order in place of the one before, whose memory goes back to the makers. @pre one is left.
  /// Throws what its maker threw.
  void take(SweepChunk& chunk) {
    std::unique_lock lock{mutex_};
    Slot& slot = slots_[taken_ % slots_.size()];
    made_.wait(lock, [&] { return slot.ready; });
    slot.ready = false;
    if (slot.failure) std::rethrow_exception(slot.failure);
    std::swap(chunk, slot.chunk);
    ++taken_;
    lock.unlock();
    room_.notify_one();
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
      Slot made = std::move(slots_[number % slots_.size()]);
      lock.unlock();
      try {
        chunks_.make(number, evaluator, made.chunk);
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

std::size_t sweep(const SweepGrid& grid, const SweepSelection& selection, const RowSink& sink) {
  const SelectedPoints points{grid, selection};
  std::size_t rows = 0;
  SweepEvaluator{grid, selection}.rows(points, 0, points.count(), [&](const SweepRow& row) {
    if (!sink(row)) return false;
    ++rows;
    return true;
  });
  return rows;
}

std::size_t sweep_text(const SweepGrid& grid, const SweepSelection& selection, const RowFormat& format, int jobs,
                       const std::function<bool(const SweepChunk&)>& sink) {
  const Chunks chunks{grid, selection, format, jobs};
  std::size_t rows = 0;
  const auto hand_over = [&](auto next) {
    SweepChunk chunk;
    for (std::size_t number = 0; number < chunks.count(); ++number) {
      next(number, chunk);
      if (chunk.rows > 0 && rows > 0 && !format.between.empty()) chunk.text.insert(0, format.between);
      if (!sink(chunk)) break;
      rows += chunk.rows;
    }
    return rows;
  };
  if (jobs == 1 || chunks.count() <= 1) {
    SweepEvaluator evaluator = chunks.evaluator();
    return hand_over([&](std::size_t number, SweepChunk& chunk) { chunks.make(number, evaluator, chunk); });
  }
  ChunkMakers makers{chunks, jobs};
  return hand_over([&](std::size_t, SweepChunk& chunk) { makers.take(chunk); });
}

}  // namespace roofcast
