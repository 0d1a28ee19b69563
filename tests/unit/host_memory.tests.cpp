#include <catch2/catch.hpp>

#include <limits>

#include "core/host_memory.hpp"
#include "tests/support/sample_ceilings.hpp"

using namespace roofcast;
using namespace roofcast::units;
using roofcast::test::round_ceilings;

namespace {

double us_of(Seconds t) {
  return t.in(us);
}

}  // namespace

TEST_CASE("the share of a working set that comes from memory follows from its bandwidth (H1)") {
  const auto c = round_ceilings();
  // Cache 100 GB/s, memory 25. 16 MiB are read at 50: 1/50 = (1 - x)/100 + x/25, so x = 1/3.
  CHECK(memory_share(c, 8 * MiB) == 0);
  CHECK(memory_share(c, 16 * MiB) == Approx(1.0 / 3));
  CHECK(memory_share(c, 32 * MiB) == Approx(1));
  CHECK(memory_share(c, 11.3137085 * MiB) == Approx(1.0 / 6));  // 8 x sqrt(2): half of the way in logarithms
  CHECK(memory_share(c, 1 * KiB) == 0);
  CHECK(memory_share(c, Bytes{std::numeric_limits<double>::infinity()}) == 1);
}

TEST_CASE("noise between two sizes never makes a larger set hit the cache more often (H1)") {
  auto c = round_ceilings();
  c.bandwidth.push_back(
      {.level = "edge", .pages = "huge", .threads = 2, .working_set = 24 * MiB, .read = 80.0 * GB / s});
  double before = 0;
  for (double size = 1; size < 200; size *= 1.1) {
    const double share = memory_share(c, size * MiB);
    CHECK(share >= before);
    CHECK(share <= 1);
    before = share;
  }
}

TEST_CASE("without a last cache everything that is read again comes from memory (H1)") {
  auto c = round_ceilings();
  std::erase_if(c.bandwidth, [](const auto& b) { return b.level == "edge" || b.level == "l3"; });
  CHECK(memory_share(c, 1 * MiB) == 1);
  CHECK(host_memory(c, 2)->last == 25.0 * GB / s);
}

TEST_CASE("bandwidths are interpolated between the thread counts that were measured (H2)") {
  auto c = round_ceilings();
  c.bandwidth.push_back(
      {.level = "dram", .pages = "huge", .threads = 4, .working_set = 1 * GiB, .read = 35.0 * GB / s});
  CHECK(host_memory(c, 1)->memory == 20.0 * GB / s);
  CHECK(host_memory(c, 3)->memory == 30.0 * GB / s);
  CHECK(host_memory(c, 64)->memory == 35.0 * GB / s);
  CHECK(host_memory(c, 2)->second_level == 2 * MiB);  // measured with half of it
  CHECK_FALSE(host_memory({}, 1).has_value());
}

TEST_CASE("reads beyond the second level take the time of the level that has them (H2)") {
  const auto m = host_memory(round_ceilings(), 2).value();
  CHECK(us_of(time_beyond_second_level(m, 10 * MB, 8 * MiB, 0)) == Approx(100));      // at 100 GB/s
  CHECK(us_of(time_beyond_second_level(m, 10 * MB, 1 * MiB, 0)) == 0);                // 2 MiB hold it
  CHECK(us_of(time_beyond_second_level(m, 10 * MB, 1.5 * MiB, 0)) == Approx(50));     // half of it is driven out
  CHECK(us_of(time_beyond_second_level(m, 10 * MB, 64 * MiB, 1)) == Approx(400));     // at 25 GB/s
  CHECK(us_of(time_beyond_second_level(m, 10 * MB, 16 * MiB, 0.25)) == Approx(175));  // 3/4 of 100 and 1/4 of 400
}
