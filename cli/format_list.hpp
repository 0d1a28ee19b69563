#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "cli/option_reader.hpp"
#include "core/nearest_name.hpp"

namespace roofcast::cli {

/// The formats that a list names, "auto" as none: the checkpoint's own. One "auto" where the option is not there.
/// Unknown names go to the reader.
template <class Format>
[[nodiscard]] std::vector<std::optional<Format>> format_list(OptionReader& reader, std::string_view option,
                                                             std::span<const Format> known,
                                                             std::optional<Format> (*find)(std::string_view)) {
  std::vector<std::optional<Format>> all;
  std::vector<std::string> names{"auto"};
  for (const auto& f : known) names.push_back(f.name);
  for (const auto& word : reader.words(option)) {
    const auto found = find(word);
    if (found || word == "auto")
      all.push_back(found);
    else
      reader.add_usage_error(fmt::format("--{}", option), fmt::format("'{}' is not a known format", word),
                             did_you_mean(word, names));
  }
  if (all.empty()) all.emplace_back();
  return all;
}

}  // namespace roofcast::cli
