#include <sstream>

#include "hwmodels/import/safetensors_header.hpp"
#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"
#include "tests/support/safetensors_writer.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::istringstream in(test::bytes_of(data, size));
  const auto header = parse_safetensors_header(in, size, "m.safetensors");
  if (!header) {
    test::require_lawful(test::unclear(header.error()));
    return 0;
  }
  std::uint64_t sum = 0;
  for (const auto& t : header->tensors) sum += t.bytes();
  test::require_lawful(sum == header->data_bytes ? "" : "tensors do not cover the data");
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  SafetensorsWriter small;
  small.raw(R"("__metadata__":{"format":"pt"})");
  small.tensor("a", {2, 2}, "F32");
  small.tensor("b", {8}, "F4");
  SafetensorsWriter names;
  for (const auto* name : {"model.embed_tokens.weight", "model.layers.0.self_attn.q_proj.weight", "lm_head.weight"})
    names.tensor(name, {2, 3});
  return {small.file(), names.file()};
}
