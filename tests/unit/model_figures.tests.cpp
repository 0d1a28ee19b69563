#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <utility>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

// tests/golden/model_figures.csv: bf16 KV bytes per token at unbounded length and per sequence at 4 Ki, 32 Ki, 128 Ki
// and 1 Mi tokens, from the shapes in each model's config.json and modelling code; parameters as the Hugging Face
// classes instantiate them, input table apart in `streamed`.

TEST_CASE("every model of the golden table has its KV bytes and parameters to the unit (A7, A8, M1)", "[golden]") {
  const auto rows = csv_rows(std::filesystem::path(ROOFCAST_SOURCE_DIR) / "tests/golden/model_figures.csv");
  CHECK(rows.size() == 157);
  const KvFormat bf16{};
  for (const auto& row : rows) {
    CAPTURE(row.at("model"));
    const auto model = shipped(find_model(shipped_presets(), row.at("model")));
    CHECK(kv_bytes_per_token(model, bf16).in(units::byte) == std::stod(row.at("kv_bytes_per_token")));
    for (const auto& [column, tokens] : {std::pair{"kv_bytes_4k", 4096.0},
                                         {"kv_bytes_32k", 32768.0},
                                         {"kv_bytes_128k", 131072.0},
                                         {"kv_bytes_1m", 1048576.0}})
      CHECK(kv_bytes_per_sequence(model, bf16, tokens).in(units::byte) == std::stod(row.at(column)));
    const auto counts = parameters(model);
    CHECK(counts.total == std::stod(row.at("total_params")));
    CHECK(counts.active == std::stod(row.at("active_params")));
    CHECK(counts.streamed == std::stod(row.at("streamed_params")));
  }
}
