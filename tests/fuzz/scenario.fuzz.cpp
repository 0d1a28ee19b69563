#include "hwmodels/scenario_document.hpp"

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = parse_scenario(test::bytes_of(data, size), "s.json");
  if (!document) {
    test::require_lawful(test::silent(document.error()));
    return 0;
  }
  const auto again = parse_scenario(scenario_json(*document), "s.json");
  if (!again || *again != *document) test::require_lawful("what is written is not read again alike");
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return {R"({"schema": "roofcast/scenario/1", "model": "llama-3.1-8b", "hardware": "h100-sxm", "tp": 8, "isl": "8Ki",
              "osl": 1024, "tpot": "50ms", "memory_utilization": "92%", "memory": "80GiB", "price": 2.5,
              "attention": "gqa:4", "kv_dtype": "fp8", "calibration": "none"})",
          R"({"schema": "roofcast/scenario/1"})"};
}
