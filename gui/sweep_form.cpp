// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sweep_form.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "core/sweep_grid.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/request_terms.hpp"
#include "hwmodels/scenario_command.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::gui {
namespace {

void add(Errors& errors, const Errors& more) {
  errors.insert(errors.end(), more.begin(), more.end());
}

ValueList values(const char* flag, const std::string& text, ValueKind kind, Errors& errors) {
  auto list = parse_values(flag, text, kind);
  if (list) return std::move(*list);
  add(errors, list.error());
  return {};
}

std::vector<std::string> words(const char* flag, const std::string& text, Errors& errors) {
  if (text.empty()) return {};
  auto list = parse_words(flag, text);
  if (list) return std::move(*list);
  add(errors, list.error());
  return {};
}

/// What a sweep takes of a scenario beside its axes, as `roofcast sweep` does.
ScenarioDocument swept(const SweepForm& form, ScenarioDocument d) {
  d.batch.reset();
  if (d.gpus) d.dp.reset();                          // it follows from them
  if (!form.attention.empty()) d.attention.reset();  // the axis overrides the model's own
  if (!form.context.empty())
    for (const auto field :
         {&ScenarioDocument::context, &ScenarioDocument::isl, &ScenarioDocument::osl, &ScenarioDocument::isl_histogram,
          &ScenarioDocument::osl_histogram, &ScenarioDocument::prefix_hit, &ScenarioDocument::rps,
          &ScenarioDocument::disaggregate})  // pools read prompts and end answers
      (d.*field).reset();
  return d;
}

std::vector<Device> devices(const SweepForm& form, const ScenarioDocument& document, const Scenario& s,
                            const PresetRoots& roots, Errors& errors) {
  std::vector<Device> out;
  for (const auto& word : words("--hardware", form.hardware, errors)) {
    if (auto device = named_device(roots, word))
      out.push_back(with_memory(std::move(*device), document.memory ? s.device.memory : std::nullopt));
    else
      add(errors, device.error());
  }
  if (form.hardware.empty()) return {s.device};
  const auto terms = common_terms(document);
  if (!terms) return out;  // the scenario has said so
  auto at_prices = priced(std::move(out), *terms, roots);
  if (at_prices) return std::move(*at_prices);
  add(errors, at_prices.error());
  return {};
}

std::vector<std::optional<AttentionOverride>> attentions(const SweepForm& form, Errors& errors) {
  std::vector<std::optional<AttentionOverride>> out;
  for (const auto& word : words("--attention", form.attention, errors)) {
    if (auto choice = attention_choice(word))
      out.push_back(*choice);
    else
      add(errors, choice.error());
  }
  if (out.empty()) out.emplace_back(std::nullopt);
  return out;
}

LazyList<Layout> layouts(const SweepForm& form, const ScenarioDocument& document, const Deployment& d, Errors& errors) {
  const int groups = attention_groups(document);
  Layout own{.tp = d.tp * groups,
             .pp = d.pp,
             .dp = d.dp / groups,
             .dcp = d.dcp,
             .attention_dp = groups,
             .prefill = d.prefill / groups};
  if (document.ep) own.ep = d.ep;
  if (document.gpus) own.gpus = d.gpus();
  if (form.tp.empty()) return {own};
  const auto list = values("--tp", form.tp, ValueKind::count, errors);
  return {static_cast<std::size_t>(list.count()), [list, own](std::size_t i) {
            Layout layout = own;
            layout.tp = static_cast<int>(list.at(static_cast<std::int64_t>(i)));
            return layout;
          }};
}

LazyList<Lengths> lengths(const SweepForm& form, const Workload& w, Errors& errors) {
  if (form.context.empty())
    return {Lengths{
        .context = w.context, .isl = w.isl, .osl = w.osl, .prefix_hit = w.prefix_hit, .requests_s = w.requests_s}};
  const auto list = values("--context", form.context, ValueKind::tokens, errors);
  return {static_cast<std::size_t>(list.count()),
          [list](std::size_t i) { return Lengths{.context = list.at(static_cast<std::int64_t>(i))}; }};
}

}  // namespace

std::string sweep_command(const SweepForm& form, const ScenarioDocument& document) {
  ScenarioDocument d = swept(form, document);
  const auto take = [](ScenarioText& text, const std::string& axis) {
    if (!axis.empty()) text = axis;
  };
  take(d.hardware, form.hardware);
  take(d.attention, form.attention);
  take(d.context, form.context);
  take(d.batch, form.batch);
  take(d.tp, form.tp);
  return command_line(d, "sweep");
}

Result<SweepGrid> sweep_grid(const SweepForm& form, const ScenarioDocument& document, const PresetRoots& roots) {
  const ScenarioDocument base = swept(form, document);
  auto s = resolved(base, roots);
  if (!s) return std::unexpected(s.error());
  Errors errors;
  SweepGrid grid{.models = {s->model},
                 .attentions = attentions(form, errors),
                 .devices = devices(form, base, *s, roots, errors),
                 .engines = {s->engine},
                 .weight_formats = {std::nullopt},  // the model has them already
                 .kv_formats = {s->kv},
                 .layouts = layouts(form, base, s->deployment, errors),
                 .speculations = {s->speculation},
                 .lengths = lengths(form, s->workload, errors)};
  if (!form.batch.empty()) grid.batches = values("--batch", form.batch, ValueKind::count, errors);
  grid.base = std::move(*s);
  const bool listed = document.price && names_price_file(*document.price);
  if (listed && !form.hardware.empty()) grid.base.price_usd_hour.reset();  // each device has its own
  if (errors.empty()) add(errors, grid_errors(grid));
  if (errors.empty() && grid.points() > kMostSweepPoints)
    errors.push_back({"--batch", fmt::format("{} points are too many for a window", grid.points()),
                      "fewer values, or roofcast sweep -o FILE", ErrorKind::usage});
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return grid;
}

}  // namespace roofcast::gui
