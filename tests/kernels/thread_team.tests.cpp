#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <vector>

#include "hwmodels/kernels/thread_team.hpp"
#include "hwmodels/usable_cpus.hpp"

using namespace roofcast::kernels;
using roofcast::usable_cpus;

TEST_CASE("a team runs its task once on every rank, rank 0 on the caller", "[kernels][team]") {
  const int threads = GENERATE(1, 2, 5);
  ThreadTeam team(threads);
  REQUIRE(team.size() == threads);
  std::vector<int> calls(static_cast<std::size_t>(threads));
  std::vector<std::thread::id> where(calls.size());
  for (int round = 0; round < 200; ++round)
    team.run([&](int rank) {
      ++calls[static_cast<std::size_t>(rank)];
      where[static_cast<std::size_t>(rank)] = std::this_thread::get_id();
    });
  for (const int n : calls) CHECK(n == 200);
  CHECK(where[0] == std::this_thread::get_id());
  std::ranges::sort(where);
  CHECK(std::ranges::unique(where).empty());
}

TEST_CASE("a team that has gone to sleep wakes up for the next task", "[kernels][team]") {
  ThreadTeam team(2);
  int sum = 0;
  for (int round = 1; round <= 3; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // idle members spin for 50 us
    std::vector<int> seen(2);
    team.run([&](int rank) { seen[static_cast<std::size_t>(rank)] = round; });
    sum += seen[0] + seen[1];
  }
  CHECK(sum == 2 * (1 + 2 + 3));
}

TEST_CASE("fewer than one thread is one", "[kernels][team]") {
  ThreadTeam team(0);
  CHECK(team.size() == 1);
}

TEST_CASE("the caller may run everywhere again once its team is gone", "[kernels][team]") {
  const auto before = usable_cpus();
  REQUIRE_FALSE(before.empty());
  {
    ThreadTeam team(static_cast<int>(before.size()));
    CHECK(usable_cpus().size() == 1);
  }
  CHECK(usable_cpus() == before);
}
