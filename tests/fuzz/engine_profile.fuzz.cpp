#include "hwmodels/engine_profile.hpp"

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/fuzz/profile_seeds.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto engine = parse_engine(test::bytes_of(data, size), "e.json");
  if (!engine) test::require_lawful(test::silent(engine.error()));
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return profile_seeds("engine");
}
