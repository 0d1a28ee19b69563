#pragma once

#include <span>
#include <string>

#include "core/chart/series_style.hpp"
#include "core/chart/sweep_record.hpp"
#include "core/chart/throughput_figure.hpp"

namespace roofcast {

/// What sets the rows of a sweep apart. Columns that are the same in all rows are left out of names and go to the
/// chart's title; the number of a variant is the same on every chart of the sweep.
class SweepNames {
 public:
  explicit SweepNames(std::span<const SweepRecord> records);

  /// "gqa:8 fp8 tp 4": model, attention, hardware, engine, formats, layout, prefix hits, drafts
  /// and requests, as far as they differ.
  [[nodiscard]] std::string variant(const SweepRecord& r) const;
  /// "8192 + 1024 tokens"; empty where all rows have the same length.
  [[nodiscard]] std::string length(const SweepRecord& r) const;
  /// Model, length, prefix hits and requests, as far as they differ: rows that may be held against each other.
  [[nodiscard]] std::string load(const SweepRecord& r) const;
  /// What all rows have in common.
  [[nodiscard]] ChartSubject subject() const;

 private:
  std::span<const SweepRecord> records_;
  bool models_ = false, attentions_ = false, hardware_ = false, engines_ = false, weights_ = false, caches_ = false;
  bool layouts_ = false, prefix_hits_ = false, drafts_ = false, rates_ = false, lengths_ = false;
};

}  // namespace roofcast
