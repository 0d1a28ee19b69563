#include "hwmodels/model_profile.hpp"

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/fuzz/profile_seeds.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto model = parse_model(test::bytes_of(data, size), "m.json");
  test::require_lawful(test::unlawful(model));
  // What was read can be written and read again.
  if (model)
    test::require_lawful(parse_model(model_json(*model), "again.json") == model ? "" : "another model when read again");
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return profile_seeds("model");
}
