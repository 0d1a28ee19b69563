#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/support/gpu_case.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;
using roofcast::test::first_opencl_device;

TEST_CASE("OpenCL: devices say what they are", "[gpu]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  CHECK(gpu->id() == "opencl:0");
  CHECK_FALSE(gpu->name.empty());
  CHECK(gpu->driver.starts_with("OpenCL "));
  CHECK(gpu->memory >= gpu->largest_buffer);
  CHECK(gpu->compute_units >= 1);
  CHECK(kernels::find_gpu_device("opencl:0").value() == *gpu);
}

TEST_CASE("OpenCL: bench measures on the device and says so in its rows", "[gpu][bench]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  const auto done = run({"bench", "--device", "opencl:0", "--time", "1ms", "--heads", "4", "--kv-heads", "4,1",
                         "--head-dim", "64", "--kv-dtype", "fp16", "--context", "64,128", "--block-size", "16"});
  INFO(done.err);
  CHECK(done.code == Exit::ok);
  CHECK(std::ranges::count(done.out, '\n') == 1 + 2 * 2);
  CHECK(done.out.find("\ndecode_attention,opencl-0,roofcast,") != std::string::npos);
  CHECK(done.out.find(",roofcast_opencl,1,128,4,1,64,0,fp32,fp16,") != std::string::npos);
}

TEST_CASE("OpenCL: bench takes turns between copies where operands are to be cold", "[gpu][bench]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  // K and V of 16 Ki tokens x 64 x 2 bytes = 4 MiB: some twenty copies push out 64 MiB of cache.
  const auto done = run({"bench", "--device", "opencl:0", "--time", "1ms", "--heads", "1", "--kv-heads", "1",
                         "--head-dim", "64", "--kv-dtype", "fp16", "--context", "16Ki", "--cold"});
  INFO(done.err);
  CHECK(done.code == Exit::ok);
  CHECK(done.out.find(",cold,") != std::string::npos);
}

TEST_CASE("OpenCL: a probed device is a profile that --hardware takes", "[gpu][probe]") {
  const auto gpu = first_opencl_device();
  if (!gpu) return;
  const test::TemporaryFolder folder;
  const auto file = (folder / "gpu.json").string();
  const auto probe = run({"probe", "--device", "opencl:0", "--effort", "0.01", "-o", file});
  INFO(probe.err);
  CHECK(probe.code == Exit::ok);
  CHECK(probe.out.find("copy bandwidth") != std::string::npos);
  const auto shown = run({"hardware", "show", file});
  CHECK(shown.code == Exit::ok);
  CHECK(shown.out.find("reported by OpenCL") != std::string::npos);
}

TEST_CASE("OpenCL: what the device cannot do is one line and exit 3", "[gpu][errors]") {
  if (!first_opencl_device()) return;
  const auto refused = [](std::vector<std::string> more, Exit code, std::string_view text) {
    more.insert(more.begin(), {"bench", "--device", "opencl:0"});
    const auto done = run(more);
    INFO(done.err);
    CHECK(done.code == code);
    CHECK(done.out.empty());
    CHECK(std::ranges::count(done.err, '\n') == 1);
    CHECK(done.err.find(text) != std::string::npos);
  };
  refused({"--op", "gemm"}, Exit::unsupported, "has no kernel on opencl:0: expected --device cpu");
  refused({"--head-dim", "320"}, Exit::unsupported, "head_dim 320 on opencl:0: expected at most 256");
  refused({"--context", "1Gi"}, Exit::unsupported, "in one buffer, opencl:0 allows");
  refused({"--kernel", "roofcast_cpu"}, Exit::unsupported, "use roofcast_opencl");
  refused({"--threads", "2"}, Exit::usage, "--threads: not for --device opencl:0");
  const auto unknown = run({"bench", "--device", "opencl:99"});
  CHECK(unknown.code == Exit::unsupported);
  CHECK(unknown.err.find("'opencl:99' is not a device here (use cpu, opencl:0 (") != std::string::npos);
}
