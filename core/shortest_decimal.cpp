#include "core/shortest_decimal.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace roofcast {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::array<std::uint64_t, 20> kTens = [] {
  std::array<std::uint64_t, 20> tens{1};
  for (std::size_t i = 1; i < tens.size(); ++i) tens[i] = 10 * tens[i - 1];
  return tens;
}();

/// Eight decimal digits, one a byte, the first one lowest: halves, quarters and eighths of `value` side by side.
/// @pre value < 10^8.
std::uint64_t eight_digits(std::uint64_t value) {
  const std::uint64_t fours = value / 10'000 | (value % 10'000) << 32;
  const std::uint64_t hundreds = fours * 10'486 >> 20 & 0x0000'007f'0000'007f;
  const std::uint64_t twos = hundreds | (fours - 100 * hundreds) << 16;
  const std::uint64_t tens = twos * 103 >> 10 & 0x000f'000f'000f'000f;
  return tens | (twos - 10 * tens) << 8;
}

void write_eight(std::uint64_t digits, char* to) {
  digits |= 0x3030'3030'3030'3030;
  if constexpr (std::endian::native == std::endian::big) digits = __builtin_bswap64(digits);
  std::memcpy(to, &digits, sizeof digits);
}

/// Without the zeros at the end: how many of eight digits.
int significant(std::uint64_t digits) {
  return 8 - std::countl_zero(digits) / 8;
}

/// The last decimal place that doubles between two powers of two need, and what it is to them.
struct Place {
  Wide ten = 0;  ///< 10^places x 2^(64 - shift), where such a double is c / 2^shift
  int places = 0;
};

/// [shift] of doubles below 2^53 down to 2^-10.
constexpr std::array<Place, 63> kPlaces = [] {
  std::array<Place, 63> all{};
  for (int shift = 0; shift < 63; ++shift) {
    Place& p = all[static_cast<std::size_t>(shift)];
    p.places = (shift * 1'262'611 + (1 << 22) - 1) >> 22;  // shift log10(2), rounded up
    p.ten = Wide{kTens[static_cast<std::size_t>(p.places)]} << (64 - shift);
  }
  return all;
}();

/// The digits of the shortest decimal that lies nearer to c / 2^shift than to its neighbours, of these the nearest, up
/// to the last of `place`: Schubfach (R. Giulietti, 2020). Its products fit 128 bits here, so no power of ten is
/// rounded.
/// @pre c / 2^shift is no power of two.
std::uint64_t shortest_digits(std::uint64_t c, const Place& place) {
  // Four times the value and the ends of its interval, in units of the last place; a bit for what is cut off.
  const auto cut = [](Wide x) {
    return static_cast<std::uint64_t>(x >> 64) | static_cast<std::uint64_t>(static_cast<std::uint64_t>(x) != 0);
  };
  const Wide exact = 4 * c * place.ten, half = 2 * place.ten;
  const std::uint64_t open = c % 2;  // ends of an odd one are its neighbours'
  const std::uint64_t low = cut(exact - half) + open, middle = cut(exact), high = cut(exact + half) - open;

  // One digit less where just one such number is inside, else the nearer neighbour. Which of them is the toss of a
  // coin: selected, not branched to.
  const std::uint64_t digits = middle / 4, tens = digits / 10 * 10;
  const std::uint64_t down_10 = low <= 4 * tens, up_10 = 4 * tens + 40 <= high;
  const std::uint64_t down = low <= 4 * digits, up = 4 * digits + 4 <= high;
  const std::uint64_t even_half = 4 * digits + 2 + (1 - digits % 2);
  const std::uint64_t one = digits + ((down ^ up) != 0 ? up : static_cast<std::uint64_t>(middle >= even_half));
  return (down_10 ^ up_10) != 0 ? tens + 10 * up_10 : one;
}

char* write_whole(std::uint64_t value, char* to) {
  if (value >= 10) return std::to_chars(to, to + 20, value).ptr;
  *to = static_cast<char>('0' + value);
  return to + 1;
}

}  // namespace

char* write_shortest(double value, char* to) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const std::uint64_t fraction_bits = bits & ((std::uint64_t{1} << 52) - 1);
  // Beyond these the scientific form may be shorter; whole numbers have no places; powers of two are further from one
  // neighbour than from the other.
  if (!(value >= 1e-3 && value < 0x1p53) || fraction_bits == 0 ||
      static_cast<double>(static_cast<std::int64_t>(value)) == value)
    return std::to_chars(to, to + 48, value).ptr;

  const Place& place = kPlaces[1075 - (bits >> 52)];
  const std::uint64_t digits = shortest_digits(fraction_bits | std::uint64_t{1} << 52, place);
  const auto whole = static_cast<std::uint64_t>(static_cast<std::int64_t>(value));  // no shorter decimal passes it
  std::uint64_t fraction = digits - whole * kTens[static_cast<std::size_t>(place.places)];
  to = write_whole(whole, to);
  *to++ = '.';
  constexpr int kBlock = 16;
  if (place.places > kBlock) {
    const std::uint64_t first = fraction / kTens[kBlock];
    write_eight(eight_digits(first * kTens[static_cast<std::size_t>(kBlock + 8 - place.places)]), to);
    to += place.places - kBlock;
    fraction %= kTens[kBlock];
  } else {
    fraction *= kTens[static_cast<std::size_t>(kBlock - place.places)];
  }
  const std::uint64_t front = eight_digits(fraction / 100'000'000), back = eight_digits(fraction % 100'000'000);
  write_eight(front, to);
  write_eight(back, to + 8);
  return to + (back > 0 ? 8 + significant(back) : significant(front));
}

}  // namespace roofcast
