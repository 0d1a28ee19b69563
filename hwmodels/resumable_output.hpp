#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace roofcast {

/// A file that grows as FILE.partial, which outlives whatever ends the program, and becomes FILE once it is whole.
/// FILE.partial.plan.json beside it says what it is a part of. One process at a time: the partial file is locked.
class ResumableOutput {
 public:
  /// Opens the partial file, or makes an empty one; changes neither what is in it nor its plan.
  /// An error where another process writes it.
  [[nodiscard]] static Result<ResumableOutput> open(const std::filesystem::path& target);

  ResumableOutput(ResumableOutput&& other) noexcept;
  ResumableOutput& operator=(ResumableOutput&&) = delete;
  ResumableOutput(const ResumableOutput&) = delete;
  ResumableOutput& operator=(const ResumableOutput&) = delete;
  /// Nothing written: nothing is left.
  ~ResumableOutput();

  /// FILE.partial, where a link leads.
  [[nodiscard]] const std::string& partial() const { return partial_; }
  [[nodiscard]] bool is_empty() const;
  /// What `begin` was told; empty where there is no such file.
  [[nodiscard]] Result<std::string> plan() const;
  /// Hands over what is there from the front, in pieces; stops when `sink` returns false.
  [[nodiscard]] Result<void> read(const std::function<bool(std::string_view)>& sink) const;

  /// Drops what is there and begins a file of another plan.
  [[nodiscard]] Result<void> begin(std::string_view plan);
  /// Keeps the first `bytes` and goes on behind them.
  [[nodiscard]] Result<void> go_on_behind(std::uint64_t bytes);
  /// Unbuffered: what was written stays when the program is killed.
  [[nodiscard]] Result<void> write(std::string_view bytes);
  /// Syncs, and leaves the file partial.
  [[nodiscard]] Result<void> keep();
  /// Syncs and renames. The plan stays until `finish`; nothing may be written afterwards.
  [[nodiscard]] Result<void> commit();
  /// What belongs beside the whole file is there: the plan goes.
  void finish() const;

 private:
  ResumableOutput(std::string target, std::string shown, std::string partial, int descriptor);
  [[nodiscard]] std::string plan_path() const { return partial_ + ".plan.json"; }

  std::string target_{};  ///< after following links
  std::string shown_{};   ///< as the user wrote it, for messages
  std::string partial_{};
  int descriptor_ = -1;
};

/// FILE.partial of a file.
[[nodiscard]] std::string partial_path(const std::filesystem::path& target);

}  // namespace roofcast
