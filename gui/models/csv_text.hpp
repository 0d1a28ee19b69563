// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "gui/job.hpp"

namespace roofcast::gui {

/// A table as the text of its CSV; records are found by their offsets and cut into cells when they are asked for, so
/// that a million rows cost their file and eight bytes each.
class CsvText {
 public:
  explicit CsvText(QByteArray bytes);
  /// Errors: the file cannot be read; it has no header. Nothing when the job was cancelled.
  [[nodiscard]] static Result<std::shared_ptr<const CsvText>> read(const QString& file, JobControl& control);

  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::size_t records() const { return begins_.size(); }
  [[nodiscard]] std::string cell(std::size_t record, std::size_t column) const;
  [[nodiscard]] std::optional<double> number(std::size_t record, std::size_t column) const;
  /// With its line break.
  [[nodiscard]] std::string_view record(std::size_t record) const;
  /// Header and every n-th record, at most `most` of them: what a chart of a large file is drawn from.
  [[nodiscard]] std::string sample(std::size_t most) const;

 private:
  QByteArray bytes_{};
  std::vector<std::string> header_{};
  std::size_t header_end_ = 0;
  std::vector<std::uint64_t> begins_{};
};

/// Records in the order of a column (-1: of the file), those alone that hold `filter` in some cell, letter case aside.
[[nodiscard]] std::vector<std::uint32_t> ordered_records(const CsvText& table, const std::string& filter, int column,
                                                         bool descending, const JobControl& control);

}  // namespace roofcast::gui
