#include "hwmodels/device_profile.hpp"

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/fuzz/profile_seeds.hpp"
#include "tests/support/import_laws.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto device = parse_device(test::bytes_of(data, size), "d.json");
  if (!device) test::require_lawful(test::silent(device.error()));
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return profile_seeds("gpu");
}
