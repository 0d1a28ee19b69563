#include "core/plan/plan_records.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/plan/plan_verdict.hpp"
#include "core/weights.hpp"

namespace roofcast {
namespace {

using Record = std::vector<RecordTable::Cell>;

RecordTable::Cell number(double value) {
  return number_cell(value, fmt::format("{}", value));
}
RecordTable::Cell number(const std::optional<double>& value) {
  return value ? number(*value) : no_cell();
}
RecordTable::Cell milliseconds(const std::optional<Seconds>& time) {
  return time ? number(time->in(units::ms)) : no_cell();
}

/// The inputs: what was looked at.
Record inputs(const Scenario& s, std::int64_t replicas) {
  const Deployment& d = s.deployment;
  return {text_cell(s.model.id),
          text_cell(hardware_id(s.device)),
          text_cell(s.engine.id),
          number(static_cast<double>(d.gpus() / replicas)),
          number(d.tp),
          number(d.pp),
          number(d.ep),
          number(static_cast<double>(d.dp / replicas)),
          text_cell(weight_label(s.model)),
          text_cell(s.kv.name),
          number(*s.workload.isl),
          number(*s.workload.osl)};
}

void append(Record& record, Record more) {
  std::ranges::move(more, std::back_inserter(record));
}

RecordTable::Cell flag(const std::optional<bool>& value) {
  return value ? text_cell(*value ? "yes" : "no") : no_cell();
}

Record plan_record(const Plan& p, std::size_t i) {
  const PlanRow& row = p.rows[i];
  Record r{number(static_cast<double>(i + 1))};
  append(r, inputs(row.scenario, row.replicas));
  append(r, {number(static_cast<double>(row.replicas)),
             number(row.spares),
             number(static_cast<double>(row.gpus())),
             number(row.in_flight),
             number(row.peak),
             number(row.limit.batch),
             text_cell(std::string(name(row.limit.binding))),
             milliseconds(row.times.ttft),
             milliseconds(row.times.ttft_range.low),
             milliseconds(row.times.ttft_range.high),
             milliseconds(row.times.tpot),
             milliseconds(row.times.tpot_range.low),
             milliseconds(row.times.tpot_range.high),
             number(row.requests_s),
             number(row.capacity_s),
             number(row.tokens_s),
             number(row.usd_hour),
             number(row.usd_mtok),
             number(row.watts),
             text_cell(std::string(name(row.grade))),
             flag(std::ranges::find(p.frontier, i) != p.frontier.end()),
             flag(row.holds_at_worst()),
             text_cell("ok"),
             no_cell()});
  const auto units = row.bought().units;
  append(r, {milliseconds(row.arriving ? std::optional{row.arriving->tpot} : std::nullopt),
             milliseconds(row.arriving ? std::optional{row.arriving->ttft} : std::nullopt),
             units > 0 ? number(static_cast<double>(units)) : no_cell(), number(static_cast<double>(row.used_gpus())),
             text_cell(std::string(name(row.scenario.overlap)))});
  return r;
}

Record failure_record(const Plan& p, const PlanFailure& f, const RecordTable& table) {
  Record r{no_cell()};
  append(r, inputs(f.scenario, 1));
  const auto status = std::ranges::find(table.fields, "status", &RecordTable::Field::key) - table.fields.begin();
  r.resize(static_cast<std::size_t>(status), no_cell());
  append(r, {text_cell(std::string(name(f.cause))), text_cell(failure_text(p.request, f))});
  r.resize(table.fields.size(), no_cell());
  return r;
}

}  // namespace

RecordTable plan_records(const Plan& p) {
  const auto word = [](std::string key) { return RecordTable::Field{.key = std::move(key), .number = false}; };
  const auto figure = [](std::string key) { return RecordTable::Field{.key = std::move(key)}; };
  RecordTable table{.fields = {figure("rank"),
                               word("model"),
                               word("hardware"),
                               word("engine"),
                               figure("replica_gpus"),
                               figure("tp"),
                               figure("pp"),
                               figure("ep"),
                               figure("dp"),
                               word("weight_dtype"),
                               word("kv_dtype"),
                               figure("isl_tokens"),
                               figure("osl_tokens"),
                               figure("replicas"),
                               figure("spares"),
                               figure("gpus"),
                               figure("in_flight"),
                               figure("batch"),
                               figure("max_batch"),
                               word("binding"),
                               figure("ttft_ms"),
                               figure("ttft_low_ms"),
                               figure("ttft_high_ms"),
                               figure("tpot_ms"),
                               figure("tpot_low_ms"),
                               figure("tpot_high_ms"),
                               figure("requests_s"),
                               figure("capacity_requests_s"),
                               figure("tokens_s"),
                               figure("usd_hour"),
                               figure("usd_mtok"),
                               figure("power_w"),
                               word("grade"),
                               word("frontier"),
                               word("holds_at_worst"),
                               word("status"),
                               word("reason"),
                               figure("arriving_tpot_ms"),
                               figure("arriving_ttft_ms"),
                               figure("units"),
                               figure("used_gpus"),
                               word("overlap")}};
  for (std::size_t i = 0; i < p.rows.size(); ++i) table.records.push_back(plan_record(p, i));
  for (const auto& f : p.failures) table.records.push_back(failure_record(p, f, table));
  return table;
}

}  // namespace roofcast
