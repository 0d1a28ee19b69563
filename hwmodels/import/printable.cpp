#include "hwmodels/import/printable.hpp"

namespace roofcast {

std::string printable(std::string_view text, std::size_t max_length) {
  std::string out(text.substr(0, max_length));
  for (char& c : out)
    if (c < ' ' || c > '~') c = '?';
  return text.size() > max_length ? out + "..." : out;
}

}  // namespace roofcast
