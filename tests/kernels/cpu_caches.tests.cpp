#include <catch2/catch.hpp>

#include "hwmodels/probe/cpu_caches.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::probe;

TEST_CASE("cache sizes are those of data and unified caches, by level", "[probe]") {
  const test::TemporaryFolder folder;
  const auto index = [&](int i, std::string_view level, std::string_view type, std::string_view size) {
    const auto name = "index" + std::to_string(i);
    std::filesystem::create_directory(folder / name);
    folder.write(name + "/level", level);
    folder.write(name + "/type", type);
    folder.write(name + "/size", size);
  };
  index(0, "1\n", "Data\n", "32K\n");
  index(1, "1\n", "Instruction\n", "64K\n");
  index(2, "2\n", "Unified\n", "1024K\n");
  index(3, "3\n", "Unified\n", "32M\n");
  CHECK(read_cpu_caches(folder.path()) == CpuCaches{32 * units::KiB, 1 * units::MiB, 32 * units::MiB});
}

TEST_CASE("a system that tells nothing has caches of unknown size and a CPU without a name", "[probe]") {
  const test::TemporaryFolder folder;
  CHECK(read_cpu_caches(folder.path()) == CpuCaches{});
  CHECK(cpu_model_name(folder / "none") == "CPU");
  CHECK(installed_memory(folder / "none") == Bytes{});
}

TEST_CASE("the CPU's name and the memory come from the kernel's tables", "[probe]") {
  const test::TemporaryFolder folder;
  const auto cpu =
      folder.write("cpuinfo", "vendor_id\t: X\nmodel name\t: Fast CPU 9000 @ 3.00GHz\nmodel name\t: other\n");
  CHECK(cpu_model_name(cpu) == "Fast CPU 9000 @ 3.00GHz");
  CHECK(installed_memory(folder.write("meminfo", "MemTotal:       16384 kB\nMemFree: 1 kB\n")) == 16 * units::MiB);
}
