#include "hwmodels/sweep_plan.hpp"

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/version.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

/// What decides a sweep's bytes: two that agree in it write the same.
nlohmann::ordered_json identity(const SweepRequest& r) {
  return {{"version", version()},      {"git", git_revision()}, {"csv_schema", kSweepSchema},
          {"plan_hash", plan_hash(r)}, {"points", r.points},    {"shard", {{"index", r.shard}, {"count", r.shards}}}};
}

/// The first key of the identity that `found` has another value for; empty: none.
std::string difference(const nlohmann::json& found, const SweepRequest& r) {
  const auto expected = identity(r);
  for (const auto& [key, value] : expected.items())
    if (!found.is_object() || !found.contains(key) || found[key] != nlohmann::json(value)) return key;
  return {};
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
  nlohmann::ordered_json plan{{"schema", "roofcast/partial/1"}, {"format", "csv"}, {"argv", request.argv}};
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
  const auto different = found.is_object() && found.value("schema", nlohmann::json{}) == "roofcast/partial/1"
                             ? difference(found, request)
                             : "schema";
  if (different.empty()) return {};
  if (different == "schema") return refused("has a plan beside it that cannot be read");
  if (different == "version" || different == "git" || different == "csv_schema")
    return refused("was begun by another version of roofcast");
  return refused(different == "shard" ? "was begun for another --shard" : "was begun with other arguments or presets");
}

bool is_complete_sweep(const std::filesystem::path& file, const SweepRequest& request) {
  const auto text = read_text(file.string() + ".manifest.json");
  if (!text) return false;
  const auto manifest = nlohmann::json::parse(*text, nullptr, false);
  if (!manifest.is_object() || !difference(manifest, request).empty()) return false;
  const auto output = manifest.value("output", nlohmann::json::object());
  std::error_code ec;
  if (!output.is_object() || output.value("bytes", nlohmann::json{}) != std::filesystem::file_size(file, ec) || ec)
    return false;
  return output.value("sha256", nlohmann::json{}) == file_hash(file);
}

}  // namespace roofcast
