#include "core/shell_quoted.hpp"

namespace roofcast {

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += R"('\'')";
    else
      out += c;
  }
  return out + "'";
}

std::string shell_quoted(std::string_view word) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=+,@%";
  const bool plain = !word.empty() && word.find_first_not_of(kPlain) == word.npos;
  return plain ? std::string(word) : single_quoted(word);
}

}  // namespace roofcast
