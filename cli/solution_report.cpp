#include "cli/solution_report.hpp"

#include <array>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "cli/estimate_report.hpp"
#include "cli/ink.hpp"
#include "cli/report_section.hpp"

namespace roofcast::cli {
namespace {

constexpr std::array kUnknowns{Unknown::batch, Unknown::context, Unknown::gpus, Unknown::kv_heads,
                               Unknown::memory_bandwidth};

/// Flags that say what is asked for.
std::span<const std::string_view> flags_of(Unknown u) {
  static constexpr std::array<std::string_view, 1> kBatch{"batch"}, kHeads{"attention"};
  static constexpr std::array<std::string_view, 2> kContext{"context", "isl"};
  static constexpr std::array<std::string_view, 6> kGpus{"gpus", "tp", "pp", "ep", "dp", "dcp"};
  switch (u) {
    case Unknown::batch:
      return kBatch;
    case Unknown::context:
      return kContext;
    case Unknown::gpus:
      return kGpus;
    case Unknown::kv_heads:
      return kHeads;
    case Unknown::memory_bandwidth:
      break;
  }
  return {};
}

}  // namespace

Option solve_option() {
  Option o{.name = "solve",
           .placeholder = "WHAT",
           .help = "find this instead of taking it: the value with which the rest fits and keeps its SLOs",
           .group = "Question"};
  for (const Unknown u : kUnknowns) o.choices.emplace_back(name(u));
  return o;
}

std::optional<Unknown> asked_unknown(OptionReader& reader, const ParsedOptions& options) {
  if (!options.given("solve")) return {};
  const auto word = options.text("solve");
  for (const Unknown u : kUnknowns) {
    if (name(u) != word) continue;
    for (const auto flag : flags_of(u))
      if (options.given(flag))
        reader.add_usage_error(fmt::format("--{}", flag), fmt::format("is what --solve {} finds", word),
                               "leave it out");
    return u;
  }
  return {};  // not one of the choices: the parser has said so
}

std::string solution_report(const Solution& s, const LayoutSaid& said, const Terminal& terminal) {
  constexpr std::string_view kWord = "ANSWER";
  auto text = fmt::format("{}: {}{}.", kWord, s.found ? "" : "none, ", s.answer);
  if (!s.one_step.empty()) text += fmt::format(" With {}: {}.", s.one_step, s.beyond);
  const auto lines = paragraph(text, terminal.columns);
  const Ink ink{terminal.color};
  return (s.found ? ink.good(kWord) : ink.bad(kWord)) + lines.substr(kWord.size()) +
         estimate_report(s.estimate, remedies(s.estimate.scenario, said), terminal);
}

}  // namespace roofcast::cli
