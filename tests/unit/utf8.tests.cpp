#include "core/utf8.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;

TEST_CASE("utf8: text of one to four bytes per character is well-formed") {
  CHECK(is_utf8(""));
  CHECK(is_utf8("plain, \xc2\xb5s, \xe2\x82\xac, \xf0\x9f\x9a\x80"));
  CHECK(is_utf8("\xed\x9f\xbf \xee\x80\x80 \xf4\x8f\xbf\xbf"));  // the neighbours of surrogates, the last character
}

TEST_CASE("utf8: bytes that are no characters are refused") {
  CHECK_FALSE(is_utf8("\x80"));              // a continuation without a start
  CHECK_FALSE(is_utf8("\xe9 t\xe9"));        // Latin-1
  CHECK_FALSE(is_utf8("\xe2\x82"));          // cut off
  CHECK_FALSE(is_utf8("\xc0\xaf"));          // an overlong '/'
  CHECK_FALSE(is_utf8("\xe0\x80\xaf"));      // the same in three bytes
  CHECK_FALSE(is_utf8("\xf0\x80\x80\xaf"));  // and in four
  CHECK_FALSE(is_utf8("\xed\xa0\x80"));      // a surrogate
  CHECK_FALSE(is_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
  CHECK_FALSE(is_utf8("\xff"));
}
