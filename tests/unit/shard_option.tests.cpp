#include <catch2/catch.hpp>

#include <map>

#include "cli/shard_option.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using cli::ShardNumber;

namespace {

using Variables = std::map<std::string, std::string>;

Result<ShardNumber> shard_in(const Variables& variables) {
  return cli::shard_of([&](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
}

Variables slurm(const char* id, const char* first, const char* last, const char* count, const char* step) {
  return {{"SLURM_ARRAY_TASK_ID", id},
          {"SLURM_ARRAY_TASK_MIN", first},
          {"SLURM_ARRAY_TASK_MAX", last},
          {"SLURM_ARRAY_TASK_COUNT", count},
          {"SLURM_ARRAY_TASK_STEP", step}};
}

/// The one problem's text.
std::string problem(const Result<ShardNumber>& number) {
  REQUIRE_FALSE(number);
  REQUIRE(number.error().size() == 1);
  CHECK(number.error()[0].kind == ErrorKind::usage);
  CHECK(number.error()[0].where == "--shard");
  return number.error()[0].what + " | " + number.error()[0].hint;
}

}  // namespace

TEST_CASE("shard auto: a Slurm array may start anywhere and skip evenly") {
  CHECK(shard_in(slurm("0", "0", "63", "64", "1")) == ShardNumber{1, 64});
  CHECK(shard_in(slurm("63", "0", "63", "64", "1")) == ShardNumber{64, 64});
  CHECK(shard_in(slurm("30", "10", "70", "7", "10")) == ShardNumber{3, 7});  // 10, 20, 30
  CHECK(shard_in(slurm("7", "1", "8", "3", "3")) == ShardNumber{3, 3});      // --array=1-8:3 is 1, 4, 7
  CHECK(shard_in({{"SLURM_ARRAY_TASK_ID", "5"}, {"SLURM_ARRAY_TASK_MIN", "4"}, {"SLURM_ARRAY_TASK_COUNT", "2"}}) ==
        ShardNumber{2, 2});
}

TEST_CASE("shard auto: a list of Slurm tasks has no shards, even for those that would fit") {
  // --array=3,5 after a failure: task 3 would be shard 1 of 2, another part than the first time.
  for (const auto* id : {"3", "5"})
    CHECK_THAT(problem(shard_in(slurm(id, "3", "5", "2", "1"))), Catch::Contains("Slurm array 3..5, 2 tasks"));
  CHECK_THAT(problem(shard_in(slurm("4", "10", "70", "7", "10"))), Catch::Contains("task 4"));
  CHECK_THAT(problem(shard_in(slurm("1", "1", "1", "0", "1"))), Catch::Contains("0 tasks"));
  CHECK_THAT(problem(shard_in(slurm("1", "1", "4", "4", "0"))), Catch::Contains("steps of 0"));
  CHECK(problem(shard_in({{"SLURM_ARRAY_TASK_ID", "5"}, {"SLURM_ARRAY_TASK_MIN", "4"}})) ==
        "auto: SLURM_ARRAY_TASK_COUNT is not set | ");
  CHECK_THAT(problem(shard_in(slurm("x", "1", "4", "4", "1"))), Catch::Contains("SLURM_ARRAY_TASK_ID is 'x'"));
}

TEST_CASE("shard auto: a Kubernetes index needs the number of shards beside it") {
  CHECK(shard_in({{"JOB_COMPLETION_INDEX", "0"}, {"ROOFCAST_SHARDS", "4"}}) == ShardNumber{1, 4});
  CHECK(shard_in({{"JOB_COMPLETION_INDEX", "3"}, {"ROOFCAST_SHARDS", "4"}}) == ShardNumber{4, 4});
  CHECK_THAT(problem(shard_in({{"JOB_COMPLETION_INDEX", "3"}})),
             Catch::Contains("not ROOFCAST_SHARDS") && Catch::Contains(".spec.completions"));
  CHECK_THAT(problem(shard_in({{"JOB_COMPLETION_INDEX", "4"}, {"ROOFCAST_SHARDS", "4"}})),
             Catch::Contains("number 4 (from 0) of 4"));
  CHECK_THAT(problem(shard_in({{"JOB_COMPLETION_INDEX", "0"}, {"ROOFCAST_SHARDS", "-1"}})),
             Catch::Contains("ROOFCAST_SHARDS is '-1'"));
}

TEST_CASE("shard auto: an Open MPI rank is a shard") {
  CHECK(shard_in({{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "2"}}) == ShardNumber{2, 2});
  CHECK_THAT(problem(shard_in({{"OMPI_COMM_WORLD_RANK", "1"}})), Catch::Contains("OMPI_COMM_WORLD_SIZE is not set"));
}

TEST_CASE("shard auto: no launcher or two of them are named, never guessed between") {
  CHECK(problem(shard_in({{"ROOFCAST_SHARDS", "4"}})) ==
        "auto: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, OMPI_COMM_WORLD_RANK is set"
        " | for Slurm arrays, Kubernetes indexed jobs and Open MPI; elsewhere --shard I/N");
  auto both = slurm("1", "1", "4", "4", "1");
  both["OMPI_COMM_WORLD_RANK"] = "0";
  both["OMPI_COMM_WORLD_SIZE"] = "2";
  CHECK(problem(shard_in(both)) == "auto: SLURM_ARRAY_TASK_ID and OMPI_COMM_WORLD_RANK are set | say --shard I/N");
}

TEST_CASE("a shard is i/n with 1 <= i <= n") {
  CHECK(cli::parse_shard("2/7") == ShardNumber{2, 7});
  for (const auto* text : {"", "0/7", "8/7", "2", "2/", "/7", "2/7x", "-1/7", "Auto", "1/0", "a/b"}) {
    CAPTURE(text);
    CHECK_FALSE(cli::parse_shard(text));
  }
}

TEST_CASE("shard auto: every shard has a file of its own, named so that they sort") {
  CHECK(cli::shard_file("out/x.csv", {3, 64}) == "out/x-00003-of-00064.csv");
  CHECK(cli::shard_file("x.csv.zst", {3, 64}) == "x-00003-of-00064.csv.zst");
  CHECK(cli::shard_file("v1.2", {3, 64}) == "v1.2-00003-of-00064");  // ".2" is no kind of file
  CHECK(cli::shard_file("a.b/x", {123456, 200000}) == "a.b/x-123456-of-200000");
  CHECK(cli::shard_file("", {3, 64}).empty());  // stdout
  CHECK(cli::shard_file("/dev/null", {3, 64}) == "/dev/null");
}
