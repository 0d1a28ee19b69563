#include "core/sweep_columns.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/csv.hpp"
#include "core/sweep_cells.hpp"

namespace roofcast {
namespace {

using Row = const SweepRow&;
using Word = std::string_view;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const Deployment& deployment(Row r) {
  return r.config->scenario.deployment;
}

constexpr std::array kColumns{
    SweepColumn{.name = "schema", .number = [](Row) -> double { return kSweepSchema; }, .of_config = true},
    SweepColumn{.name = "point", .number = [](Row r) { return static_cast<double>(r.point); }},
    SweepColumn{.name = "model",
                .word = [](Row r) { return Word{r.config->scenario.model.id}; },
                .of_config = true,
                .role = ColumnRole::question},
    SweepColumn{.name = "attention",
                .word = [](Row r) { return Word{r.config->attention}; },
                .of_config = true,
                .role = ColumnRole::question},
    SweepColumn{.name = "hardware",
                .word = [](Row r) { return Word{hardware_id(r.config->scenario.device)}; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "engine",
                .word = [](Row r) { return Word{r.config->scenario.engine.id}; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "gpus",
                .number = [](Row r) -> double {
                  return r.config->undivided_gpus ? *r.config->undivided_gpus
                                                  : static_cast<double>(deployment(r).gpus());
                },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "tp",
                .number = [](Row r) -> double { return deployment(r).tp; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "pp",
                .number = [](Row r) -> double { return deployment(r).pp; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "ep",
                .number = [](Row r) -> double { return deployment(r).ep; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "dp",
                .number = [](Row r) { return r.config->undivided_gpus ? kNone : deployment(r).dp; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "weight_dtype",
                .word = [](Row r) { return Word{r.config->weight_dtype}; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "kv_dtype",
                .word = [](Row r) { return Word{r.config->scenario.kv.name}; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{
        .name = "isl_tokens", .number = [](Row r) { return r.isl.value_or(kNone); }, .role = ColumnRole::question},
    SweepColumn{
        .name = "osl_tokens", .number = [](Row r) { return r.osl.value_or(kNone); }, .role = ColumnRole::question},
    SweepColumn{.name = "context_tokens", .number = [](Row r) { return r.context; }, .role = ColumnRole::question},
    SweepColumn{
        .name = "batch", .number = [](Row r) { return r.batch >= 1 ? r.batch : kNone; }, .role = ColumnRole::choice},
    SweepColumn{.name = "kv_bytes_per_token",
                .number = [](Row r) { return r.config->kv_per_token.in(units::byte); },
                .of_config = true},
    SweepColumn{.name = "kv_gib_per_gpu",
                .number = [](Row r) { return r.kv_per_gpu ? r.kv_per_gpu->in(units::GiB) : kNone; }},
    SweepColumn{
        .name = "weights_gib_per_gpu",
        .number =
            [](Row r) { return r.config->unsupported.empty() ? r.config->weights_per_gpu.in(units::GiB) : kNone; },
        .of_config = true},
    SweepColumn{.name = "max_batch_memory",
                .number = [](Row r) { return r.config->unsupported.empty() ? r.max_batch_memory : kNone; }},
    SweepColumn{.name = "prefill_ms", .number = [](Row r) { return r.prefill ? r.prefill->in(units::ms) : kNone; }},
    SweepColumn{.name = "step_ms", .number = [](Row r) { return r.step ? r.step->time.in(units::ms) : kNone; }},
    SweepColumn{.name = "step_low_ms",
                .number = [](Row r) { return r.step ? r.step_range.low.in(units::ms) : kNone; },
                .like = "step_ms"},
    SweepColumn{.name = "step_high_ms",
                .number = [](Row r) { return r.step && r.step_range.high ? r.step_range.high->in(units::ms) : kNone; }},
    SweepColumn{.name = "tokens_s_user", .number = [](Row r) { return r.step ? r.tokens_s_user : kNone; }},
    SweepColumn{
        .name = "tokens_s", .number = [](Row r) { return r.step ? r.tokens_s : kNone; }, .like = "tokens_s_user"},
    SweepColumn{
        .name = "tokens_s_gpu", .number = [](Row r) { return r.step ? r.tokens_s_gpu : kNone; }, .like = "tokens_s"},
    SweepColumn{.name = "flops_per_step",
                .number = [](Row r) { return r.step ? r.step->cost.flops.in(units::flop) : kNone; }},
    SweepColumn{.name = "bytes_per_step",
                .number = [](Row r) { return r.step ? r.step->cost.bytes.in(units::byte) : kNone; }},
    SweepColumn{.name = "intensity_flop_byte",
                .number = [](Row r) { return r.step ? intensity(r.step->cost).in(units::flop / units::byte) : kNone; }},
    SweepColumn{.name = "bound", .word = [](Row r) { return r.step ? name(r.step->bound) : Word{}; }},
    SweepColumn{.name = "grade", .word = [](Row r) { return r.step ? name(r.grade) : Word{}; }},
    SweepColumn{.name = "usd_mtok", .number = [](Row r) { return r.usd_mtok.value_or(kNone); }},
    SweepColumn{.name = "status", .word = [](Row r) { return name(r.status); }},
    SweepColumn{.name = "dcp",
                .number = [](Row r) -> double { return deployment(r).dcp; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "reason", .word = [](Row r) { return r.reason; }},
    SweepColumn{.name = "tpot_ms",
                .number = [](Row r) { return r.step ? r.felt.tpot.in(units::ms) : kNone; },
                .like = "step_ms"},
    SweepColumn{.name = "ttft_ms",
                .number =
                    [](Row r) {
                      const double ttft = r.felt.ttft.in(units::ms);
                      return r.step && std::isfinite(ttft) ? ttft : kNone;
                    },
                .like = "prefill_ms"},
    SweepColumn{.name = "prefill_replicas",
                .number = [](Row r) -> double { return deployment(r).prefill; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "prefix_hit", .number = [](Row r) { return r.prefix_hit; }, .role = ColumnRole::question},
    SweepColumn{.name = "draft_tokens",
                .number = [](Row r) -> double { return r.config->scenario.speculation.draft_tokens; },
                .of_config = true,
                .role = ColumnRole::choice},
    SweepColumn{.name = "acceptance",
                .number = [](Row r) { return r.config->scenario.speculation.acceptance; },
                .of_config = true,
                .role = ColumnRole::question},
    SweepColumn{.name = "requests_s",
                .number = [](Row r) { return r.requests_s.value_or(kNone); },
                .role = ColumnRole::question},
    SweepColumn{.name = "max_requests_s", .number = [](Row r) { return r.most_requests_s.value_or(kNone); }},
};

}  // namespace

void SweepColumn::write(const SweepRow& row, std::string& out) const {
  if (is_word())
    append_cell(out, word(row));
  else
    append_cell(out, number(row));
}

std::span<const SweepColumn> sweep_columns() {
  return kColumns;
}

std::vector<std::string> input_columns() {
  std::vector<std::string> names;
  for (const auto& c : kColumns)
    if (c.role != ColumnRole::outcome) names.emplace_back(c.name);
  return names;
}

std::string question_columns() {
  std::string names;
  for (const auto& c : kColumns)
    if (c.role == ColumnRole::question) names += fmt::format("{}{}", names.empty() ? "" : ",", c.name);
  return names;
}

std::string sweep_header() {
  std::string header;
  for (const auto& c : kColumns) {
    if (!header.empty()) header += ',';
    header += c.name;
  }
  return header + '\n';
}

void append_csv(const SweepRow& row, std::string& out) {
  if (row.cells != nullptr) {
    row.cells->append(row, out);
    return;
  }
  for (const auto& c : kColumns) {
    if (&c != &kColumns.front()) out += ',';
    c.write(row, out);
  }
  out += '\n';
}

}  // namespace roofcast
