#include "core/sweep_row.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/cache.hpp"
#include "core/csv.hpp"
#include "core/estimate.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

bool breaks_slo(const SweepRow& row, const Workload& w) {
  return (w.tpot_slo && row.felt.tpot > *w.tpot_slo) || (w.ttft_slo && row.felt.ttft > *w.ttft_slo);
}

/// Tokens per second of one device; without replicas that only read, those of one that decodes.
double gpu_rate(const SweepRow& row) {
  const Deployment& d = row.config->scenario.deployment;
  if (d.prefill > 0 || row.requests_s) return row.tokens_s / static_cast<double>(d.gpus());
  return row.batch * (units::s / row.felt.tpot) / (d.tp * d.pp);
}

void add_speed(SweepRow& row, const LengthFigures& figures, const Workload& w,
               const std::optional<ArrivalState>& arrivals) {
  const CompiledScenario& c = row.config->compiled;
  const Load load{.batch = row.batch, .context = w.step_context()};
  row.step = decode_time(c.plan, c.roofs, load);
  row.prefill = figures.prefill;
  row.felt = w.isl && w.osl ? felt_times(c, w, row.batch)
                            : FeltTimes{.tpot = row.step->time / c.plan.tokens_per_step, .ttft = *row.prefill};
  row.tokens_s = c.deployment.prefill > 0 ? rates(c, w, row.batch).tokens_s
                                          : c.deployment.dp * (row.batch * (units::s / row.felt.tpot));
  if (arrivals) {
    row.felt = {.tpot = arrivals->tpot, .ttft = arrivals->ttft};
    row.tokens_s = std::min(arrivals->requests_s, arrivals->most_requests_s) * *w.osl;
    row.most_requests_s = arrivals->most_requests_s;
    if (arrivals->overloaded()) row.reason = "more requests arrive than can be served";
    if (arrivals->overloaded()) row.status = PointStatus::slo;
  }
  const Scenario& s = row.config->scenario;
  row.grade = time_grade(c, row.batch, row.context);
  const Seconds roof = c.fit ? decode_time(c.plan, c.roofs.datasheet(), load).time : row.step->time;
  row.step_range = step_range(c, row.batch, row.context, row.step->time, roof);
  if (breaks_slo(row, w)) row.status = PointStatus::slo;
  const double price = s.price_usd_hour.value_or(s.device.price_usd_hour);
  const double tokens_s_gpu = gpu_rate(row);
  if (price > 0) row.usd_mtok = price / (tokens_s_gpu * 3600) * 1e6;
}

// --- cells -------------------------------------------------------------------------------------

using Row = const SweepRow&;
using Out = std::string&;

double user_rate(Row r) {
  return units::s / r.felt.tpot;
}
const Deployment& deployment(Row r) {
  return r.config->scenario.deployment;
}

double gpus(Row r) {
  return static_cast<double>(r.config->undivided_gpus ? *r.config->undivided_gpus : deployment(r).gpus());
}

template <class Figure>
void speed_cell(Row r, Out out, Figure figure) {
  if (r.step) append_cell(out, static_cast<double>(figure(*r.step)));
}

constexpr std::array kColumns{
    SweepColumn{"schema", [](Row, Out o) { append_cell(o, kSweepSchema); }, false, true},
    SweepColumn{"point", [](Row r, Out o) { append_cell(o, static_cast<double>(r.point)); }},
    SweepColumn{"model", [](Row r, Out o) { append_cell(o, std::string_view(r.config->scenario.model.id)); }, true,
                true},
    SweepColumn{"attention", [](Row r, Out o) { append_cell(o, std::string_view(r.config->attention)); }, true, true},
    SweepColumn{"hardware",
                [](Row r, Out o) { append_cell(o, std::string_view(hardware_id(r.config->scenario.device))); }, true,
                true},
    SweepColumn{"engine", [](Row r, Out o) { append_cell(o, std::string_view(r.config->scenario.engine.id)); }, true,
                true},
    SweepColumn{"gpus", [](Row r, Out o) { append_cell(o, gpus(r)); }, false, true},
    SweepColumn{"tp", [](Row r, Out o) { append_cell(o, deployment(r).tp); }, false, true},
    SweepColumn{"pp", [](Row r, Out o) { append_cell(o, deployment(r).pp); }, false, true},
    SweepColumn{"ep", [](Row r, Out o) { append_cell(o, deployment(r).ep); }, false, true},
    SweepColumn{"dp",
                [](Row r, Out o) {
                  if (!r.config->undivided_gpus) append_cell(o, deployment(r).dp);
                },
                false, true},
    SweepColumn{"weight_dtype", [](Row r, Out o) { append_cell(o, std::string_view(r.config->weight_dtype)); }, true,
                true},
    SweepColumn{"kv_dtype", [](Row r, Out o) { append_cell(o, std::string_view(r.config->scenario.kv.name)); }, true,
                true},
    SweepColumn{"isl_tokens", [](Row r, Out o) { append_cell(o, r.isl); }},
    SweepColumn{"osl_tokens", [](Row r, Out o) { append_cell(o, r.osl); }},
    SweepColumn{"context_tokens", [](Row r, Out o) { append_cell(o, r.context); }},
    SweepColumn{"batch",
                [](Row r, Out o) {
                  if (r.batch >= 1) append_cell(o, r.batch);
                }},
    SweepColumn{"kv_bytes_per_token", [](Row r, Out o) { append_cell(o, r.config->kv_per_token.in(units::byte)); },
                false, true},
    SweepColumn{"kv_gib_per_gpu",
                [](Row r, Out o) {
                  if (r.kv_per_gpu) append_cell(o, r.kv_per_gpu->in(units::GiB));
                }},
    SweepColumn{"weights_gib_per_gpu",
                [](Row r, Out o) {
                  if (r.config->unsupported.empty()) append_cell(o, r.config->weights_per_gpu.in(units::GiB));
                },
                false, true},
    SweepColumn{"max_batch_memory",
                [](Row r, Out o) {
                  if (r.config->unsupported.empty()) append_cell(o, r.max_batch_memory);
                }},
    SweepColumn{"prefill_ms",
                [](Row r, Out o) {
                  if (r.prefill) append_cell(o, r.prefill->in(units::ms));
                }},
    SweepColumn{"step_ms",
                [](Row r, Out o) { speed_cell(r, o, [](const StepTime& s) { return s.time.in(units::ms); }); }},
    SweepColumn{
        "step_low_ms",
        [](Row r, Out o) { speed_cell(r, o, [&](const StepTime&) { return r.step_range.low.in(units::ms); }); }},
    SweepColumn{"step_high_ms",
                [](Row r, Out o) {
                  if (r.step && r.step_range.high) append_cell(o, r.step_range.high->in(units::ms));
                }},
    SweepColumn{"tokens_s_user", [](Row r, Out o) { speed_cell(r, o, [&](const StepTime&) { return user_rate(r); }); }},
    SweepColumn{"tokens_s", [](Row r, Out o) { speed_cell(r, o, [&](const StepTime&) { return r.tokens_s; }); }},
    SweepColumn{"tokens_s_gpu", [](Row r, Out o) { speed_cell(r, o, [&](const StepTime&) { return gpu_rate(r); }); }},
    SweepColumn{"flops_per_step",
                [](Row r, Out o) { speed_cell(r, o, [](const StepTime& s) { return s.cost.flops.in(units::flop); }); }},
    SweepColumn{"bytes_per_step",
                [](Row r, Out o) { speed_cell(r, o, [](const StepTime& s) { return s.cost.bytes.in(units::byte); }); }},
    SweepColumn{"intensity_flop_byte",
                [](Row r, Out o) {
                  speed_cell(r, o, [](const StepTime& s) { return intensity(s.cost).in(units::flop / units::byte); });
                }},
    SweepColumn{"bound",
                [](Row r, Out o) {
                  if (r.step) append_cell(o, name(r.step->bound));
                },
                true},
    SweepColumn{"grade",
                [](Row r, Out o) {
                  if (r.step) append_cell(o, name(r.grade));
                },
                true},
    SweepColumn{"usd_mtok", [](Row r, Out o) { append_cell(o, r.usd_mtok); }},
    SweepColumn{"status", [](Row r, Out o) { append_cell(o, name(r.status)); }, true},
    SweepColumn{"dcp", [](Row r, Out o) { append_cell(o, deployment(r).dcp); }, false, true},
    SweepColumn{"reason", [](Row r, Out o) { append_cell(o, r.reason); }, true},
    SweepColumn{"tpot_ms",
                [](Row r, Out o) { speed_cell(r, o, [&](const StepTime&) { return r.felt.tpot.in(units::ms); }); }},
    SweepColumn{"ttft_ms",
                [](Row r, Out o) {
                  if (r.step && std::isfinite(r.felt.ttft.in(units::ms))) append_cell(o, r.felt.ttft.in(units::ms));
                }},
    SweepColumn{"prefill_replicas", [](Row r, Out o) { append_cell(o, deployment(r).prefill); }, false, true},
    SweepColumn{"prefix_hit", [](Row r, Out o) { append_cell(o, r.prefix_hit); }},
    SweepColumn{"draft_tokens", [](Row r, Out o) { append_cell(o, r.config->scenario.speculation.draft_tokens); },
                false, true},
    SweepColumn{"acceptance", [](Row r, Out o) { append_cell(o, r.config->scenario.speculation.acceptance); }, false,
                true},
    SweepColumn{"requests_s", [](Row r, Out o) { append_cell(o, r.requests_s); }},
    SweepColumn{"max_requests_s", [](Row r, Out o) { append_cell(o, r.most_requests_s); }},
};

}  // namespace

std::string_view name(PointStatus status) {
  switch (status) {
    case PointStatus::ok:
      return "ok";
    case PointStatus::oom:
      return "oom";
    case PointStatus::unsupported:
      return "unsupported";
    case PointStatus::slo:
      return "slo";
  }
  return "";
}

SweepConfig named_config(const Scenario& scenario) {
  return {.scenario = scenario,
          .attention = attention_label(scenario.model),
          .weight_dtype = weight_label(scenario.model),
          .kv_per_token = kv_bytes_per_token(scenario.model, scenario.kv)};
}

SweepConfig sweep_config(const Scenario& scenario) {
  SweepConfig c = named_config(scenario);
  if (const auto errors = deployment_errors(scenario.model, scenario.deployment); !errors.empty()) {
    c.unsupported = fmt::format("{} {}", errors.front().where, errors.front().what);
    return c;
  }
  c.compiled = compile(scenario);
  for (const auto& s : c.compiled.stages) c.weights_per_gpu = std::max(c.weights_per_gpu, s.budget.weights);
  return c;
}

LengthFigures length_figures(const SweepConfig& config, const Workload& w) {
  const CompiledScenario& c = config.compiled;
  const double context = w.full_length();
  const StageMemory& tight = tightest_stage(c, context);
  return {.max_batch_memory = std::min(max_sequences(c, context), 1e9),
          .tightest = &tight,
          .kv_per_sequence = allocated_per_sequence(tight.layout, context),
          .prefill = prefill_time(c.plan, c.roofs, w.prompt(), c.chunk_tokens, w.cached(w.prompt())).time};
}

SweepRow sweep_row(const SweepConfig& config, const LengthFigures& figures, const Workload& w, std::size_t point) {
  SweepRow row{.point = point,
               .config = &config,
               .isl = w.isl,
               .osl = w.osl,
               .context = w.full_length(),
               .batch = static_cast<double>(w.batch.value_or(0)),
               .prefix_hit = w.prefix_hit,
               .requests_s = w.requests_s};
  if (!config.unsupported.empty()) {
    row.status = PointStatus::unsupported;
    row.reason = config.unsupported;
    return row;
  }
  row.max_batch_memory = figures.max_batch_memory;
  if (w.requests_s && row.max_batch_memory >= 1) {
    const ArrivalState arrivals = arrival_state(config.compiled, config.compiled.roofs, w);
    row.batch = shown_batch(arrivals);
    row.kv_per_gpu = row.batch * allocated_per_sequence(figures.tightest->layout, w.mean_length());
    add_speed(row, figures, w, arrivals);
    return row;
  }
  if (!w.batch) {
    const auto slo = slo_batch(w, config.compiled);
    row.batch = largest_batch(row.max_batch_memory, slo ? std::optional{slo->batch} : std::nullopt);
  }
  if (row.batch >= 1) row.kv_per_gpu = row.batch * figures.kv_per_sequence;
  if (row.batch < 1 || row.batch > row.max_batch_memory) {
    row.status = PointStatus::oom;
    row.reason = figures.tightest->budget.weights_fit() ? "the KV cache does not fit" : "the weights do not fit";
    return row;
  }
  add_speed(row, figures, w, {});
  return row;
}

SweepRow sweep_row(const SweepConfig& config, const Workload& w, std::size_t point) {
  const LengthFigures figures = config.unsupported.empty() ? length_figures(config, w) : LengthFigures{};
  return sweep_row(config, figures, w, point);
}

std::span<const SweepColumn> sweep_columns() {
  return kColumns;
}

std::string sweep_header() {
  std::string header;
  for (const auto& c : kColumns) {
    if (!header.empty()) header += ',';
    header += c.name;
  }
  return header + '\n';
}

std::vector<std::string> config_cells(const SweepConfig& config) {
  std::vector<std::string> cells(kColumns.size());
  const SweepRow row{.config = &config};
  for (std::size_t i = 0; i < kColumns.size(); ++i)
    if (kColumns[i].of_config) kColumns[i].write(row, cells[i]);
  return cells;
}

void append_csv(const SweepRow& row, std::string& out) {
  const auto& cells = row.config->cells;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    if (i > 0) out += ',';
    if (kColumns[i].of_config && !cells.empty())
      out += cells[i];
    else
      kColumns[i].write(row, out);
  }
  out += '\n';
}

}  // namespace roofcast
