#include "cli/workload_options.hpp"

#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "cli/named_inputs.hpp"
#include "hwmodels/length_histogram.hpp"

namespace roofcast::cli {
namespace {

constexpr double kMostTokens = 1e12;
constexpr std::string_view kRandom = "random";

/// One of --isl and --osl, with its histogram beside it.
void read_length(std::string_view flag, std::optional<double>& tokens, std::optional<LengthDistribution>& lengths,
                 OptionReader& reader, const ParsedOptions& options) {
  const std::string histogram = fmt::format("{}-histogram", flag), where = fmt::format("--{}", flag);
  if (options.given(histogram)) {
    if (options.given(flag)) reader.add_usage_error("--" + histogram, fmt::format("excludes {}", where));
    lengths = reader.take(load_length_histogram(options.text(histogram)));
  } else if (options.given(flag) && names_lengths(options.text(flag))) {
    lengths = reader.take(parse_lengths(where, options.text(flag)));
  } else if (const auto whole = reader.tokens(flag, {.min = 1, .max = kMostTokens})) {
    tokens = static_cast<double>(*whole);
  }
  if (lengths) tokens = std::max(1.0, std::round(lengths->mean()));
}

/// "2:6" → two that read prompts, six that decode.
std::optional<std::pair<int, int>> pools(std::string_view text, OptionReader& reader) {
  const auto colon = text.find(':');
  const Bounds bounds{.min = 1, .max = kMostRanks};
  if (colon == text.npos) {
    reader.add_usage_error("--disaggregate", fmt::format("'{}': expected P:D", text),
                           "replicas that read prompts, and those that decode, e.g. 1:3");
    return {};
  }
  const auto prefill = reader.literal("--disaggregate", text.substr(0, colon), ValueKind::count, bounds);
  const auto decode = reader.literal("--disaggregate", text.substr(colon + 1), ValueKind::count, bounds);
  if (!prefill || !decode) return {};
  return std::pair{static_cast<int>(*prefill), static_cast<int>(*decode)};
}

}  // namespace

std::vector<Option> request_options() {
  return {{.name = "isl-histogram",
           .placeholder = "FILE",
           .help = "prompt lengths as they were counted: a CSV with the columns tokens,count",
           .completion = Completion::file,
           .group = "Workload"},
          {.name = "osl-histogram",
           .placeholder = "FILE",
           .help = "answer lengths, likewise",
           .completion = Completion::file,
           .group = "Workload"},
          {.name = "rps",
           .placeholder = "RATE",
           .help = "requests per second that arrive at the whole deployment; --batch is then the most that decode",
           .aliases = {"request-rate"},
           .group = "Workload"},
          {.name = "prefix-hit",
           .placeholder = "SHARE",
           .help = "of each prompt, found in the prefix cache, e.g. 60%",
           .default_text = "0",
           .group = "Workload"},
          {.name = "draft-tokens",
           .placeholder = "K",
           .help = "speculative decoding: drafts that one step verifies",
           .default_text = "0",
           .aliases = {"num-speculative-tokens"},
           .group = "Workload"},
          {.name = "acceptance",
           .placeholder = "SHARE",
           .help = "probability that a draft is right, given those before it are, e.g. 70%",
           .default_text = "0",
           .group = "Workload"},
          {.name = "draft-model",
           .placeholder = "MODEL",
           .help = "who makes the drafts; without it the model's MTP layer, else look-ups that cost nothing",
           .completion = Completion::model,
           .group = "Workload"}};
}

std::vector<Option> cooperation_options() {
  return {{.name = "attention-dp",
           .placeholder = "N",
           .help = "attention data parallelism: the tp ranks as N replicas that share the experts",
           .default_text = "1",
           .group = "Deployment"},
          {.name = "disaggregate",
           .placeholder = "P:D",
           .help = "P replicas read prompts, D others decode, instead of --dp",
           .group = "Deployment"},
          {.name = "expert-imbalance",
           .placeholder = "FACTOR",
           .help = "tokens of the busiest expert rank over the mean, or 'random': as uniform draws lead to",
           .default_text = "1",
           .group = "Deployment"}};
}

void read_lengths(Workload& w, OptionReader& reader, const ParsedOptions& options) {
  read_length("isl", w.isl, w.isl_lengths, reader, options);
  read_length("osl", w.osl, w.osl_lengths, reader, options);
}

void read_requests(Workload& w, OptionReader& reader) {
  w.prefix_hit = reader.fraction("prefix-hit").value_or(0);
  w.requests_s = reader.number("rps");
}

void read_draft_model(Speculation& s, OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots) {
  if (options.given("draft-model")) s.draft_model = reader.take(named_model(roots, options.text("draft-model")));
}

void read_speculation(Speculation& s, OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots) {
  s.draft_tokens = static_cast<int>(reader.count("draft-tokens", {.max = 64}).value_or(0));
  s.acceptance = reader.fraction("acceptance").value_or(0);
  read_draft_model(s, reader, options, roots);
  if (s.draft_tokens > 0) {
    if (!options.given("acceptance")) reader.add_usage_error("--acceptance", "missing", "e.g. --acceptance 70%");
    return;
  }
  for (const char* flag : {"acceptance", "draft-model"})
    if (options.given(flag))
      reader.add_usage_error(fmt::format("--{}", flag), "needs --draft-tokens", "e.g. --draft-tokens 3");
}

void read_routing(ExpertRouting& r, OptionReader& reader, const ParsedOptions& options) {
  r.drawn = options.text("expert-imbalance") == kRandom;
  if (!r.drawn) r.imbalance = reader.number("expert-imbalance", {.min = 1, .max = kMostRanks}).value_or(1);
}

void read_cooperation(Deployment& d, OptionReader& reader, const ParsedOptions& options) {
  const auto groups = static_cast<int>(reader.count("attention-dp", {.min = 1, .max = kMostRanks}).value_or(1));
  if (d.tp % groups != 0) {
    reader.add_usage_error("--attention-dp", fmt::format("{} does not divide --tp {}", groups, d.tp),
                           "every replica takes tp / N ranks");
  } else if (groups > 1) {
    if (!options.given("ep")) d.ep = d.tp;  // the experts stay spread over all of them
    d.tp /= groups;
    d.dp *= groups;
  }
  if (!options.given("disaggregate")) return;
  for (const char* flag : {"dp", "gpus"})
    if (options.given(flag)) reader.add_usage_error("--disaggregate", fmt::format("excludes --{}", flag));
  if (const auto both = pools(options.text("disaggregate"), reader)) {
    d.prefill = both->first * d.dp;
    d.dp = both->second * d.dp;
  }
}

}  // namespace roofcast::cli
