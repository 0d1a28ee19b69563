#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/explain_report.hpp"
#include "cli/figure_format.hpp"
#include "cli/scenario_file_option.hpp"
#include "cli/scenario_options.hpp"
#include "cli/sweep_point.hpp"
#include "core/glossary.hpp"
#include "core/glossary_csv.hpp"
#include "hwmodels/glossary_json.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

/// Enough is given to put numbers into the term.
bool has_numbers(const Term& term, const ParsedOptions& options) {
  const bool length = options.given("context") || options.given("isl") || options.given("osl");
  const Needs& n = term.needs;
  return (!n.model || options.given("model")) && (!n.hardware || options.given("hardware")) && (!n.length || length);
}

/// Something of a scenario is given: then the rest of what the term needs must be, too.
bool asks_for_numbers(const ParsedOptions& options) {
  return options.given("model") || options.given("hardware") || options.given("context") || options.given("isl");
}

void require_rest(OptionReader& reader, const ParsedOptions& options, const Term& term) {
  const auto missing = [&](const char* flag, const char* example) {
    reader.add_usage_error(flag, fmt::format("missing: {} needs it", term.name), example);
  };
  if (term.needs.model && !options.given("model")) missing("--model", "e.g. --model llama-3.1-8b");
  if (term.needs.hardware && !options.given("hardware")) missing("--hardware", "e.g. --hardware h100-sxm");
  if (term.needs.length && !options.given("context") && !options.given("isl"))
    missing("--context", "or --isl and --osl");
}

/// The scenario as far as flags or a sweep's row describe it. Problems go to the reader.
std::optional<Scenario> scenario(OptionReader& reader, const ParsedOptions& options, const std::optional<CsvRow>& row) {
  const PresetRoots roots = default_preset_roots();
  const auto document = scenario_document(options);
  const auto terms = reader.take(scenario_terms(document, roots)).value_or(ScenarioTerms{});
  reader.add_notes(scenario_notes(document));
  if (row)
    return reader.take(
        scenario_of(*row, terms, roots, {.model = options.text("model"), .hardware = options.text("hardware")}));
  ModelSpec model;
  Device device;
  if (options.given("model")) model = reader.take(named_model(roots, options.text("model"))).value_or(ModelSpec{});
  if (options.given("hardware")) device = reader.take(named_device(roots, options.text("hardware"))).value_or(Device{});
  if (options.given("hardware")) reader.add(overlooked_prices({device}, terms.prices, roots));
  const auto attentions = attention_choices(reader);
  if (!reader.errors().empty()) return {};
  return reader.take(scenario_of(terms, std::move(model), std::move(device),
                                 options.given("model") ? attentions.front() : std::nullopt));
}

Exit print_term(const Term& term, const std::optional<Explanation>& x, FigureFormat format, Io io) {
  io.out << (format == FigureFormat::json  ? term_json(term, x)
             : format == FigureFormat::csv ? glossary_csv_header() + term_csv(term, x)
                                           : term_text(term, x, io.terminal));
  return Exit::ok;
}

Exit explain_point(const CsvRow& row, const Scenario& s, const ParsedOptions& options, FigureFormat format, Io io) {
  const auto word = options.word("TERM");
  const auto term = find_term(word.empty() ? "step_ms" : word);
  if (!term) return report(term.error(), io);
  const auto x = explanation(*term, s);
  if (!x) return report(x.error(), io);
  const Exit done = print_term(*term, *x, format, io);
  const auto found = differences(row, s);
  (format == FigureFormat::text ? io.out : io.err) << point_text(row, found, io.terminal);
  return found.empty() ? done : Exit::no;
}

}  // namespace

OptionTable explain_table() {
  return {.description =
              "Explains a figure: its formula, the numbers of a scenario put in, and the source. Without TERM it "
              "lists the terms; with --point it explains a row of a sweep and computes it again.",
          .arguments = {{.name = "TERM", .help = "name of a figure, e.g. kv_bytes_per_token", .required = false}},
          .options = joined({{{.name = "model",
                               .placeholder = "MODEL",
                               .help = "preset name, or path of a config.json, GGUF or Roofcast JSON",
                               .completion = Completion::model,
                               .group = "Model"},
                              {.name = "point",
                               .placeholder = "FILE:ROW",
                               .help = "take the scenario from a sweep's CSV; row 1 is the first below the header",
                               .completion = Completion::file,
                               .group = "Model"}},
                             scenario_options(),
                             figure_options()}),
          .examples = {"roofcast explain kv_bytes_per_token --model llama-3.1-8b",
                       "roofcast explain step_ms --model llama-3.1-8b --hardware h100-sxm --context 32Ki --batch 8",
                       "roofcast explain --point out.csv:12"},
          .closing = "Exit code 1: a row of --point gives other figures when it is computed again."};
}

Exit run_explain(const ParsedOptions& written, Io io) {
  const auto whole = with_scenario(written);
  if (!whole) return report(whole.error(), io);
  const ParsedOptions& options = *whole;
  OptionReader reader{options};
  const auto word = options.word("TERM");
  const FigureFormat format = figure_format(reader, options);
  if (word.empty() && !options.given("point")) {
    if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
    io.out << (format == FigureFormat::json  ? glossary_json()
               : format == FigureFormat::csv ? glossary_csv()
                                             : glossary_text(io.terminal));
    return Exit::ok;
  }
  std::optional<CsvRow> row;
  if (options.given("point")) row = reader.take(named_point(options.text("point")));
  const auto term = word.empty() ? std::nullopt : reader.take(find_term(word));
  if (term && !row && !options.given("point") && asks_for_numbers(options)) require_rest(reader, options, *term);
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  if (!row && !has_numbers(*term, options)) return print_term(*term, {}, format, io);

  const auto s = scenario(reader, options, row);
  if (!reader.errors().empty()) return report(placed(reader.errors(), options), io);
  reader.print_notes(io);
  if (row) return explain_point(*row, *s, options, format, io);
  const auto x = explanation(*term, *s);
  return x ? print_term(*term, *x, format, io) : report(x.error(), io);
}

}  // namespace roofcast::cli
