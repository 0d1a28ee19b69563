#include "cli/shard_option.hpp"

#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

namespace roofcast::cli {
namespace {

constexpr const char* kShard = "--shard";

/// A count from 0 in a variable; the variable's absence is a problem, too.
std::size_t count(const Environment& environment, const char* variable, Errors& errors) {
  const auto text = environment(variable);
  if (!text) {
    errors.push_back({kShard, fmt::format("auto: {} is not set", variable), {}, ErrorKind::usage});
    return 0;
  }
  std::size_t value = 0;
  const char* end = text->data() + text->size();
  const auto [rest, code] = std::from_chars(text->data(), end, value);
  if (code != std::errc{} || rest != end)
    errors.push_back(
        {kShard, fmt::format("auto: {} is '{}', expected a count", variable, *text), {}, ErrorKind::usage});
  return value;
}

/// Counted from 0 by everyone but us.
Result<ShardNumber> numbered(std::size_t index, std::size_t shards, std::string_view whose, Errors errors) {
  if (errors.empty() && index >= shards)
    errors.push_back(
        {kShard, fmt::format("auto: {} says number {} (from 0) of {}", whose, index, shards), {}, ErrorKind::usage});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return ShardNumber{.shard = index + 1, .shards = shards};
}

/// Arrays may start anywhere and skip evenly (--array=10-70:10), but a list such as 1,3,7 says nothing of a task's
/// place in it.
Result<ShardNumber> slurm(const Environment& environment) {
  Errors errors;
  const auto id = count(environment, "SLURM_ARRAY_TASK_ID", errors);
  const auto first = count(environment, "SLURM_ARRAY_TASK_MIN", errors);
  const auto tasks = count(environment, "SLURM_ARRAY_TASK_COUNT", errors);
  const auto given = [&](const char* variable, std::size_t fallback) {
    return environment(variable) ? count(environment, variable, errors) : fallback;
  };
  const auto step = given("SLURM_ARRAY_TASK_STEP", 1);
  const auto last = given("SLURM_ARRAY_TASK_MAX", first + (tasks - 1) * step);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  const bool even =
      step > 0 && id >= first && id <= last && (id - first) % step == 0 && (last - first) / step + 1 == tasks;
  if (!even)
    return usage_error(kShard,
                       fmt::format("auto: task {} of the Slurm array {}..{}, {} tasks in steps of {}, has no place", id,
                                   first, last, tasks, step),
                       "an array without gaps, e.g. --array=1-64, or --shard I/N");
  return numbered((id - first) / step, tasks, "Slurm", {});
}

/// Pods are told their index, not how many there are.
Result<ShardNumber> kubernetes(const Environment& environment) {
  if (!environment("ROOFCAST_SHARDS"))
    return usage_error(kShard, "auto: JOB_COMPLETION_INDEX is set, but not ROOFCAST_SHARDS",
                       "set it to the job's .spec.completions, which Kubernetes does not tell its pods");
  Errors errors;
  const auto index = count(environment, "JOB_COMPLETION_INDEX", errors);
  const auto shards = count(environment, "ROOFCAST_SHARDS", errors);
  return numbered(index, shards, "Kubernetes", std::move(errors));
}

Result<ShardNumber> open_mpi(const Environment& environment) {
  Errors errors;
  const auto rank = count(environment, "OMPI_COMM_WORLD_RANK", errors);
  const auto size = count(environment, "OMPI_COMM_WORLD_SIZE", errors);
  return numbered(rank, size, "Open MPI", std::move(errors));
}

}  // namespace

Result<ShardNumber> parse_shard(std::string_view text) {
  ShardNumber n;
  const char* end = text.data() + text.size();
  const auto [slash, first] = std::from_chars(text.data(), end, n.shard);
  const bool good = first == std::errc{} && slash != end && *slash == '/' &&
                    std::from_chars(slash + 1, end, n.shards).ptr == end && n.shard >= 1 && n.shard <= n.shards;
  if (!good) return usage_error(kShard, fmt::format("'{}' is not i/n with 1 <= i <= n, nor auto", text));
  return n;
}

Result<ShardNumber> shard_of(const Environment& environment) {
  struct Launcher {
    const char* variable;
    Result<ShardNumber> (*number)(const Environment&);
  };
  constexpr Launcher kLaunchers[]{
      {"SLURM_ARRAY_TASK_ID", slurm}, {"JOB_COMPLETION_INDEX", kubernetes}, {"OMPI_COMM_WORLD_RANK", open_mpi}};
  std::vector<Launcher> found;
  std::string names;
  for (const auto& launcher : kLaunchers)
    if (environment(launcher.variable)) {
      names += (found.empty() ? "" : " and ") + std::string(launcher.variable);
      found.push_back(launcher);
    }
  if (found.empty())
    return usage_error(kShard, "auto: none of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, OMPI_COMM_WORLD_RANK is set",
                       "for Slurm arrays, Kubernetes indexed jobs and Open MPI; elsewhere --shard I/N");
  if (found.size() > 1) return usage_error(kShard, fmt::format("auto: {} are set", names), "say --shard I/N");
  return found.front().number(environment);
}

std::string shard_file(const std::string& path, ShardNumber number) {
  std::error_code ec;
  const auto status = std::filesystem::status(path, ec);
  if (path.empty() || (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))) return path;
  std::filesystem::path stem(path);
  std::string ending;
  for (const auto* part : {".zst", ".csv", ".json"})
    if (stem.extension() == part) {
      ending.insert(0, part);
      stem.replace_extension();
    }
  return fmt::format("{}-{:05}-of-{:05}{}", stem.string(), number.shard, number.shards, ending);
}

}  // namespace roofcast::cli
