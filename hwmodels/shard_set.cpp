#include "hwmodels/shard_set.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "core/version.hpp"

namespace roofcast {
namespace {

using Texts = std::map<std::string, std::string>;

std::string value(const Texts& texts, const std::string& key) {
  const auto found = texts.find(key);
  return found == texts.end() ? "absent" : fmt::format("'{}'", found->second);
}

/// "batch is '1..8', not '1..4'": the first entry that sets two plans apart.
std::optional<std::string> difference(const Texts& here, const Texts& there) {
  Texts all = here;
  all.insert(there.begin(), there.end());
  for (const auto& [key, unused] : all)
    if (value(here, key) != value(there, key))
      return fmt::format("{} is {}, not {}", key, value(here, key), value(there, key));
  return std::nullopt;
}

/// What sets a shard apart from the one that was given first; nothing where both are of one sweep.
std::optional<std::string> stranger(const SweepRequest& here, const SweepRequest& first) {
  if (auto argument = difference(here.arguments, first.arguments)) return argument;
  for (const auto& [name, hash] : first.preset_hashes)
    if (value(here.preset_hashes, name) != fmt::format("'{}'", hash)) return fmt::format("{} is not the same", name);
  if (plan_hash(here) != plan_hash(first)) return "its presets are not the same";
  if (here.points != first.points) return fmt::format("it has {} points, not {}", here.points, first.points);
  if (here.shards != first.shards) return fmt::format("it is cut into {} shards, not {}", here.shards, first.shards);
  return std::nullopt;
}

std::optional<Error> problem(const SweepShard& shard, const SweepShard& first) {
  const SweepManifest& m = shard.manifest;
  const auto built = [](std::string_view v, std::string_view git) {
    return git.empty() ? std::string(v) : fmt::format("{} ({})", v, git);
  };
  if (m.version != version() || m.git != git_revision())
    return Error{
        shard.file.string(),
        fmt::format("written by roofcast {}; this is {}", built(m.version, m.git), built(version(), git_revision())),
        "merge with the version that swept", ErrorKind::unsupported};
  if (const auto other = stranger(m.request, first.manifest.request))
    return Error{shard.file.string(),
                 fmt::format("of another sweep than {}: {}", first.file.string(), *other),
                 {},
                 ErrorKind::usage};
  return std::nullopt;
}

std::size_t shard_number(const SweepShard& s) {
  return s.manifest.request.shard;
}

}  // namespace

Result<ShardSet> shard_set(const std::vector<std::filesystem::path>& files) {
  ShardSet set;
  Errors errors;
  for (const auto& file : files) {
    if (auto manifest = manifest_of(file))
      set.shards.push_back({file, std::move(*manifest)});
    else
      errors.insert(errors.end(), manifest.error().begin(), manifest.error().end());
  }
  for (const auto& shard : set.shards)
    if (auto wrong = problem(shard, set.shards.front())) errors.push_back(std::move(*wrong));
  if (!errors.empty()) return std::unexpected(std::move(errors));

  std::ranges::stable_sort(set.shards, {}, shard_number);
  std::size_t next = 1;
  for (std::size_t i = 0; i < set.shards.size(); ++i) {
    const SweepShard& shard = set.shards[i];
    if (i > 0 && shard_number(shard) == shard_number(set.shards[i - 1]))
      errors.push_back({shard.file.string(),
                        fmt::format("shard {} of {} is given twice, also as {}", shard_number(shard),
                                    shard.manifest.request.shards, set.shards[i - 1].file.string()),
                        {},
                        ErrorKind::usage});
    for (; next < shard_number(shard); ++next) set.missing.push_back(next);
    next = shard_number(shard) + 1;
  }
  for (; next <= set.shards.front().manifest.request.shards; ++next) set.missing.push_back(next);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return set;
}

}  // namespace roofcast
