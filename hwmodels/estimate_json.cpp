#include "hwmodels/estimate_json.hpp"

#include <cmath>

#include "core/attention_override.hpp"
#include "core/batch_limits.hpp"
#include "core/comparison_rows.hpp"
#include "hwmodels/object_reader.hpp"

namespace roofcast {
namespace {

constexpr int kEstimateVersion = 1;

Json bytes(Bytes b) {
  return number_or_null(b.in(units::byte));
}
/// `t` as wide as `range` is around `of`.
TimeRange alike(const TimeRange& range, Seconds of, Seconds t) {
  TimeRange r{.low = range.low / of * t};
  if (range.high) r.high = *range.high / of * t;
  return r;
}

Json model(const Estimate& e) {
  const ModelSpec& m = e.scenario.model;
  return {{"id", m.id},
          {"name", m.name},
          {"attention", attention_label(m)},
          {"layers", m.layer_count()},
          {"parameters", number_or_null(e.parameters.total)},
          {"active_parameters", number_or_null(e.parameters.active)},
          {"weights_bytes", bytes(e.weights_total)},
          {"weights_exact", e.weights_exact},
          {"dtype", m.dtype},
          {"kv_dtype", e.scenario.kv.name},
          {"max_context_tokens", m.max_context > 0 ? Json(m.max_context) : Json(nullptr)}};
}

Json system(const Device& d) {
  if (!d.system) return nullptr;
  const System& s = *d.system;
  return {{"id", s.id},
          {"name", s.name},
          {"devices", s.devices},
          {"network_bytes_s",
           s.network > BytesPerSecond{} ? number_or_null(s.network.in(units::byte / units::s)) : Json(nullptr)},
          {"network_latency_us", number_or_null(s.network_latency.in(units::us))}};
}

Json hardware(const Device& d) {
  Json peaks = Json::object();
  const auto peak = [&](const char* name, const std::optional<FlopsPerSecond>& rate) {
    peaks[name] = rate ? number_or_null(rate->in(units::flop / units::s)) : Json(nullptr);
  };
  peak("fp32", d.peaks.fp32);
  peak("bf16", d.peaks.bf16);
  peak("fp8", d.peaks.fp8);
  peak("int8", d.peaks.int8);
  peak("fp4", d.peaks.fp4);
  return {{"id", d.id},
          {"name", d.name},
          {"memory_bytes", d.memory ? bytes(*d.memory) : Json(nullptr)},
          {"memory_estimated", d.memory_source == MemorySource::estimated},
          {"memory_source", name(d.memory_source)},
          {"bandwidth_bytes_s", number_or_null(d.bandwidth.in(units::byte / units::s))},
          {"peak_flop_s", peaks},
          {"link_bytes_s", number_or_null(d.link.in(units::byte / units::s))},
          {"system", system(d)}};
}

Json speculation(const Speculation& s) {
  if (s.draft_tokens == 0) return nullptr;
  return {{"draft_tokens", s.draft_tokens},
          {"acceptance", number_or_null(s.acceptance)},
          {"tokens_per_step", number_or_null(tokens_per_step(s))},
          {"draft_model", s.draft_model ? Json(s.draft_model->id) : Json(nullptr)}};
}

Json lengths(const std::optional<LengthDistribution>& d) {
  if (!d) return nullptr;
  return {{"distribution", d->text},
          {"mean_tokens", number_or_null(d->mean())},
          {"p90_tokens", number_or_null(d->quantile(0.9))},
          {"variation", number_or_null(d->variation())}};
}

Json deployment(const Estimate& e) {
  const Deployment& d = e.scenario.deployment;
  const Engine& engine = e.scenario.engine;
  return {
      {"engine", engine.id},
      {"engine_version", engine.version},
      {"gpus", d.gpus()},
      {"tp", d.tp},
      {"pp", d.pp},
      {"ep", d.ep},
      {"dp", d.dp},
      {"dcp", d.dcp},
      {"memory_utilization", number_or_null(e.memory.utilization)},
      {"max_batched_tokens", batch_limits(e.scenario).batched_tokens},
      {"prefill_replicas", d.prefill},
      {"expert_imbalance", e.scenario.routing.drawn ? Json("random") : number_or_null(e.scenario.routing.imbalance)},
      {"speculation", speculation(e.scenario.speculation)},
      {"overlap", name(e.scenario.overlap)}};
}

Json workload(const Estimate& e) {
  const Workload& w = e.scenario.workload;
  return {{"context_tokens", number_or_null(w.context)},
          {"isl_tokens", number_or_null(w.isl)},
          {"osl_tokens", number_or_null(w.osl)},
          {"full_length_tokens", number_or_null(w.full_length())},
          {"mean_length_tokens", number_or_null(w.mean_length())},
          {"step_context_tokens", number_or_null(w.step_context())},
          {"batch", number_or_null(e.batch)},
          {"batch_is_maximum", e.batch_is_maximum},
          {"tpot_slo_ms", milliseconds_or_null(w.tpot_slo)},
          {"ttft_slo_ms", milliseconds_or_null(w.ttft_slo)},
          {"isl_lengths", lengths(w.isl_lengths)},
          {"osl_lengths", lengths(w.osl_lengths)},
          {"prefix_hit", number_or_null(w.prefix_hit)},
          {"requests_s", number_or_null(w.requests_s)}};
}

Json memory(const Estimate& e) {
  const MemoryBudget& m = e.memory;
  const CacheFigures& c = e.cache;
  return {{"capacity_bytes", bytes(m.capacity)},
          {"usable_bytes", bytes(m.usable)},
          {"weights_bytes_per_gpu", bytes(m.weights)},
          {"overhead_bytes_per_gpu", bytes(m.overhead)},
          {"kv_pool_bytes_per_gpu", bytes(m.kv_pool)},
          {"kv_bytes_per_token", bytes(c.per_token)},
          {"kv_bytes_per_token_per_gpu", bytes(c.per_token_per_gpu)},
          {"kv_bytes_per_sequence", bytes(c.per_sequence)},
          {"kv_bytes_allocated_per_sequence", bytes(c.allocated_per_sequence)},
          {"state_bytes_per_sequence", bytes(c.state_per_sequence)},
          {"kv_pool_tokens", number_or_null(c.pool_tokens)},
          {"block_size_tokens", number_or_null(c.block_tokens)},
          {"kv_blocks", number_or_null(c.blocks)},
          {"kv_bytes_used", bytes(c.used)},
          {"fits", e.fits},
          {"kv_bytes_allocated_per_sequence_per_gpu", bytes(c.allocated_per_sequence_per_gpu)},
          {"kv_layout", c.layout},
          {"context_bytes", bytes(m.context)},
          {"activation_bytes", bytes(m.activations)},
          {"collective_bytes", bytes(m.collectives)},
          {"graph_bytes", bytes(m.graphs)},
          {"draft_bytes", bytes(m.draft)}};
}

Json limits(const Estimate& e) {
  const Limits& l = e.limits;
  return {{"max_batch_memory", number_or_null(l.max_batch_memory)},
          {"max_batch_slo", number_or_null(l.max_batch_slo)},
          {"max_batch", number_or_null(l.max_batch)},
          {"binding", name(l.binding)},
          {"max_context_tokens", number_or_null(l.max_context)},
          {"max_concurrency_full_length", number_or_null(l.concurrency_full)},
          {"max_concurrency_mean_length", number_or_null(l.concurrency_mean)},
          {"max_batch_mean_length", number_or_null(l.max_batch_mean)},
          {"ridge_batch", number_or_null(l.ridge_batch)},
          {"meets_slo", e.meets_slos},
          {"max_sequences_engine", number_or_null(l.max_sequences_engine)}};
}

Json operators(const Estimate& e) {
  Json list = Json::array();
  for (const auto& p : e.decode->parts) {
    const auto [low, high] = alike(e.step_range, e.rates.step, p.timed.time);
    const Cost cost = p.traffic.cost();
    list.push_back({{"name", p.name},
                    {"count", number_or_null(p.count)},
                    {"flops", number_or_null(p.traffic.flops)},
                    {"weight_bytes", number_or_null(p.traffic.weights)},
                    {"kv_bytes", number_or_null(p.traffic.cache)},
                    {"activation_bytes", number_or_null(p.traffic.activations)},
                    {"network_bytes", number_or_null(p.traffic.network)},
                    {"time_ms", milliseconds_or_null(p.timed.time)},
                    {"low_ms", milliseconds_or_null(low)},
                    {"high_ms", milliseconds_or_null(high)},
                    {"bound", name(p.timed.bound)},
                    {"grade", name(e.grade)},
                    {"intensity_flop_byte", number_or_null(intensity(cost).in(units::flop / units::byte))}});
  }
  return list;
}

/// Tokens per second of a user who waits `tpot` for each.
Json rate_at(const std::optional<Seconds>& tpot) {
  return tpot ? number_or_null(units::s / *tpot) : Json(nullptr);
}

Json decode(const Estimate& e) {
  if (!e.decode) return nullptr;
  const Cost cost = e.decode->cost();
  return {{"step_ms", milliseconds_or_null(e.rates.step)},
          {"step_low_ms", milliseconds_or_null(e.step_range.low)},
          {"step_high_ms", milliseconds_or_null(e.step_range.high)},
          {"tokens_s_user", number_or_null(e.rates.tokens_s_user)},
          {"tokens_s", number_or_null(e.rates.tokens_s)},
          {"tokens_s_gpu", number_or_null(e.rates.tokens_s_gpu)},
          {"flops", number_or_null(cost.flops.in(units::flop))},
          {"bytes", number_or_null(cost.bytes.in(units::byte))},
          {"intensity_flop_byte", number_or_null(intensity(cost).in(units::flop / units::byte))},
          {"bound", name(e.decode->bound())},
          {"ops", operators(e)},
          {"sensitivity",
           {{"bandwidth", number_or_null(e.sensitivity.bandwidth)},
            {"compute", number_or_null(e.sensitivity.compute)},
            {"link", number_or_null(e.sensitivity.link)}}},
          {"tokens_s_user_low", rate_at(e.rates.tpot_range.high)},
          {"tokens_s_user_high", rate_at(e.rates.tpot_range.low)}};
}

Json prefill(const Estimate& e) {
  if (!e.prefill) return nullptr;
  const Cost cost = e.prefill->cost();
  return {{"ttft_ms", milliseconds_or_null(e.prefill->time())},
          {"ttft_low_ms", milliseconds_or_null(e.first_token_range.low)},
          {"ttft_high_ms", milliseconds_or_null(e.first_token_range.high)},
          {"tokens_s", number_or_null(e.prefill_tokens_s)},
          {"flops", number_or_null(cost.flops.in(units::flop))},
          {"bytes", number_or_null(cost.bytes.in(units::byte))},
          {"bound", name(e.prefill->bound())}};
}

Json serving(const Estimate& e) {
  if (!e.serving) return nullptr;
  return {{"in_flight", number_or_null(e.serving->in_flight)},
          {"tpot_ms", milliseconds_or_null(e.serving->tpot)},
          {"tpot_low_ms", milliseconds_or_null(e.serving->tpot_range.low)},
          {"tpot_high_ms", milliseconds_or_null(e.serving->tpot_range.high)},
          {"ttft_ms", milliseconds_or_null(e.serving->ttft)},
          {"ttft_low_ms", milliseconds_or_null(e.serving->ttft_range.low)},
          {"ttft_high_ms", milliseconds_or_null(e.serving->ttft_range.high)}};
}

Json arrivals(const Estimate& e) {
  if (!e.arrivals) return nullptr;
  const ArrivalState& a = *e.arrivals;
  return {{"requests_s", number_or_null(a.requests_s)},      {"max_requests_s", number_or_null(a.most_requests_s)},
          {"utilisation", number_or_null(a.utilisation())},  {"overloaded", a.overloaded()},
          {"in_flight", number_or_null(a.in_flight)},        {"max_in_flight", number_or_null(a.most_in_flight)},
          {"tpot_ms", milliseconds_or_null(a.tpot)},         {"ttft_ms", milliseconds_or_null(a.ttft)},
          {"ttft_p90_ms", milliseconds_or_null(a.ttft_p90)}, {"ttft_p99_ms", milliseconds_or_null(a.ttft_p99)},
          {"queueing_ms", milliseconds_or_null(a.queueing)}, {"place_ms", milliseconds_or_null(a.place)},
          {"transfer_ms", milliseconds_or_null(a.transfer)}};
}

Json whole(const Estimate& e) {
  return {{"schema_version", kEstimateVersion},
          {"model", model(e)},
          {"hardware", hardware(e.scenario.device)},
          {"deployment", deployment(e)},
          {"workload", workload(e)},
          {"grade", name(e.grade)},
          {"memory", memory(e)},
          {"limits", limits(e)},
          {"decode", decode(e)},
          {"prefill", prefill(e)},
          {"serving", serving(e)},
          {"arrivals", arrivals(e)},
          {"cost", {{"usd_hour", number_or_null(e.usd_hour)}, {"usd_mtok_output", number_or_null(e.usd_mtok_output)}}},
          {"assumptions", e.assumptions}};
}

/// A figure as the row has it: a number, a word where it is one, or null.
Json cell(const ComparisonRow& row, std::size_t i) {
  if (row.unit != RowUnit::word) return number_or_null(row.values[i]);
  return row.words[i] == "-" ? Json(nullptr) : Json(row.words[i]);
}

Json comparison_column(const Comparison& c, const std::vector<ComparisonRow>& rows, std::size_t i) {
  const ComparisonColumn& column = c.columns[i];
  Json figures = Json::object(), changes = Json::object(), problems = Json::array();
  for (const auto& row : rows) {
    figures[row.key] = cell(row, i);
    if (row.unit != RowUnit::word) changes[row.key] = number_or_null(row.ratio(i));
  }
  for (const auto& e : column.problems) problems.push_back(e.where + ": " + e.what);
  return {{"label", column.label},
          {"own", column.own},
          {"problems", problems},
          {"kv_copies", number_or_null(column.at_maximum ? std::optional{column.copies} : std::nullopt)},
          {"figures", figures},
          {"ratio_to_first", changes},
          {"at_maximum", column.at_maximum ? whole(*column.at_maximum) : Json(nullptr)}};
}

}  // namespace

std::string estimate_json(const Estimate& e) {
  return json_text(whole(e));
}

std::string solution_json(const Solution& s) {
  Json json = whole(s.estimate);
  json["solved"] = {{"unknown", name(s.unknown)},
                    {"found", s.found},
                    {"value", s.found ? number_or_null(s.value) : Json(nullptr)},
                    {"answer", s.answer},
                    {"one_step_further", s.one_step.empty() ? Json(nullptr) : Json(s.one_step)},
                    {"why_not_further", s.beyond.empty() ? Json(nullptr) : Json(s.beyond)}};
  return json_text(json);
}

std::string comparison_json(const Comparison& c) {
  const auto rows = comparison_rows(c);
  Json columns = Json::array();
  for (std::size_t i = 0; i < c.columns.size(); ++i) columns.push_back(comparison_column(c, rows, i));
  return json_text({{"schema_version", kEstimateVersion},
                    {"common_batch", number_or_null(c.common_batch)},
                    {"users", number_or_null(c.users)},
                    {"columns", columns}});
}

}  // namespace roofcast
