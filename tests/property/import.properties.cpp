#include <catch2/catch.hpp>

#include <sstream>

#include "hwmodels/import/safetensors_header.hpp"
#include "hwmodels/import/safetensors_json.hpp"
#include "tests/support/checkpoint_files.hpp"
#include "tests/support/gguf_models.hpp"
#include "tests/support/import_laws.hpp"
#include "tests/support/mutation.hpp"

using namespace roofcast;
using namespace roofcast::test;

namespace {

constexpr int kMutations = 20'000;

Result<ModelSpec> import_gguf(const std::string& bytes) {
  const auto header = parsed(bytes, bytes.size());
  if (!header) return std::unexpected(header.error());
  return gguf_model(*header, "m.gguf");
}

}  // namespace

TEST_CASE("a GGUF file with anything wrong gives a model that can be, or one clear line", "[gguf][property]") {
  const auto seed =
      dense_gguf({.layers = 1, .hidden = 8, .heads = 2, .kv_heads = 1, .head_dim = 4, .intermediate = 8, .vocab = 8})
          .file();
  REQUIRE(import_gguf(seed).has_value());
  Random random{1};
  int refused = 0;
  for (int i = 0; i < kMutations; ++i) {
    const auto model = import_gguf(mutated(seed, random));
    if (!model) ++refused;
    const auto broken = unlawful(model) + (model ? "" : unclear(model.error()));
    if (!broken.empty()) FAIL("mutation " << i << ": " << broken);
  }
  // Most of the file is header: most mutations break it.
  CHECK(refused > kMutations / 2);
}

TEST_CASE("safetensors bytes with anything wrong are refused or add up", "[safetensors][property]") {
  const auto seed = tiny_safetensors().header() + std::string(64, '\0');
  const auto whole = tiny_safetensors();
  Random random{2};
  for (int i = 0; i < kMutations; ++i) {
    std::istringstream in(mutated(seed, random));
    const auto header = parse_safetensors_header(in, whole.file_bytes(), "m.safetensors");
    if (!header) {
      const auto broken = unclear(header.error());
      if (!broken.empty()) FAIL("mutation " << i << ": " << broken);
      continue;
    }
    std::uint64_t sum = 0;
    for (const auto& t : header->tensors) sum += t.bytes();
    if (sum != header->data_bytes) FAIL("mutation " << i << ": tensors of " << sum << " bytes");
  }
}

TEST_CASE("an index with anything wrong is refused or stays in its folder", "[safetensors][property]") {
  const std::string seed =
      R"({"metadata":{"total_size":128},"weight_map":{"a":"x-1.safetensors","b":"x-2.safetensors"}})";
  Random random{3};
  for (int i = 0; i < kMutations; ++i) {
    const auto index = parse_safetensors_index(mutated(seed, random), "i.json");
    if (!index) {
      const auto broken = unclear(index.error());
      if (!broken.empty()) FAIL("mutation " << i << ": " << broken);
      continue;
    }
    for (const auto& [tensor, file] : index->weight_map)
      if (file.find('/') != std::string::npos) FAIL("mutation " << i << ": leads to " << file);
  }
}
