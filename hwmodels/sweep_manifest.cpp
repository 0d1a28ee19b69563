#include "hwmodels/sweep_manifest.hpp"

#include <unistd.h>

#include <array>
#include <chrono>
#include <ctime>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/sweep_columns.hpp"
#include "core/version.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/digest.hpp"
#include "hwmodels/engine_profile.hpp"
#include "hwmodels/model_profile.hpp"
#include "hwmodels/serving_profile.hpp"

namespace roofcast {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

const std::string& rows_sha256(const SweepOutcome& outcome) {
  return outcome.csv_sha256.empty() ? outcome.sha256 : outcome.csv_sha256;
}

std::map<std::string, std::string> preset_hashes(const SweepGrid& grid) {
  std::map<std::string, std::string> hashes;
  // Files may share a name and differ in what they say.
  const auto add = [&](const std::string& name, const std::string& hash) {
    std::string key = name;
    for (int n = 2; hashes.contains(key) && hashes[key] != hash; ++n) key = fmt::format("{} ({})", name, n);
    hashes[key] = hash;
  };
  for (const auto& m : grid.models) add("model/" + m.id, sha256(model_json(m)));
  for (const auto& d : grid.devices) add("hardware/" + d.id, sha256(device_json(d)));
  for (const auto& e : grid.engines) {
    hashes["engine/" + e.id] = sha256(engine_json(e));
    std::string fits;
    for (const auto& c : e.serving) fits += serving_json(c);
    if (!fits.empty()) hashes["serving/" + e.id] = sha256(fits);
  }
  const auto add_lengths = [&](const std::string& name, const std::optional<LengthDistribution>& lengths) {
    if (!lengths) return;
    std::string shares;
    for (const auto& s : lengths->shares) shares += fmt::format("{},{}\n", s.tokens, s.share);
    hashes[name] = sha256(shares);
  };
  add_lengths("lengths/isl", grid.base.workload.isl_lengths);
  add_lengths("lengths/osl", grid.base.workload.osl_lengths);
  return hashes;
}

std::string plan_hash(const SweepRequest& r) {
  const nlohmann::json plan{{"schema", kSweepSchema}, {"arguments", r.arguments}, {"presets", r.preset_hashes}};
  return sha256(plan.dump());
}

std::string manifest_json(const SweepRequest& r, const SweepOutcome& o, const std::string& output_file) {
  nlohmann::ordered_json output{
      {"file", output_file}, {"format", r.format}, {"rows", o.rows}, {"bytes", o.bytes}, {"sha256", o.sha256}};
  if (!o.csv_sha256.empty()) output["csv_sha256"] = o.csv_sha256;
  const nlohmann::ordered_json manifest{
      {"schema", kManifestSchema},
      {"tool", "roofcast"},
      {"version", version()},
      {"git", git_revision()},
      {"csv_schema", kSweepSchema},
      {"argv", r.argv},
      {"arguments", r.arguments},
      {"presets", r.preset_hashes},
      {"plan_hash", plan_hash(r)},
      {"points", r.points},
      {"shard", {{"index", r.shard}, {"count", r.shards}}},
      {"output", output},
      {"started", o.started},
      {"finished", o.finished},
      {"host", host_name()},
  };
  return manifest.dump(2) + '\n';
}

std::filesystem::path manifest_path(const std::filesystem::path& sweep) {
  return sweep.string() + ".manifest.json";
}

Result<void> write_manifest(const SweepRequest& request, const SweepOutcome& outcome, const std::string& sweep) {
  return write_file_atomically(manifest_path(sweep), manifest_json(request, outcome, sweep));
}

Result<void> commit_sweep(FileOutput& file, const SweepRequest& request, const SweepOutcome& outcome,
                          const std::string& sweep) {
  const bool whole_file = file.replaces_file();
  if (auto done = file.commit(); !done || !whole_file) return done;
  return write_manifest(request, outcome, sweep);
}

std::string utc_now() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

}  // namespace roofcast
