#include "hwmodels/sweep_plan.hpp"

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/sweep_columns.hpp"
#include "core/version.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/manifest_reader.hpp"

namespace roofcast {
namespace {

constexpr auto kPartialSchema = "roofcast/partial/1";

/// What decides a sweep's bytes: two that agree in it write the same.
nlohmann::ordered_json identity(const SweepRequest& r) {
  return {{"version", version()},      {"git", git_revision()}, {"csv_schema", kSweepSchema},
          {"plan_hash", plan_hash(r)}, {"points", r.points},    {"shard", {{"index", r.shard}, {"count", r.shards}}}};
}

std::string file_hash(const std::filesystem::path& file) {
  Sha256 hash;
  std::string piece(1u << 20, '\0');
  std::ifstream in(file, std::ios::binary);
  do {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hash.update({piece.data(), static_cast<std::size_t>(in.gcount())});
  } while (in);
  return hash.hex();
}

}  // namespace

std::string sweep_plan_json(const SweepRequest& request) {
  nlohmann::ordered_json plan{{"schema", kPartialSchema}, {"format", "csv"}, {"argv", request.argv}};
  plan.update(identity(request));
  return plan.dump(2) + '\n';
}

Result<void> check_sweep_plan(const std::string& plan, const SweepRequest& request, const std::string& partial) {
  const auto refused = [&](std::string_view what) {
    return fail("--resume", fmt::format("'{}' {}", partial, what),
                "repeat the command line that began it, or leave out --resume to start afresh", ErrorKind::usage);
  };
  if (plan.empty()) return refused("has no plan beside it");
  const auto found = nlohmann::json::parse(plan, nullptr, false);
  if (!found.is_object() || found.value("schema", nlohmann::json{}) != kPartialSchema)
    return refused("has a plan beside it that cannot be read");
  const nlohmann::json asked = identity(request);
  std::string different;
  for (const auto& [key, value] : asked.items())
    if (different.empty() && found.value(key, nlohmann::json{}) != value) different = key;
  if (different.empty()) return {};
  if (different == "version" || different == "git" || different == "csv_schema")
    return refused("was begun by another version of roofcast");
  return refused(different == "shard" ? "was begun for another --shard" : "was begun with other arguments or presets");
}

bool is_complete_sweep(const std::filesystem::path& file, const SweepRequest& request) {
  const auto manifest = manifest_of(file);
  if (!manifest || manifest->version != version() || manifest->git != git_revision()) return false;
  const SweepRequest& told = manifest->request;
  if (plan_hash(told) != plan_hash(request) || told.format != request.format || told.points != request.points ||
      told.shard != request.shard || told.shards != request.shards)
    return false;
  std::error_code ec;
  return std::filesystem::file_size(file, ec) == manifest->outcome.bytes && !ec &&
         file_hash(file) == manifest->outcome.sha256;
}

}  // namespace roofcast
