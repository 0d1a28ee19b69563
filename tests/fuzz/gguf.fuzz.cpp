#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/gguf_models.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto header = test::parsed(test::bytes_of(data, size), size);
  const Result<ModelSpec> model =
      header ? gguf_model(*header, "m.gguf") : Result<ModelSpec>(std::unexpected(header.error()));
  test::require_lawful(test::unlawful(model));
  if (!model) test::require_lawful(test::unclear(model.error()));
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  const DenseShape tiny{
      .layers = 1, .hidden = 8, .heads = 2, .kv_heads = 1, .head_dim = 4, .intermediate = 8, .vocab = 8};
  std::vector<std::string> seeds{dense_gguf(tiny).file()};
  for (const auto* architecture : {"gemma3", "phi3", "qwen3", "jamba", "deepseek2"}) {
    auto shape = tiny;
    shape.architecture = architecture;
    seeds.push_back(dense_gguf(shape).file());
  }
  GgufWriter experts;
  add_metadata(experts, tiny);
  experts.number("llama.expert_count", 2);
  experts.number("llama.expert_used_count", 1);
  experts.numbers("llama.attention.head_count_kv", {1});
  add_ends(experts, tiny);
  add_attention(experts, tiny, 0);
  add_experts(experts, tiny, 0, 2, 8);
  seeds.push_back(experts.file());
  return seeds;
}
