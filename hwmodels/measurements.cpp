#include "hwmodels/measurements.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/nearest_name.hpp"
#include "hwmodels/measurement_cells.hpp"

namespace roofcast {
namespace {

constexpr double kShortestUs = 1e-3;  // nothing that launches a kernel takes less
void check_heads(MeasurementCells& cells, double heads, double kv_heads) {
  if (kv_heads > heads)
    cells.add_problem(fmt::format("kv_heads {} exceeds heads {}: heads are query heads", kv_heads, heads));
}

/// "balanced" or "power_law_1.2".
double skew(MeasurementCells& cells) {
  constexpr std::string_view power_law = "power_law_";
  const auto cell = cells.text("distribution");
  if (cell == "balanced" || cell.empty()) return 0;
  double exponent = 0;
  if (cell.starts_with(power_law)) {
    const char* const end = cell.data() + cell.size();
    const auto [at, problem] = std::from_chars(cell.data() + power_law.size(), end, exponent);
    if (problem == std::errc{} && at == end && exponent > 0 && exponent < 100) return exponent;
  }
  cells.add_problem(fmt::format("distribution '{}' is not known: expected balanced or power_law_EXPONENT", cell));
  return 0;
}

DecodeAttentionCall decode_attention(MeasurementCells& cells) {
  const DecodeAttentionCall call{.batch = cells.count("batch", 1),
                                 .context = cells.count("context_tokens", 1),
                                 .heads = cells.count("heads", 1),
                                 .kv_heads = cells.count("kv_heads", 1),
                                 .head_dim = cells.count("head_dim", 1),
                                 .window = cells.count("window_tokens", 0),
                                 .kv_bytes = cells.element_bytes("kv_dtype"),
                                 .q_bytes = cells.element_bytes("q_dtype")};
  check_heads(cells, call.heads, call.kv_heads);
  return call;
}

PrefillAttentionCall prefill_attention(MeasurementCells& cells) {
  const PrefillAttentionCall call{.batch = cells.count("batch", 1),
                                  .tokens = cells.count("isl_tokens", 1),
                                  .heads = cells.count("heads", 1),
                                  .kv_heads = cells.count("kv_heads", 1),
                                  .head_dim = cells.count("head_dim", 1),
                                  .window = cells.count("window_tokens", 0),
                                  .kv_bytes = cells.element_bytes("kv_dtype"),
                                  .q_bytes = cells.element_bytes("q_dtype")};
  check_heads(cells, call.heads, call.kv_heads);
  return call;
}

MlaDecodeCall mla_decode(MeasurementCells& cells) {
  return {.batch = cells.count("batch", 1),
          .context = cells.count("context_tokens", 1),
          .heads = cells.count("heads", 1),
          .latent = cells.count("kv_lora_rank", 1),
          .rope = cells.count("rope_dim", 0),
          .kv_bytes = cells.element_bytes("kv_dtype")};
}

GemmCall gemm(MeasurementCells& cells) {
  return {.m = cells.count("m", 1), .n = cells.count("n", 1), .k = cells.count("k", 1)};
}

MoeCall moe(MeasurementCells& cells) {
  const MoeCall call{.tokens = cells.count("tokens", 1),
                     .hidden = cells.count("hidden", 1),
                     .intermediate = cells.count("intermediate", 1),
                     .top_k = cells.count("topk", 1),
                     .experts = cells.count("experts", 1),
                     .tp = cells.count("tp", 1),
                     .ep = cells.count("ep", 1),
                     .skew = skew(cells)};
  constexpr double kMostExperts = 65536;
  if (call.experts > kMostExperts) cells.add_problem(fmt::format("experts {} exceeds {}", call.experts, kMostExperts));
  if (call.ep > call.experts) cells.add_problem(fmt::format("ep {} exceeds experts {}", call.ep, call.experts));
  if (call.top_k > call.experts) cells.add_problem(fmt::format("topk {} exceeds experts {}", call.top_k, call.experts));
  return call;
}

AllReduceCall all_reduce(MeasurementCells& cells) {
  return {.devices = cells.count("gpus", 1), .bytes = cells.count("bytes", 1)};
}

ServingRun serving_run(MeasurementCells& cells) {
  return {.model = cells.text("model"),
          .engine = cells.text("engine"),
          .engine_version = cells.text_or_empty("engine_version"),
          .precision = cells.text_or_empty("precision"),
          .gemm_dtype = cells.text_or_empty("gemm_dtype"),
          .moe_dtype = cells.text_or_empty("moe_dtype"),
          .tp = cells.count("tp", 1),
          .pp = cells.count("pp", 1),
          .dp = cells.count_or_one("dp"),
          .moe_tp = cells.count_or_one("moe_tp"),
          .ep = cells.count_or_one("ep"),
          .isl = cells.count("isl_tokens", 1),
          .osl = cells.count("osl_tokens", 1),
          .batch = cells.count("batch", 1),
          .ttft_ms = cells.number("ttft_ms", kShortestUs / 1000),
          .tpot_ms = cells.number("tpot_ms", kShortestUs / 1000)};
}

CacheStart cache_start(MeasurementCells& cells) {
  CacheStart start{.model = cells.text("model"),
                   .engine = cells.text("engine"),
                   .engine_version = cells.text_or_empty("engine_version"),
                   .gpus = cells.count("gpus", 1),
                   .tp = cells.count("tp", 1),
                   .pp = cells.count("pp", 1),
                   .memory_utilization = cells.number("memory_utilization", 0),
                   .max_model_len = cells.count("max_model_len_tokens", 1),
                   .weight_dtype = cells.text_or_empty("weight_dtype"),
                   .kv_dtype = cells.text_or_empty("kv_dtype"),
                   .kv_pool_gib = cells.value_if_any("kv_pool_gib"),
                   .kv_tokens = cells.value_if_any("kv_tokens"),
                   .max_concurrency = cells.value_if_any("max_concurrency")};
  if (!start.kv_pool_gib && !start.kv_tokens && !start.max_concurrency)
    cells.add_error("kv_pool_gib", "no value: expected one of kv_pool_gib, kv_tokens, max_concurrency");
  return start;
}

/// How one op's rows are read: the call, and what its calibration goes by.
struct OpReader {
  MeasuredCall (*call)(MeasurementCells&);
  std::string (*dtype)(MeasurementCells&);
  bool timed = true;  ///< has latency_us
};

template <auto read>
MeasuredCall as_call(MeasurementCells& cells) {
  return read(cells);
}
std::string kv_dtype(MeasurementCells& cells) {
  return cells.text_or_empty("kv_dtype");
}
std::string prompt_dtype(MeasurementCells& cells) {
  return cells.text_or_empty("q_dtype") + "/" + cells.text_or_empty("kv_dtype");
}
std::string product_dtype(MeasurementCells& cells) {
  return cells.text("dtype");
}
std::string message_dtype(MeasurementCells& cells) {
  return cells.text_or_empty("dtype");  // the bytes are given: its calibration alone goes by it
}
std::string precision(MeasurementCells& cells) {
  return cells.text_or_empty("precision");
}

/// In the order of measured_ops().
constexpr std::array<OpReader, std::variant_size_v<MeasuredCall>> kReaders{{
    {as_call<decode_attention>, kv_dtype},
    {as_call<prefill_attention>, prompt_dtype},
    {as_call<mla_decode>, kv_dtype},
    {as_call<gemm>, product_dtype},
    {as_call<moe>, product_dtype},
    {as_call<all_reduce>, message_dtype},
    {as_call<serving_run>, precision, false},
    {as_call<cache_start>, kv_dtype, false},
}};

MeasuredRow row(MeasurementCells& cells, const OpReader& reader, HardwareColumn hardware, std::size_t record) {
  MeasuredRow out{.record = record};
  out.kernel = {
      .hardware = hardware == HardwareColumn::needed ? cells.text("hardware") : cells.text_or_empty("hardware"),
      .framework = cells.text_or_empty(reader.timed ? "framework" : "engine"),
      .version = cells.text_or_empty(reader.timed ? "framework_version" : "engine_version"),
      .kernel = cells.text_or_empty("kernel")};
  out.call = reader.call(cells);
  out.dtype = reader.dtype(cells);
  if (reader.timed) out.latency_us = cells.number("latency_us", kShortestUs);
  // Columns of `bench`; what other tools may mean by them nobody knows.
  if (out.kernel.framework == "roofcast") {
    const double threads = cells.value_if_any("threads").value_or(0);
    if (threads < 0 || threads > 65536 || threads != std::floor(threads))
      cells.add_problem(fmt::format("threads {} is no count up to 65536", threads));
    else
      out.threads = static_cast<int>(threads);
    out.cold = cells.text_or_empty("operands") == "cold";
    if (const auto page = cells.text_or_empty("page_tokens"); !page.empty() && page != "0") {
      if (std::ranges::all_of(page, [](unsigned char c) { return std::isdigit(c) != 0; }))
        out.layout = "paged";
      else
        cells.add_problem(fmt::format("page_tokens {} is no count", page));
    }
    if (out.layout.empty() && cells.text_or_empty("kv_order") == "tokens_first") out.layout = "tokens_first";
    if (const auto memory = cells.value_if_any("memory_gbps")) {
      if (*memory > 0)
        out.memory = *memory * units::GB / units::s;
      else
        cells.add_problem(fmt::format("memory_gbps {} is no bandwidth", *memory));
    }
    out.noise = cells.spread_if_any("spread");
  }
  out.problem = cells.problem();
  return out;
}

}  // namespace

Result<std::vector<MeasuredRow>> measurements(const CsvFile& file, HardwareColumn hardware) {
  const auto op_column = file.column("op");
  if (!op_column)
    return fail(fmt::format("{}:1:{}", file.name, file.header.size() + 1),
                "has no column 'op': expected a measurement file", did_you_mean("op", file.header));
  const auto ops = measured_ops();
  const std::vector<std::string> known(ops.begin(), ops.end());
  std::array<bool, std::variant_size_v<MeasuredCall>> seen{};
  std::vector<MeasuredRow> rows;
  Errors errors;
  for (std::size_t at = 0; at < file.records() && errors.size() < kManyErrors; ++at) {
    const auto word = file.cell(at, *op_column);
    const auto kind = static_cast<std::size_t>(std::ranges::find(ops, word) - ops.begin());
    if (kind == ops.size()) {
      MeasurementCells(file, at, false, errors)
          .add_error("op", fmt::format("'{}' is not a known op: expected {}", word, fmt::join(ops, ", ")),
                     did_you_mean(word, known));
      continue;
    }
    MeasurementCells cells(file, at, !seen[kind], errors);
    seen[kind] = true;
    rows.push_back(row(cells, kReaders[kind], hardware, at));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return rows;
}

}  // namespace roofcast
