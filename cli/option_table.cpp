#include "cli/option_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace roofcast::cli {

std::vector<Option> joined(std::vector<std::vector<Option>> groups) {
  std::vector<Option> all;
  for (auto& group : groups) std::ranges::move(group, std::back_inserter(all));
  return all;
}

std::vector<Option> general_options() {
  return {{.name = "help", .short_name = 'h', .help = "show this help", .group = "General"},
          {.name = "quiet", .short_name = 'q', .help = "no notes and no progress on stderr", .group = "General"},
          {.name = "no-color", .help = "no colour; also NO_COLOR or TERM=dumb", .group = "General"}};
}

std::vector<Option> figure_options() {
  return {{.name = "json", .help = "print JSON", .group = "Output"},
          {.name = "csv", .help = "print CSV (RFC 4180)", .group = "Output"}};
}

const Option* find_option(const OptionTable& table, std::string_view name) {
  const auto is_it = [&](const Option& o) {
    return o.name == name || std::ranges::find(o.aliases, name) != o.aliases.end();
  };
  const auto it = std::ranges::find_if(table.options, is_it);
  return it == table.options.end() ? nullptr : &*it;
}

OptionTable complete(OptionTable table) {
  std::ranges::move(general_options(), std::back_inserter(table.options));
  return table;
}

std::string signature(const Option& option) {
  std::string text = option.short_name == '\0' ? "" : fmt::format("-{}, ", option.short_name);
  text += "--" + option.name;
  if (!option.placeholder.empty()) text += " " + option.placeholder;
  return text;
}

}  // namespace roofcast::cli
