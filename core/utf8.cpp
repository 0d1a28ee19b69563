#include "core/utf8.hpp"

#include <cstddef>

namespace roofcast {
namespace {

constexpr std::size_t kInvalid = 0;

/// Bytes of the sequence that starts with `lead`, and what its second byte may be.
struct Sequence {
  std::size_t length = kInvalid;
  unsigned least = 0x80;
  unsigned most = 0xbf;
};

Sequence sequence(unsigned lead) {
  if (lead < 0x80) return {.length = 1};
  if (lead < 0xc2) return {};
  if (lead < 0xe0) return {.length = 2};
  if (lead < 0xf0) return {.length = 3, .least = lead == 0xe0 ? 0xa0u : 0x80u, .most = lead == 0xed ? 0x9fu : 0xbfu};
  if (lead < 0xf5) return {.length = 4, .least = lead == 0xf0 ? 0x90u : 0x80u, .most = lead == 0xf4 ? 0x8fu : 0xbfu};
  return {};
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  for (std::size_t at = 0; at < text.size();) {
    const auto s = sequence(byte(at));
    if (s.length == kInvalid || text.size() - at < s.length) return false;
    if (s.length > 1 && (byte(at + 1) < s.least || byte(at + 1) > s.most)) return false;
    for (std::size_t k = 2; k < s.length; ++k)
      if ((byte(at + k) & 0xc0) != 0x80) return false;
    at += s.length;
  }
  return true;
}

}  // namespace roofcast
