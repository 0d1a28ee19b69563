/// The published files themselves, where they are at hand: cache bytes and parameters against tables that
/// were computed independently.

#include <catch2/catch.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "hwmodels/import/hf_config.hpp"

using namespace roofcast;
namespace fs = std::filesystem;

namespace {

const fs::path kShared{ROOFCAST_SHARED_DIR};

std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out{""};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

/// Rows of a table by their first column, each a map from header to cell.
std::map<std::string, std::map<std::string, std::string>> table(const fs::path& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  const auto header = cells(line);
  std::map<std::string, std::map<std::string, std::string>> rows;
  while (std::getline(in, line)) {
    const auto row = cells(line);
    for (std::size_t i = 0; i < header.size() && i < row.size(); ++i) rows[row[0]][header[i]] = row[i];
  }
  return rows;
}

/// "nvidia--Qwen3.5-122B-A10B-NVFP4_config.json" and "Qwen/Qwen3.5-122B-A10B" are one model: the name
/// without its organisation and without what was done to it.
std::string bare(std::string name) {
  for (const auto* separator : {"--", "/"})
    if (const auto at = name.find(separator); at != std::string::npos)
      name.erase(0, at + std::string{separator}.size());
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (bool again = true; again;) {
    again = false;
    for (const std::string tail : {"-nvfp4", "-fp8", "-bf16", "-static-pertensor", "-instruct", "-it"}) {
      if (!name.ends_with(tail)) continue;
      name.erase(name.size() - tail.size());
      again = true;
    }
  }
  return name;
}

std::vector<fs::path> config_files() {
  std::vector<fs::path> files;
  if (fs::is_directory(kShared / "configs"))
    for (const auto& entry : fs::directory_iterator(kShared / "configs"))
      if (const auto name = entry.path().filename().string();
          name.ends_with("_config.json") && !name.ends_with("_hf_quant_config.json"))
        files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// Files that leave out what decides the cache, and the key that says so: they fail closed.
const std::map<std::string, std::string> kRefused{
    {"stepfun-ai--Step-3.7-Flash_config.json", "attention_other_setting"},
    {"stepfun-ai--Step-3.7-Flash-FP8_config.json", "attention_other_setting"}};

}  // namespace

TEST_CASE("every published config at hand imports with the right cache bytes and parameters") {
  const auto files = config_files();
  if (files.empty()) {
    WARN("skipped: no published configs in " << kShared / "configs");
    return;
  }
  std::map<std::string, std::string> names;
  for (const auto& [name, row] : table(kShared / "reference/models.csv")) names[bare(row.at("hf_id"))] = name;
  const auto caches = table(kShared / "reference/kv_golden.csv");
  const auto sizes = table(kShared / "reference/param_check.csv");
  const std::map<std::string, double> lengths{
      {"seq_4k", 4096}, {"seq_32k", 32768}, {"seq_128k", 131072}, {"seq_1M", 1048576}};

  int compared = 0;
  for (const auto& file : files) {
    INFO(file.filename());
    const auto model = load_hf_config(file);
    const auto refused = kRefused.find(file.filename().string());
    if (refused != kRefused.end()) {
      REQUIRE_FALSE(model);
      CHECK(model.error().front().where.ends_with(refused->second));
      continue;
    }
    if (!model)
      for (const auto& e : model.error()) UNSCOPED_INFO(e.where << ": " << e.what);
    REQUIRE(model);
    const auto stem = file.filename().string();
    const auto known = names.find(bare(stem.substr(0, stem.size() - std::string{"_config.json"}.size())));
    if (known == names.end()) continue;
    ++compared;
    const auto& cache = caches.at(known->second);
    const auto& size = sizes.at(known->second);
    const KvFormat bf16{};
    CHECK(kv_bytes_per_token(*model, bf16).in(units::byte) == std::stod(cache.at("bytes_per_token_asymptotic_bf16")));
    for (const auto& [column, tokens] : lengths)
      CHECK(kv_bytes_per_sequence(*model, bf16, tokens).in(units::byte) == std::stod(cache.at(column)));
    const auto counts = parameters(*model);
    CHECK(counts.total == std::stod(size.at("computed_total")));
    CHECK(counts.active == std::stod(size.at("active_incl_embed")));
    CHECK(counts.streamed == std::stod(size.at("active_excl_input_embed")));
  }
  CHECK(compared >= 60);  // most of them are in the tables
}
