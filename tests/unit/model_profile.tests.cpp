#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "hwmodels/model_profile.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

const std::string kSmallModel = R"({
  "schema": "roofcast/model/1", "id": "small", "name": "Small", "aliases": ["org/Small"],
  "architecture": "SmallForCausalLM", "sources": {"architecture": "made up for this test"},
  "hidden": 64, "vocab": 1000, "max_context": 4096, "tied_embeddings": false, "dtype": "bf16",
  "kinds": {
    "sliding": {"attention": {"kind": "gqa", "q_heads": 8, "kv_heads": 2, "head_dim": 16, "window": 128},
                "ffn": {"kind": "dense", "intermediate": 256}, "small_params": 128},
    "full": {"attention": {"kind": "gqa", "q_heads": 8, "kv_heads": 2, "head_dim": 16},
             "ffn": {"kind": "moe", "experts": 4, "top_k": 2, "intermediate": 32},
             "formats": {"experts": "fp8_block"}}
  },
  "layers": [["sliding", 2], ["full", 1], ["sliding", 1]]
})";

std::string replaced(std::string text, std::string_view old, std::string_view with) {
  const auto at = text.find(old);
  REQUIRE(at != text.npos);
  return text.replace(at, old.size(), with);
}

std::string complaints(const std::string& text) {
  const auto model = parse_model(text, "small.json");
  return model ? "" : error_lines(model.error());
}

std::string complaints(std::string_view old, std::string_view with) {
  return complaints(replaced(kSmallModel, old, with));
}

}  // namespace

TEST_CASE("a model profile is read member by member", "[profiles]") {
  const auto m = shipped(parse_model(kSmallModel, "small.json"));
  CHECK(m.id == "small");
  CHECK(m.aliases == std::vector<std::string>{"org/Small"});
  CHECK(m.source == "made up for this test");
  CHECK(m.layers == std::vector<int>{0, 0, 1, 0});
  CHECK(m.kinds[0].name == "sliding");
  CHECK(std::get<GroupedQuery>(m.kinds[0].attention) ==
        GroupedQuery{.q_heads = 8, .kv_heads = 2, .head_dim = 16, .window = 128});
  CHECK(std::get<MixtureOfExperts>(m.kinds[1].ffn).top_k == 2);
  CHECK(m.kinds[1].formats.experts.name == "fp8_block");
  CHECK(m.kinds[1].formats.attention.name == "bf16");
  CHECK(m.kinds[0].small_params == 128);
}

TEST_CASE("several mistakes in a model profile are reported in one go", "[profiles][errors]") {
  CHECK(complaints(R"({"schema": "roofcast/model/2", "id": "x", "name": "X", "architecture": "A", "sources": {},
                       "hidden": 0, "vocab": 1e4, "tied_embeddings": 0, "dtype": "bf16", "colour": "red",
                       "kinds": {"full": {"attention": {"kind": "gqa", "q_heads": 8, "kv_heads": 2, "head_dmi": 16},
                                          "ffn": {"kind": "dnse"}}},
                       "layers": [["full", 2], ["ful", 1], 3]})") ==
        "small.json:/schema 'roofcast/model/2' is not supported: expected 'roofcast/model/1'\n"
        "small.json:/hidden expected an integer in 1..268435456, found 0\n"
        "small.json:/vocab expected an integer in 1..268435456, found 10000.0\n"
        "small.json:/tied_embeddings expected true or false, found 0\n"
        "small.json:/kinds/full/attention/head_dim missing\n"
        "small.json:/kinds/full/attention/head_dmi unknown key (did you mean 'head_dim'?)\n"
        "small.json:/kinds/full/ffn/kind 'dnse' is not supported (did you mean 'dense'?)\n"
        "small.json:/layers there is no kind 'ful'\n"
        "small.json:/layers expected runs like [\"full\", 32]\n"
        "small.json:/sources/architecture missing\n"
        "small.json:/colour unknown key\n");
}

TEST_CASE("an unknown attention kind is an error, never a guess", "[profiles][errors]") {
  CHECK(complaints(R"("kind": "gqa", "q_heads": 8, "kv_heads": 2, "head_dim": 16})", R"("kind": "holographic"})") ==
        "small.json:/kinds/full/attention/kind 'holographic' is not supported (use one of: none, gqa, block_sparse, "
        "mla, compressed_shared, gated_delta, kimi_delta, lightning, mamba1, mamba2, short_conv, "
        "parallel_gqa_mamba2)\n");
}

TEST_CASE("figures beside the architecture need a source of their own", "[profiles][errors]") {
  CHECK(complaints(R"("layers":)", R"("params": {"vision": 1e9}, "layers":)") ==
        "small.json:/sources/vision missing\n");
  CHECK(complaints(R"("layers":)", R"("params": {"mtp": 1e9}, "layers":)") == "small.json:/sources/mtp missing\n");
  CHECK(complaints(R"("layers":)", R"("published": {"total_params": 5, "basis": "b"}, "layers":)") ==
        "small.json:/sources/published missing\n");
  CHECK(complaints(R"({"architecture": "made up for this test"})", R"({"architecture": "a", "visoin": "b"})") ==
        "small.json:/sources/visoin unknown key\n");
}

TEST_CASE("dimensions that cannot be are refused", "[profiles][errors]") {
  CHECK(complaints(R"("kv_heads": 2, "head_dim": 16, "window")", R"("kv_heads": 3, "head_dim": 16, "window")") ==
        "small.json:/kinds/sliding/attention q_heads 8 is not a multiple of kv_heads 3\n");
  CHECK(complaints(R"("top_k": 2)", R"("top_k": 5)") == "small.json:/kinds/full/ffn top_k 5 exceeds experts 4\n");
  CHECK(complaints(R"(["full", 1], )", "") == "small.json:/kinds/full no layer is of this kind\n");
  CHECK(complaints(R"([["sliding", 2], ["full", 1], ["sliding", 1]])", "[]") ==
        "small.json:/layers 0 is not in 1..4096\n"
        "small.json:/kinds/sliding no layer is of this kind\n"
        "small.json:/kinds/full no layer is of this kind\n");
  CHECK(complaints(R"(["sliding", 2])", R"(["sliding", 5000])") ==
        "small.json:/layers 5000 layers of kind 'sliding': expected 1..4096\n");
  CHECK(complaints(R"("hidden": 64)", R"("hidden": 2000000)") == "small.json:/hidden 2000000 is not in 1..1048576\n");
  CHECK(complaints(R"("dtype": "bf16")", R"("dtype": "fp8")") ==
        "small.json:/dtype 'fp8' is none of bf16, fp16, fp32\n");
  CHECK(complaints(R"("head_dim": 16, "window": 128)", R"("head_dim": 3000000000, "window": 128)") ==
        "small.json:/kinds/sliding/attention/head_dim expected an integer in 1..268435456, found 3000000000\n");
}

TEST_CASE("weight formats are known names or spelled out", "[profiles][errors]") {
  CHECK(complaints(R"("fp8_block")", R"("fp8_blok")") ==
        "small.json:/kinds/full/formats/experts 'fp8_blok' is not a weight format (did you mean 'fp8_block'?)\n");
  const auto m = shipped(parse_model(
      replaced(kSmallModel, R"("fp8_block")", R"({"name": "q4_k_m", "bytes_per_weight": 0.61, "compute": "bf16"})"),
      "small.json"));
  CHECK(m.kinds[1].formats.experts == WeightFormat{"q4_k_m", 0.61, Compute::bf16});
}

TEST_CASE("a model file that is not there is a file error with its name", "[profiles][errors]") {
  const auto missing = load_model("/nowhere/x.json");
  REQUIRE_FALSE(missing.has_value());
  CHECK(error_lines(missing.error()) == "/nowhere/x.json no such file or folder\n");
  CHECK(missing.error().front().kind == ErrorKind::file);
  const auto folder = load_model(std::filesystem::path(ROOFCAST_SOURCE_DIR));
  REQUIRE_FALSE(folder.has_value());
  CHECK(folder.error().front().kind == ErrorKind::file);
}

TEST_CASE("a pipe is refused without waiting for a writer", "[profiles][errors]") {
  const auto pipe = std::filesystem::temp_directory_path() / fmt::format("roofcast-pipe-{}", ::getpid());
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto refused = load_model(pipe);
  std::filesystem::remove(pipe);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().front().what == "a pipe, expected a file");
}
