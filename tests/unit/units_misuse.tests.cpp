#include <type_traits>

#include <catch2/catch.hpp>

#include "core/units.hpp"

using namespace roofcast;
using namespace roofcast::units;

// The lines that must not compile. A requires-expression in a template asks without compiling them.

namespace {

template <class B>
concept InitialisedByNumber = requires(void (*take)(B)) {
  take(80);
};
template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};
template <class From, class To>
concept Converts = std::is_convertible_v<From, To>;

using Product = decltype(GB * (GB / s));

static_assert(!InitialisedByNumber<Bytes>);  // Bytes b = 80;
static_assert(!Addable<Bytes, Seconds>);     // GB + s
static_assert(!Converts<Product, Seconds>);  // Seconds t = GB * (GB / s)
static_assert(!Converts<Bytes, double>);     // double d = 1.0 * GB
static_assert(!Comparable<Bytes, Seconds>);  // GB < s

// The probes themselves answer yes where a line is right.
static_assert(InitialisedByNumber<double>);
static_assert(Addable<Bytes, Bytes>);
static_assert(Comparable<Seconds, Seconds>);
static_assert(Converts<decltype(GB / (GB / s)), Seconds>);
static_assert(Converts<decltype(GiB / GB), double>);

}  // namespace

TEST_CASE("quantities of one dimension divide to numbers, of several to the quotient", "[core][units]") {
  CHECK(GiB / GB == Approx(1.073741824));
  CHECK((10.0 * GB / (2.0 * GB / s)).in(s) == 5.0);
  CHECK((989.4 * TFLOP / s / (3.35 * TB / s)).in(flop / byte) == Approx(295.34).margin(0.01));
  CHECK((3.0 * s * (2.0 * GB / s)).in(GB) == 6.0);
}

TEST_CASE("prefixes are decimal or binary by name", "[core][units]") {
  CHECK(GB.in(byte) == 1e9);
  CHECK(GiB.in(byte) == 1073741824.0);
  CHECK(KiB.in(byte) == 1024);
  CHECK((1.0 * TiB).in(GiB) == 1024);
  CHECK((2.5 * ms).in(us) == Approx(2500.0));
}

TEST_CASE("quantities add, subtract, scale and compare", "[core][units]") {
  Bytes b = 3.0 * GB - 1.0 * GB;
  b += 0.5 * GB;
  CHECK(b.in(MB) == 2500.0);
  CHECK(b / 2.0 < b);
  CHECK(Bytes{} == 0.0 * GB);
}
