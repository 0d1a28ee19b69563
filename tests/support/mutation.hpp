#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace roofcast::test {

using Random = std::mt19937_64;

/// A number in [0, n), the same on every standard library.
inline std::size_t below(Random& random, std::size_t n) {
  return n == 0 ? 0 : static_cast<std::size_t>(random() % n);
}

/// One small wrong turn: what broken downloads, careless converters and ill will do to a file.
inline void mutate_once(std::string& bytes, Random& random) {
  constexpr std::array<std::uint64_t, 12> kNumbers{0,
                                                   1,
                                                   2,
                                                   0x7f,
                                                   0xff,
                                                   0xffff,
                                                   0x7fffffff,
                                                   0xffffffff,
                                                   std::uint64_t{1} << 32,
                                                   0x7fffffffffffffff,
                                                   std::uint64_t{1} << 63,
                                                   0xffffffffffffffff};
  constexpr std::array<std::string_view, 12> kWords{
      "{", "}", "[", "]", "\"", ",", "-1", "1e308", "null", "true", "18446744073709551616", "[[[[[[[["};
  const auto at = below(random, bytes.size() + 1);
  switch (below(random, 8)) {
    case 0:  // a bit
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(random, 8)));
      break;
    case 1:  // a byte
      if (at < bytes.size()) bytes[at] = static_cast<char>(random());
      break;
    case 2: {  // a little-endian number of 1, 2, 4 or 8 bytes
      auto value = kNumbers[below(random, kNumbers.size())];
      for (std::size_t i = 0, n = std::size_t{1} << below(random, 4); i < n && at + i < bytes.size(); ++i, value >>= 8)
        bytes[at + i] = static_cast<char>(value & 0xff);
      break;
    }
    case 3:  // the end
      bytes.resize(at);
      break;
    case 4:  // something missing
      bytes.erase(at, below(random, 33));
      break;
    case 5:  // something twice
      bytes.insert(at, bytes.substr(below(random, bytes.size() + 1), below(random, 65)));
      break;
    case 6:  // a word of JSON
      bytes.insert(at, kWords[below(random, kWords.size())]);
      break;
    default:  // a digit
      if (const auto digit = bytes.find_first_of("0123456789", at); digit != std::string::npos)
        bytes[digit] = static_cast<char>('0' + below(random, 10));
      break;
  }
}

/// `seed` after one to eight mutations.
inline std::string mutated(std::string_view seed, Random& random) {
  std::string bytes(seed);
  for (std::size_t n = 1 + below(random, 8); n > 0; --n) mutate_once(bytes, random);
  return bytes;
}

}  // namespace roofcast::test
