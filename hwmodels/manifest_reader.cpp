#include "hwmodels/manifest_reader.hpp"

#include <limits>

#include <fmt/format.h>

#include "core/sweep_columns.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

constexpr std::int64_t kMostCounted = std::numeric_limits<std::int64_t>::max();

std::size_t size(ObjectReader& r, std::string_view key, std::int64_t min, std::int64_t max) {
  return static_cast<std::size_t>(r.integer(key, min, max));
}

/// A text that says "nothing" by being empty.
std::string text_or_empty(ObjectReader& r, std::string_view key) {
  const Json& json = r.at(key);
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_null()) r.mistyped(key, "a string");
  return {};
}

std::map<std::string, std::string> texts_by_name(ObjectReader& root, std::string_view key) {
  std::map<std::string, std::string> texts;
  root.object(key, [&](ObjectReader& r) {
    for (const auto& name : r.keys()) texts[name] = text_or_empty(r, name);
  });
  return texts;
}

void read_request(ObjectReader& root, SweepRequest& q) {
  q.argv = root.texts("argv");
  q.arguments = texts_by_name(root, "arguments");
  q.preset_hashes = texts_by_name(root, "presets");
  q.points = size(root, "points", 1, kMostPoints);
  root.object("shard", [&](ObjectReader& r) {
    q.shards = size(r, "count", 1, kMostCounted);
    q.shard = size(r, "index", 1, static_cast<std::int64_t>(q.shards));
  });
  const std::string hash = root.text("plan_hash");
  if (!hash.empty() && hash != plan_hash(q)) root.add("plan_hash", "is not the hash of the arguments and presets here");
}

void read_output(ObjectReader& root, SweepRequest& q, SweepOutcome& o) {
  root.object("output", [&](ObjectReader& r) {
    static_cast<void>(r.text("file"));  // where it was written, not where it is
    q.format = r.text_or("format", std::string(kCsvFormat));
    if (q.format != kCsvFormat && q.format != kJsonFormat)
      r.add("format", fmt::format("'{}' is not known, expected '{}' or '{}'", q.format, kCsvFormat, kJsonFormat));
    o.rows = size(r, "rows", 0, kMostPoints);
    o.bytes = size(r, "bytes", 0, kMostCounted);
    o.sha256 = r.text("sha256");
    o.csv_sha256 = r.text_or("csv_sha256", "");
  });
  o.started = root.text("started");
  o.finished = root.text("finished");
  static_cast<void>(text_or_empty(root, "host"));
}

void read_manifest(ObjectReader& root, SweepManifest& m) {
  if (const auto schema = root.text("schema"); !schema.empty() && schema != kManifestSchema) {
    root.add("schema", fmt::format("'{}' is not known, expected '{}'", schema, kManifestSchema));
    return root.ignore_unknown_keys();
  }
  if (const auto csv = root.integer("csv_schema", 1, kMostCounted); csv != kSweepSchema) {
    root.add("csv_schema", fmt::format("{} is not known, expected {}", csv, kSweepSchema));
    return root.ignore_unknown_keys();
  }
  static_cast<void>(root.text("tool"));
  m.version = root.text("version");
  m.git = text_or_empty(root, "git");
  read_request(root, m.request);
  read_output(root, m.request, m.outcome);
}

}  // namespace

Result<SweepManifest> parse_manifest(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  SweepManifest manifest;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) { read_manifest(root, manifest); });
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return manifest;
}

Result<SweepManifest> manifest_of(const std::filesystem::path& sweep) {
  const auto path = manifest_path(sweep);
  const auto text = read_text(path);
  if (!text) return std::unexpected(text.error());
  return parse_manifest(*text, path.string());
}

}  // namespace roofcast
