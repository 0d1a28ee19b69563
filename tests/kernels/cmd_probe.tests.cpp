#include <catch2/catch.hpp>

#include "cli/progress.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

TEST_CASE("probe: the profile it writes is one that --hardware takes", "[probe]") {
  const test::TemporaryFolder folder;
  const auto file = (folder / "host.json").string();
  const auto probe = run({"probe", "--threads", "1", "--effort", "0.01", "-o", file});
  CHECK(probe.code == Exit::ok);
  CHECK(probe.out.find("last level cache") != std::string::npos);
  CHECK(probe.out.find("KV elements") != std::string::npos);

  const auto shown = run({"hardware", "show", file});
  CHECK(shown.code == Exit::ok);
  CHECK(shown.out.find("measured by roofcast probe on") != std::string::npos);
  const auto estimate = run({"estimate", "llama-3.1-8b", "--hardware", file, "--context", "64", "--batch", "1"});
  INFO(estimate.err);
  CHECK((estimate.code == Exit::ok || estimate.code == Exit::no));  // by this machine's memory
}

TEST_CASE("probe: usage errors name the flag and the value, and nothing is measured", "[probe]") {
  const auto none = run({"probe", "--threads", "0"});
  CHECK(none.code == Exit::usage);
  CHECK(none.err.find("--threads: ") != std::string::npos);
  CHECK(none.out.empty());
  CHECK(run({"probe", "--effort", "1000"}).code == Exit::usage);
}

TEST_CASE("a progress line says the share, the time left and what comes", "[cli]") {
  CHECK(cli::progress_line(0.5, 10, "dram", 100) == "[##########..........]  50%  10 s left  dram");
  CHECK(cli::progress_line(0.01, 1, "l1", 100) == "[....................]   1%  ...  l1");
  CHECK(cli::progress_line(2, 1, "x", 12) == "[###########");
}
