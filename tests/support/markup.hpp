#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roofcast::tests {

/// What is wrong with the nesting of a page's elements, or an ampersand that starts no entity; empty: nothing. Void
/// elements end with "/>"; the content of <style> is not looked at.
inline std::string markup_fault(std::string_view page) {
  std::vector<std::string> open;
  for (std::size_t at = 0; at < page.size();) {
    if (page[at] == '&') {
      const auto end = page.find_first_not_of("#abcdefghijklmnopqrstuvwxyz0123456789", at + 1);
      if (end == page.npos || page[end] != ';') return "stray & at " + std::string(page.substr(at, 20));
    }
    if (page[at] == '>') return "stray > before " + std::string(page.substr(at, 20));
    if (page[at] != '<') {
      ++at;
      continue;
    }
    const auto end = page.find('>', at);
    if (end == page.npos) return "unclosed tag";
    const auto tag = page.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag.starts_with('!') || tag.starts_with('?') || tag.ends_with('/')) continue;
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return "unexpected <" + std::string(tag) + ">";
      open.pop_back();
      continue;
    }
    open.emplace_back(tag.substr(0, tag.find_first_of(" \n")));
    if (open.back() == "style") at = page.find("</style>", at);
  }
  return open.empty() ? "" : "<" + open.back() + "> is not closed";
}

}  // namespace roofcast::tests
