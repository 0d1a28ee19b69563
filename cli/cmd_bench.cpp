#include <optional>
#include <ostream>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"

#ifdef ROOFCAST_HAS_KERNELS
#include "cli/bench_axes.hpp"
#include "cli/interruption.hpp"
#include "cli/progress.hpp"
#include "core/quantity_text.hpp"
#include "core/version.hpp"
#include "hwmodels/bench/bench_run.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/kernels/core_watch.hpp"
#include "hwmodels/kernels/simd_target.hpp"
#include "hwmodels/probe/cpu_caches.hpp"
#endif

namespace roofcast::cli {

OptionTable bench_table() {
  const std::string axes = "Axes of decode_attention (values: 1,2,4  1..256:x2  512..4096:512  128Ki)";
  const std::string gemm = "Axes of gemm";
  const std::string how = "Measuring";
  return {
      .description =
          "Runs the reference kernels over every combination of the values given and writes one CSV row per point, the "
          "file that `validate` reads: the median of undisturbed runs, the shortest, the longest, and how they spread.",
      .options =
          {{.name = "op",
            .placeholder = "NAME",
            .help = "operator",
            .default_text = "decode_attention",
            .choices = {"decode_attention", "gemm"}},
           {.name = "kernel",
            .placeholder = "NAME",
            .help = "roofcast_cpu, roofcast_opencl or roofcast_cuda for decode_attention, onednn for gemm; left out: "
                    "its own"},
           {.name = "device",
            .placeholder = "NAME",
            .help = "where to run: cpu, or a GPU's driver and number such as opencl:0",
            .default_text = "cpu"},
           {.name = "heads", .placeholder = "COUNTS", .help = "query heads", .default_text = "32", .group = axes},
           {.name = "kv-heads", .placeholder = "COUNTS", .help = "KV heads", .default_text = "8", .group = axes},
           {.name = "head-dim", .placeholder = "COUNTS", .help = "head size", .default_text = "128", .group = axes},
           {.name = "window",
            .placeholder = "TOKENS",
            .help = "sliding window; 0: none",
            .default_text = "0",
            .group = axes},
           {.name = "kv-dtype",
            .placeholder = "NAMES",
            .help = "fp32, bf16, fp16, int8",
            .default_text = "bf16",
            .aliases = {"kv-cache-dtype"},
            .group = axes},
           {.name = "block-size",
            .placeholder = "TOKENS",
            .help = "tokens of a page; 0: a contiguous cache",
            .default_text = "0",
            .group = axes},
           {.name = "kv-order",
            .placeholder = "NAMES",
            .help = "heads_first or tokens_first inside a page",
            .default_text = "heads_first",
            .group = axes},
           {.name = "batch",
            .placeholder = "COUNTS",
            .help = "sequences",
            .default_text = "1",
            .aliases = {"max-num-seqs"},
            .group = axes},
           {.name = "context",
            .placeholder = "TOKENS",
            .help = "cached tokens of each sequence",
            .default_text = "1Ki",
            .aliases = {"max-model-len"},
            .group = axes},
           {.name = "m", .placeholder = "COUNTS", .help = "tokens", .default_text = "1", .group = gemm},
           {.name = "n", .placeholder = "COUNTS", .help = "outputs", .default_text = "4096", .group = gemm},
           {.name = "k", .placeholder = "COUNTS", .help = "inputs", .default_text = "4096", .group = gemm},
           {.name = "dtype", .placeholder = "NAMES", .help = "fp32, bf16, int8", .default_text = "bf16", .group = gemm},
           {.name = "threads", .placeholder = "N", .help = "left out: all CPUs that the process may use", .group = how},
           {.name = "simd",
            .placeholder = "NAME",
            .help = "instruction set, e.g. AVX2; left out: the best",
            .group = how},
           {.name = "cold", .help = "operands come from memory, not from a cache", .group = how},
           {.name = "time",
            .placeholder = "TIME",
            .help = "time for the repeats of a point; up to four times as long until seven were left alone",
            .default_text = "300ms",
            .group = how},
           {.name = "hardware",
            .placeholder = "NAME",
            .help = "what the rows call this machine; `validate` looks it up. A GPU is called opencl-0",
            .default_text = "host",
            .group = "Output"},
           {.name = "output",
            .short_name = 'o',
            .placeholder = "FILE",
            .help = "write here; left out: stdout",
            .completion = Completion::file,
            .group = "Output"},
           {.name = "csv", .help = "CSV, the only format there is", .group = "Output"}},
      .examples = {"roofcast bench --kv-heads 32,8,1 --context 128..32Ki:x4 --kv-dtype fp32,bf16,int8 -o measured.csv",
                   "roofcast bench --device opencl:0 --kv-dtype fp16 --context 1Ki..64Ki:x4 -o gpu.csv",
                   "roofcast bench --op gemm --m 1,16 --n 4096 --k 4096,14336 -o gemm.csv"},
      .closing =
          "What a kernel cannot take and a cache over the machine's memory end with exit code 3 before anything is "
          "allocated."};
}

#ifdef ROOFCAST_HAS_KERNELS

namespace {

/// The best instruction set again, however the command ends.
struct BestSimd {
  ~BestSimd() { (void)kernels::use_simd_target(""); }
};

struct BenchFile {
  std::string csv{};
  Errors errors{};  ///< why it ends early
};

BenchFile measured(const BenchPlan& plan, const Interruption& interruption, ProgressBar& bar) {
  const auto& gpu = plan.options.gpu;
  const bench::BenchHost host{.hardware = plan.hardware,
                              .host = gpu ? gpu->name : probe::cpu_model_name(),
                              .version = std::string(version()),
                              .compiler = gpu ? gpu->driver : "g++ " __VERSION__};
  BenchFile file{.csv = bench::bench_header()};
  bench::BenchOptions how = plan.options;
  kernels::CoreWatch cores;
  if (!gpu) how.repeats.cores = &cores;
  const bool attention = std::holds_alternative<bench::AttentionPoint>(plan.points.front());
  if (!gpu && attention)
    if (auto watch = probe::MemoryWatch::create(how.threads))
      how.watch = std::make_shared<probe::MemoryWatch>(std::move(*watch));
  std::vector<bench::BenchRow> rows;
  for (std::size_t i = 0; i < plan.points.size() && !interruption.requested(); ++i) {
    bar.show(static_cast<double>(i) / static_cast<double>(plan.points.size()), bench::text_of(plan.points[i]));
    auto row = bench::run_bench(plan.points[i], how);
    if (!row) {
      file.errors = row.error();
      break;
    }
    rows.push_back(std::move(*row));
  }
  // What was not left alone may be some time later.
  for (bench::BenchRow& row : rows) {
    if (!row.timing.contended || interruption.requested() || !file.errors.empty()) continue;
    bar.show(1, "again: " + bench::text_of(row.point));
    if (auto again = bench::run_bench(row.point, how); again && !again->timing.contended) row = std::move(*again);
  }
  for (const bench::BenchRow& row : rows) bench::append_csv(row, host, file.csv);
  return file;
}

}  // namespace

Exit run_bench(const ParsedOptions& options, Io io) {
  OptionReader reader{options};
  const BenchPlan plan = bench_plan(options, reader);
  if (!reader.errors().empty()) return report(reader.errors(), io);
  reader.print_notes(io);
  const BestSimd restore;
  if (options.given("simd"))
    if (const auto done = kernels::use_simd_target(options.text("simd")); !done) return report(done.error(), io);
  if (const auto errors = bench::bench_problems(plan.points, plan.options); !errors.empty()) return report(errors, io);

  std::optional<FileOutput> output;
  if (options.given("output")) {
    auto opened = FileOutput::create(options.text("output"));
    if (!opened) return report(opened.error(), io);
    output = std::move(*opened);
  }
  const Interruption interruption;
  ProgressBar bar(options, io);
  const BenchFile file = measured(plan, interruption, bar);
  bar.hide();
  // Hours of measuring are not thrown away: a file that ends early holds the points that were finished.
  if (output) {
    if (auto done = output->write(file.csv); !done) return report(done.error(), io);
    if (auto done = output->commit(); !done) return report(done.error(), io);
  } else {
    io.out << file.csv;
  }
  if (!file.errors.empty()) return report(file.errors, io);
  return interruption.requested() ? Exit::interrupted : Exit::ok;
}

#else

Exit run_bench(const ParsedOptions&, Io io) {
  return report({{"bench", "this roofcast was built without kernels", "install libhwy-dev and build again"}}, io);
}

#endif

}  // namespace roofcast::cli
