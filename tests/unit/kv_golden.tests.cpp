#include <catch2/catch.hpp>

#include <cmath>
#include <filesystem>
#include <string>

#include "core/cache.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

namespace {

const KvFormat kBf16{};

ModelSpec preset(const std::string& name) {
  return shipped(find_model(shipped_presets(), name));
}

double per_token(const std::string& name) {
  return kv_bytes_per_token(preset(name), kBf16).in(byte);
}

double sequence_gib(const std::string& name, double tokens) {
  return kv_bytes_per_sequence(preset(name), kBf16, tokens).in(GiB);
}

}  // namespace

TEST_CASE("presets hold the golden KV bytes per token (A7)", "[golden]") {
  CHECK(per_token("llama-2-7b") == 524288);      // 32 layers x 2 x 32 heads x 128 x 2 B
  CHECK(per_token("llama-3.1-8b") == 131072);    // 32 x 2 x 8 x 128 x 2
  CHECK(per_token("llama-3.1-70b") == 327680);   // 80 x 2 x 8 x 128 x 2
  CHECK(per_token("llama-3.1-405b") == 516096);  // 126 x 2 x 8 x 128 x 2
  CHECK(per_token("falcon-7b") == 8192);         // 32 x 2 x 1 x 64 x 2
  CHECK(per_token("deepseek-v3") == 70272);      // 61 x (512 + 64) x 2
  CHECK(per_token("deepseek-v3.2") == 85888);    // 61 x (512 + 64 + 128) x 2
  CHECK(per_token("gpt-oss-120b") == 36864);     // 18 full layers x 2 x 8 x 64 x 2
  CHECK(per_token("mistral-7b-v0.1") == 0);      // every layer is windowed
  CHECK(per_token("falcon-mamba-7b") == 0);      // no KV at all
  // 49 of 80 layers have attention: 49 x 2 x 8 x 128 x 2
  CHECK(per_token("llama-3.3-nemotron-super-49b") == 200704);
}

TEST_CASE("presets hold the golden sequence sizes (A8)", "[golden]") {
  CHECK(sequence_gib("llama-3.1-8b", 8192) == 1.0);
  CHECK(sequence_gib("deepseek-v3", 163840) == Approx(10.723).margin(0.0005));
  CHECK(sequence_gib("kimi-k2.5", 262144) == Approx(17.156).margin(0.0005));
  // 10 full layers x 131072 + 52 x 1024 rows, each 2 x 16 x 128 x 2 B
  CHECK(sequence_gib("gemma-3-27b", 131072) == Approx(10.406).margin(0.0005));
  CHECK(sequence_gib("qwen3-0.6b", 40960) == 4.375);
  CHECK(sequence_gib("deepseek-v4-pro", 1048576) == Approx(9.625).margin(0.0005));
  // 36 layers x (32 x 128 x 128 x 4 B + 8192 channels x 3 taps x 2 B)
  CHECK(state_bytes_per_sequence(preset("qwen3-next-80b-a3b")).in(MiB) == Approx(73.7).margin(0.05));
}

TEST_CASE("every model of the reference table has its golden KV bytes to the byte", "[golden][reference]") {
  const std::filesystem::path file = std::filesystem::path(ROOFCAST_SHARED_DIR) / "reference/kv_golden.csv";
  if (!std::filesystem::exists(file)) {
    WARN("the reference table kv_golden.csv is not beside the source tree: its 157 models were not compared");
    return;
  }
  const auto rows = csv_rows(file);
  CHECK(rows.size() == 157);
  for (const auto& row : rows) {
    const auto name = row.at("name").substr(0, row.at("name").find(" (text)"));
    CAPTURE(name);
    const auto model = preset(name);
    CHECK(kv_bytes_per_token(model, kBf16).in(byte) == std::stod(row.at("bytes_per_token_asymptotic_bf16")));
    const std::pair<const char*, double> lengths[] = {
        {"seq_4k", 4096}, {"seq_32k", 32768}, {"seq_128k", 131072}, {"seq_1M", 1048576}};
    for (const auto& [column, tokens] : lengths) {
      CAPTURE(column);
      CHECK(kv_bytes_per_sequence(model, kBf16, tokens).in(byte) == std::stod(row.at(column)));
    }
    const auto& per_rank = row.at("per_rank_tp8_seq_32k");
    // The table leaves the cell empty where eight ranks cannot share the heads out.
    CHECK(per_rank.empty() == !deployment_errors(model, {.tp = 8}).empty());
    if (!per_rank.empty())
      CHECK(kv_bytes_per_sequence_per_rank(model, kBf16, {.tp = 8}, 32768).in(byte) == std::stod(per_rank));
  }
}
