#include <optional>
#include <ostream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"

#ifdef ROOFCAST_HAS_KERNELS
#include "cli/interruption.hpp"
#include "cli/option_reader.hpp"
#include "cli/progress.hpp"
#include "cli/record_output.hpp"
#include "cli/text_table.hpp"
#include "core/quantity_text.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/file_output.hpp"
#include "hwmodels/kernels/gpu_attention.hpp"
#include "hwmodels/probe/gpu_profile.hpp"
#include "hwmodels/probe/host_device.hpp"
#include "hwmodels/probe/host_probe.hpp"
#include "hwmodels/sweep_manifest.hpp"
#endif

namespace roofcast::cli {

OptionTable probe_table() {
  return {
      .description =
          "Measures the ceilings of this machine in less than a minute: read, copy and triad bandwidth of every "
          "cache level and of memory, multiply-adds per type, how fast elements of a KV cache become fp32, and what "
          "threads cost. With --device a GPU instead: what its driver reports, the bandwidth of a copy and fp32 "
          "multiply-adds. With -o a hardware profile is written that --hardware takes.",
      .options = {{.name = "output",
                   .short_name = 'o',
                   .placeholder = "FILE",
                   .help = "write the hardware profile here",
                   .completion = Completion::file,
                   .group = "Output"},
                  {.name = "json", .help = "print the hardware profile instead of a table", .group = "Output"},
                  {.name = "device",
                   .placeholder = "NAME",
                   .help = "what to measure: cpu, or a GPU's driver and number such as opencl:0",
                   .default_text = "cpu",
                   .group = "Measuring"},
                  {.name = "threads",
                   .placeholder = "N",
                   .help = "the most threads; left out: all CPUs that the process may use",
                   .group = "Measuring"},
                  {.name = "effort",
                   .placeholder = "X",
                   .help = "time for each figure, as a factor: less is quicker and less certain",
                   .default_text = "1",
                   .group = "Measuring"}},
      .examples = {"roofcast probe -o host.json", "roofcast estimate llama-3.1-8b --hardware host.json --context 4Ki",
                   "roofcast probe --device opencl:0 -o gpu.json"},
      .closing = "Run it on a quiet machine: what other programs do is measured too. Doubts are told on stderr."};
}

#ifdef ROOFCAST_HAS_KERNELS

namespace {

std::string with_spread(std::string figure, double spread) {
  return fmt::format("{} +-{:.0f}%", figure, 50 * spread);
}

void print_ceilings(const Device& device, Io io) {
  const HostCeilings& c = *device.ceilings;
  print_facts({.title = device.name,
               .lines = {{"measured with", fmt::format("{} threads, {}", device.compute_units, c.simd)},
                         {"memory read", format_bandwidth(device.bandwidth)},
                         {"last level cache", format_bytes(device.last_level_cache) + " as reads find it"},
                         {"thread start", format_seconds(c.thread_start)},
                         {"dispatch to a waiting team", format_seconds(c.dispatch)}}},
              io);
  TextTable bandwidth{.columns = {{"level", Align::left},
                                  {"pages", Align::left},
                                  {"threads"},
                                  {"working set"},
                                  {"read"},
                                  {"copy", Align::right, true},
                                  {"triad", Align::right, true}}};
  for (const auto& b : c.bandwidth)
    bandwidth.rows.push_back({b.level, b.pages, std::to_string(b.threads), format_bytes(b.working_set),
                              with_spread(format_bandwidth(b.read), b.spread),
                              b.copy > BytesPerSecond{} ? format_bandwidth(b.copy) : "-",
                              b.triad > BytesPerSecond{} ? format_bandwidth(b.triad) : "-"});
  io.out << '\n' << laid_out(bandwidth, io.terminal.columns);
  TextTable compute{.columns = {{"multiply-adds", Align::left}, {"threads"}, {"rate"}}};
  for (const auto& r : c.compute)
    compute.rows.push_back({r.type, std::to_string(r.threads), with_spread(format_rate(r.rate), r.spread)});
  io.out << '\n' << laid_out(compute, io.terminal.columns);
  TextTable widening{.columns = {{"KV elements", Align::left}, {"heads"}, {"one core"}}};
  for (const auto& w : c.widening)
    widening.rows.push_back({w.element, std::to_string(w.group), with_spread(format_bandwidth(w.rate), w.spread)});
  io.out << '\n' << laid_out(widening, io.terminal.columns);
}

void print_gpu(const Device& device, Io io) {
  print_facts({.title = device.name,
               .lines = {{"memory", format_bytes(*device.memory)},
                         {"copy bandwidth", format_bandwidth(device.bandwidth)},
                         {"fp32 multiply-adds", format_rate(*device.peaks.fp32)},
                         {"compute units", std::to_string(device.compute_units)}}},
              io);
}

/// nullopt: interrupted.
Result<std::optional<Device>> probed_host(const ParsedOptions& options, int threads, double effort, Io io) {
  const Interruption interruption;
  ProgressBar bar(options, io);
  const probe::ProbeRequest request{.threads = threads,
                                    .caches = probe::read_cpu_caches("/sys/devices/system/cpu/cpu0/cache"),
                                    .effort = effort,
                                    .date = utc_now().substr(0, 10),
                                    .stop = [&] { return interruption.requested(); }};
  const auto ceilings = probe::probe_host(request, [&](double share, std::string_view what) { bar.show(share, what); });
  if (!ceilings) return std::unexpected(ceilings.error());
  if (interruption.requested()) return std::nullopt;
  bar.hide();
  for (const auto& warning : probe::probe_warnings(*ceilings)) fmt::print(io.err, "roofcast: {}\n", warning);
  return probe::host_device(probe::host_facts(), *ceilings);
}

Result<std::optional<Device>> probed_gpu(const kernels::GpuDevice& gpu, double effort) {
  const kernels::RepeatPolicy policy{.at_least = 0.2 * effort * units::s, .budget = 2 * effort * units::s};
  const auto ceilings = kernels::gpu_ceilings(gpu, probe::copy_buffer(gpu), policy);
  if (!ceilings) return std::unexpected(ceilings.error());
  return probe::gpu_profile(gpu, *ceilings, utc_now().substr(0, 10));
}

}  // namespace

Exit run_probe(const ParsedOptions& options, Io io) {
  OptionReader reader{options};
  const auto threads = reader.count("threads", {.min = 1, .max = 1024});
  const auto effort = reader.number("effort", {.min = 0.01, .max = 100}).value_or(1);
  std::optional<kernels::GpuDevice> gpu;
  if (options.text("device") != "cpu") {
    gpu = reader.take(kernels::find_gpu_device(options.text("device")));
    if (threads) reader.add_usage_error("--threads", fmt::format("not for --device {}", options.text("device")));
  }
  if (!reader.errors().empty()) return report(reader.errors(), io);

  std::optional<FileOutput> output;
  if (options.given("output")) {
    auto opened = FileOutput::create(options.text("output"));
    if (!opened) return report(opened.error(), io);
    output = std::move(*opened);
  }
  const auto probed =
      gpu ? probed_gpu(*gpu, effort) : probed_host(options, static_cast<int>(threads.value_or(0)), effort, io);
  if (!probed) return report(probed.error(), io);
  if (!*probed) return Exit::interrupted;
  const Device& device = **probed;

  if (output) {
    if (auto done = output->write(device_json(device)); !done) return report(done.error(), io);
    if (auto done = output->commit(); !done) return report(done.error(), io);
  }
  if (options.given("json"))
    io.out << device_json(device);
  else if (gpu)
    print_gpu(device, io);
  else
    print_ceilings(device, io);
  return Exit::ok;
}

#else

Exit run_probe(const ParsedOptions&, Io io) {
  return report({{"probe", "this roofcast was built without kernels", "install libhwy-dev and build again"}}, io);
}

#endif

}  // namespace roofcast::cli
