#include <catch2/catch.hpp>

#include <algorithm>

#include "hwmodels/kernels/matrix_product.hpp"
#include "hwmodels/text_file.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::tests;
using cli::Exit;

namespace {

ProgramRun bench(std::vector<std::string> more) {
  more.insert(more.begin(), {"bench", "--time", "1ms"});
  return run(more);
}

/// One line on stderr, nothing on stdout.
void check_refused(const ProgramRun& result, Exit code, std::string_view text) {
  INFO(result.err);
  CHECK(result.code == code);
  CHECK(result.out.empty());
  CHECK(std::ranges::count(result.err, '\n') == 1);
  CHECK(result.err.find(text) != std::string::npos);
}

}  // namespace

TEST_CASE("bench: a row per combination, in the columns of measurement files", "[bench]") {
  const auto done = bench({"--heads", "4", "--kv-heads", "4,1", "--context", "64..128:64", "--kv-dtype", "int8"});
  CHECK(done.code == Exit::ok);
  CHECK(done.err.empty());
  CHECK(done.out.starts_with("op,hardware,framework,framework_version,kernel,batch,context_tokens,heads,kv_heads,"));
  CHECK(std::ranges::count(done.out, '\n') == 1 + 2 * 2);
  CHECK(done.out.find(",roofcast_cpu,1,128,4,1,128,0,fp32,int8,") != std::string::npos);
}

TEST_CASE("bench: -o writes the same file", "[bench]") {
  const test::TemporaryFolder folder;
  const auto file = (folder / "measured.csv").string();
  const auto done = bench({"--heads", "2", "--kv-heads", "1", "--context", "64", "-o", file, "--hardware", "my-cpu"});
  CHECK(done.code == Exit::ok);
  CHECK(done.out.empty());
  CHECK(read_text(file).value().find("\ndecode_attention,my-cpu,roofcast,") != std::string::npos);
}

TEST_CASE("bench: a product of matrices runs through the library", "[bench][gemm]") {
  const auto done = bench({"--op", "gemm", "--n", "64", "--k", "32", "--threads", "1", "--dtype", "fp32"});
  if (kernels::matrix_product_library().empty()) {
    check_refused(done, Exit::unsupported, "built without oneDNN (install libdnnl-dev and build again)");
    return;
  }
  CHECK(done.code == Exit::ok);
  CHECK(done.out.find("\ngemm,host,roofcast,") != std::string::npos);
  CHECK(done.out.find(",onednn,,,,,,,,,1,64,32,fp32,") != std::string::npos);
}

TEST_CASE("bench: what cannot be measured ends with exit 3 and one line, before anything is allocated", "[bench]") {
  check_refused(bench({"--device", "cuda:9"}), Exit::unsupported, "--device: 'cuda:9' is not a device here");
  check_refused(bench({"--device", "tpu"}), Exit::unsupported, "--device: 'tpu' is not a device here (use cpu");
  check_refused(bench({"--kernel", "flash"}), Exit::unsupported, "--kernel: 'flash' is not a kernel of --op");
  check_refused(bench({"--simd", "MMX"}), Exit::unsupported, "--simd: 'MMX' is not an instruction set");
  check_refused(bench({"--head-dim", "100"}), Exit::unsupported,
                "head_dim 100: expected a multiple of 8 from 8 to 1024 (the nearest is 104)");
  check_refused(bench({"--heads", "3", "--kv-heads", "2"}), Exit::unsupported,
                "3 query heads cannot be shared by 2 KV heads");
  // Sequences alone, written out, would take 8 GB.
  check_refused(bench({"--batch", "2000000000", "--context", "2000000000"}), Exit::unsupported, "GiB of memory");
}

TEST_CASE("bench: a file that cannot be written is told before hours of measuring", "[bench]") {
  check_refused(run({"bench", "--time", "3600s", "-o", "nonesuch/measured.csv"}), Exit::file, "nonesuch");
}

TEST_CASE("bench: usage errors name the flag and the value", "[bench]") {
  check_refused(bench({"--op", "flash"}), Exit::usage, "--op: 'flash'");
  check_refused(bench({"--kv-dtype", "fp61"}), Exit::usage, "--kv-dtype: 'fp61' is not one of");
  check_refused(bench({"--op", "gemm", "--context", "64"}), Exit::usage, "--context: not an axis of --op gemm");
  check_refused(bench({"--m", "4"}), Exit::usage, "--m: not an axis of --op decode_attention");
  check_refused(bench({"--batch", "1..9999", "--context", "1..9999"}), Exit::usage, "99980001 points; at most 100000");
  check_refused(bench({"--threads", "0"}), Exit::usage, "--threads");
}
