#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

/// What every fuzz target defines: libFuzzer and tests/fuzz/driver.cpp call it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace roofcast::test {

/// Valid inputs that the driver starts from. Defined by each target.
[[nodiscard]] std::vector<std::string> fuzz_seeds();

[[nodiscard]] inline std::string bytes_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops the fuzzer where a law is broken.
inline void require_lawful(std::string_view broken) {
  if (broken.empty()) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(broken.size()), broken.data());
  std::abort();
}

}  // namespace roofcast::test
