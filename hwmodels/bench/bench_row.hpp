#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hwmodels/bench/bench_point.hpp"
#include "hwmodels/kernels/timing.hpp"

namespace roofcast::bench {

/// Where and with what a row was measured.
struct BenchHost {
  std::string hardware = "host";  ///< device id of a profile, for `validate`
  std::string host{};             ///< CPU or GPU as the system calls it
  std::string version{};          ///< of roofcast
  std::string compiler{};
};

/// One measured point.
struct BenchRow {
  BenchPoint point{};
  std::string kernel{};                ///< "roofcast_cpu", "onednn", "roofcast_opencl"
  std::string implementation{};        ///< instruction set; "oneDNN 2.6.3 brg:avx512_core"; a GPU's driver
  int threads = 1;                     ///< of a GPU its compute units
  bool cold = false;                   ///< every run found its operands in memory, not in a cache
  std::optional<double> huge_pages{};  ///< share of the KV cache's memory on huge pages, where it is the CPU's
  kernels::Timing timing{};
  std::optional<BytesPerSecond>
      memory{};  ///< what memory gave to reads before and after the runs, where it was looked at
};

/// Columns of measurement files (docs/cli.md): those of the operator, then how it was measured. One header for all
/// operators; what a row's operator has not, is empty.
[[nodiscard]] std::string bench_header();
void append_csv(const BenchRow& row, const BenchHost& host, std::string& out);

}  // namespace roofcast::bench
