#pragma once

/// The values of a sweep flag (docs/cli.md, "Values"):
///   values := item {"," item}     item := literal | A ".." B [":" step]     step := NUM | "x" NUM | "#" N ["log"]

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/value_range.hpp"

namespace roofcast {

/// Everything one flag stands for, in the order written. Never expanded: ask for value number i.
struct ValueList {
  std::vector<ValueRange> ranges{};
  std::vector<std::string> notes{};  ///< for stderr: an end that is not hit, 128k against 128Ki

  [[nodiscard]] std::int64_t count() const;
  [[nodiscard]] double at(std::int64_t i) const;
};

/// `where` is the flag, for messages. Reports the problem of every item.
[[nodiscard]] Result<ValueList> parse_values(std::string_view where, std::string_view text, ValueKind kind);

/// "mha,gqa:8,mqa" → its words. An empty word is an error.
[[nodiscard]] Result<std::vector<std::string>> parse_words(std::string_view where, std::string_view text);

/// `--zip isl,osl=1024:128,8192:1024`: values that go together instead of being multiplied out.
struct Zip {
  std::vector<std::string> names{};              ///< isl, osl
  std::vector<std::vector<std::string>> rows{};  ///< {1024, 128}, {8192, 1024}: each as long as `names`
};

[[nodiscard]] Result<Zip> parse_zip(std::string_view where, std::string_view text);

}  // namespace roofcast
