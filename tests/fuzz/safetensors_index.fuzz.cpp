#include "hwmodels/import/safetensors_json.hpp"

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto index = parse_safetensors_index(test::bytes_of(data, size), "i.json");
  if (!index) {
    test::require_lawful(test::unclear(index.error()));
    return 0;
  }
  for (const auto& [tensor, file] : index->weight_map)
    test::require_lawful(file.find('/') == std::string::npos ? "" : "a file in another folder");
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return {
      R"({"metadata":{"total_size":128,"more":[{"x":null}]},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}})"};
}
