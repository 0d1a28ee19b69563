#include "cli/rerun.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/sweep_options.hpp"
#include "core/version.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast::cli {
namespace {

/// What may be written beside --rerun: it changes no row.
constexpr std::array<std::string_view, 8> kBeside{"rerun", "output",   "resume", "jobs",
                                                  "yes",   "no-color", "quiet",  "help"};

Errors written_twice(const ParsedOptions& options) {
  Errors errors;
  const auto add = [&](std::string where) {
    errors.push_back(
        {std::move(where), "is taken from the manifest", "leave it out, or leave out --rerun", ErrorKind::usage});
  };
  if (const auto models = options.words("MODEL"); !models.empty()) add(fmt::format("'{}'", models.front()));
  for (const auto& [name, values] : options.options)
    if (std::ranges::find(kBeside, name) == kBeside.end()) add("--" + name);
  return errors;
}

Result<SweepManifest> read_manifest(const std::string& file) {
  std::error_code ec;
  if (const auto beside = manifest_path(file); std::filesystem::exists(beside, ec))
    return usage_error("--rerun", fmt::format("'{}' is no manifest", file),
                       fmt::format("did you mean '{}'?", beside.string()));
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_manifest(*text, file);
}

}  // namespace

Result<Rerun> rerun(const ParsedOptions& options) {
  if (auto errors = written_twice(options); !errors.empty()) return std::unexpected(std::move(errors));
  const std::string file = options.text("rerun");
  const auto manifest = read_manifest(file);
  if (!manifest) return std::unexpected(manifest.error());
  auto told = told_options(options, manifest->request, file);
  if (!told) return std::unexpected(told.error());
  return Rerun{.file = file, .manifest = *manifest, .options = std::move(*told)};
}

std::vector<std::string> changes(const Rerun& rerun, const SweepRequest& now) {
  std::vector<std::string> all;
  const SweepManifest& then = rerun.manifest;
  if (then.version != version() || then.git != git_revision())
    all.push_back(
        fmt::format("written by roofcast {} {}, this is {} {}", then.version, then.git, version(), git_revision()));
  for (const auto& [name, hash] : now.preset_hashes) {
    const auto found = then.request.preset_hashes.find(name);
    if (found == then.request.preset_hashes.end() || found->second != hash) all.push_back(name + " is not what it was");
  }
  if (then.request.points != now.points)
    all.push_back(fmt::format("{} points, not {}", now.points, then.request.points));
  return all;
}

Exit report_rerun(const Rerun& rerun, const SweepOutcome& outcome, Io io) {
  const auto& expected = rows_sha256(rerun.manifest.outcome);
  if (rows_sha256(outcome) == expected) {
    if (!rerun.options.given("quiet"))
      fmt::print(io.err, "{}: reproduced: the same rows, SHA-256 {}\n", rerun.file, expected);
    return Exit::ok;
  }
  fmt::print(io.err, "roofcast: {}: not reproduced: the SHA-256 of the rows is {}, not {}\n", rerun.file,
             rows_sha256(outcome), expected);
  return Exit::no;
}

}  // namespace roofcast::cli
