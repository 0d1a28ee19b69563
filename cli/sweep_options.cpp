#include "cli/sweep_options.hpp"

#include <sstream>

#include <fmt/format.h>

#include "cli/calibration_option.hpp"
#include "cli/keep_option.hpp"
#include "cli/shard_option.hpp"
#include "cli/workload_options.hpp"
#include "core/csv.hpp"
#include "hwmodels/csv_record.hpp"

namespace roofcast::cli {
namespace {

constexpr const char* kModels = "models";

/// The cells of one CSV line: names of models may hold commas.
std::vector<std::string> cells(std::string_view line) {
  CsvRecord record;
  for (const char c : line) static_cast<void>(record.take(c));
  static_cast<void>(record.finish());
  return record.texts();
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

}  // namespace

std::vector<Option> sweep_axis_options() {
  const std::string axes = "Axes (values: 1,2,4  1..256:x2  512..4096:512  1..1000:#4log  128Ki)";
  return {
      {.name = "hardware",
       .placeholder = "NAMES",
       .help = "devices: preset names or profile files; needed, as MODEL is, unless --rerun is given",
       .completion = Completion::hardware,
       .group = axes},
      {.name = "attention",
       .placeholder = "LIST",
       .help = "mha, mqa, gqa:N, mla:L+R or own (the model's)",
       .default_text = "own",
       .group = axes},
      {.name = "context",
       .placeholder = "TOKENS",
       .help = "tokens that each sequence holds",
       .aliases = {"max-model-len"},
       .group = axes},
      {.name = "isl",
       .placeholder = "TOKENS",
       .help = "prompt lengths, instead of --context; or one law for all points: lognormal:mean=TOKENS,sigma=S",
       .group = axes},
      {.name = "osl",
       .placeholder = "TOKENS",
       .help = "answer lengths, with --isl, or one law likewise",
       .group = axes},
      {.name = "batch",
       .placeholder = "COUNTS",
       .help = "sequences per replica; left out: as many as fit and keep the SLOs",
       .aliases = {"max-num-seqs"},
       .group = axes},
      {.name = "tp",
       .placeholder = "COUNTS",
       .help = "tensor parallel ranks",
       .default_text = "1",
       .aliases = {"tensor-parallel-size"},
       .group = axes},
      {.name = "pp",
       .placeholder = "COUNTS",
       .help = "pipeline stages",
       .default_text = "1",
       .aliases = {"pipeline-parallel-size"},
       .group = axes},
      {.name = "ep", .placeholder = "COUNTS", .help = "expert parallel ranks", .default_text = "1", .group = axes},
      {.name = "dp",
       .placeholder = "COUNTS",
       .help = "replicas",
       .default_text = "1",
       .aliases = {"data-parallel-size"},
       .group = axes},
      {.name = "dcp",
       .placeholder = "COUNTS",
       .help = "decode context parallel ranks",
       .default_text = "1",
       .aliases = {"decode-context-parallel-size"},
       .group = axes},
      {.name = "gpus",
       .placeholder = "COUNTS",
       .help = "all devices: replicas = gpus / (tp pp), instead of --dp",
       .group = axes},
      {.name = "attention-dp",
       .placeholder = "COUNTS",
       .help =
           "attention data parallelism: the tp ranks as so many replicas that share the experts; columns tp, dp and "
           "ep show what becomes of them",
       .default_text = "1",
       .group = axes},
      {.name = "disaggregate",
       .placeholder = "P:D,...",
       .help = "P replicas read prompts, D others decode, instead of --dp, e.g. 1:1,1:3",
       .group = axes},
      {.name = "engine",
       .placeholder = "NAMES",
       .help = "inference engines",
       .default_text = "vllm",
       .completion = Completion::engine,
       .group = axes},
      {.name = "weight-dtype",
       .placeholder = "NAMES",
       .help = "weight formats; left out: the checkpoint's",
       .group = axes},
      {.name = "kv-dtype",
       .placeholder = "NAMES",
       .help = "KV cache formats; left out: the model's type",
       .aliases = {"kv-cache-dtype"},
       .group = axes},
      {.name = "prefix-hit",
       .placeholder = "SHARES",
       .help = "of each prompt, found in the prefix cache",
       .group = axes},
      {.name = "rps",
       .placeholder = "RATES",
       .help = "requests per second at the whole deployment; --batch is then the most that decode",
       .aliases = {"request-rate"},
       .group = axes},
      {.name = "draft-tokens",
       .placeholder = "COUNTS",
       .help = "speculative decoding: drafts that one step verifies",
       .aliases = {"num-speculative-tokens"},
       .group = axes},
      {.name = "acceptance", .placeholder = "SHARES", .help = "probability that a draft is right", .group = axes},
      {.name = "zip",
       .placeholder = "A,B=a:b,...",
       .help = "pair values instead of multiplying, e.g. isl,osl=1024:128,8192:1024",
       .repeatable = true,
       .group = axes},
      {.name = "where", .placeholder = "EXPR", .help = "keep points, e.g. 'tp*pp<=8 && batch>=4'", .group = axes},
      {.name = "memory-utilization",
       .placeholder = "FRACTION",
       .help = "share of device memory; left out: the engine's",
       .aliases = {"gpu-memory-utilization"},
       .group = "The same for all points"},
      {.name = "memory",
       .placeholder = "BYTES",
       .help = "device memory, e.g. 256GiB (CPUs need it)",
       .group = "The same for all points"},
      {.name = "block-size",
       .placeholder = "TOKENS",
       .help = "tokens of a KV block",
       .group = "The same for all points"},
      {.name = "max-batched-tokens",
       .placeholder = "TOKENS",
       .help = "prompt tokens of one step",
       .aliases = {"max-num-batched-tokens"},
       .group = "The same for all points"},
      {.name = "tpot",
       .placeholder = "TIME",
       .help = "slower points get status slo",
       .group = "The same for all points"},
      {.name = "ttft",
       .placeholder = "TIME",
       .help = "slower points get status slo",
       .group = "The same for all points"},
      {.name = "price",
       .placeholder = "USD|FILE",
       .help = "per device and hour, or a CSV or JSON of device prices; left out: list prices",
       .completion = Completion::file,
       .group = "The same for all points"},
      {.name = "isl-histogram",
       .placeholder = "FILE",
       .help = "prompt lengths as they were counted, instead of --isl: a CSV with the columns tokens,count",
       .completion = Completion::file,
       .group = "The same for all points"},
      {.name = "osl-histogram",
       .placeholder = "FILE",
       .help = "answer lengths, likewise",
       .completion = Completion::file,
       .group = "The same for all points"},
      {.name = "draft-model",
       .placeholder = "MODEL",
       .help = "who makes the drafts; left out: the MTP layer, else look-ups that cost nothing",
       .completion = Completion::model,
       .group = "The same for all points"},
      {.name = "expert-imbalance",
       .placeholder = "FACTOR",
       .help = "tokens of the busiest expert rank over the mean, or 'random'",
       .default_text = "1",
       .group = "The same for all points"},
      overlap_option("The same for all points"),
      calibration_option("The same for all points"),
  };
}

std::string sweep_output(const ParsedOptions& options, const SweepSelection& selection) {
  const std::string path = options.text("output");
  return options.text("shard") == "auto" ? shard_file(path, {.shard = selection.shard, .shards = selection.shards})
                                         : path;
}

std::map<std::string, std::string> resolved_arguments(const ParsedOptions& options) {
  std::map<std::string, std::string> arguments;
  for (const auto& option : joined({sweep_axis_options(), keep_options()})) {
    std::string text;
    if (option.repeatable) {
      for (const auto& t : options.texts(option.name)) text += (text.empty() ? "" : " ") + t;
    } else {
      text = options.text(option.name);
    }
    if (!text.empty()) arguments[option.name] = text;
  }
  if (arguments["keep"] == kKeepAll) arguments.erase("per");
  auto& models = arguments[kModels];
  for (const auto& m : options.words("MODEL")) {
    if (!models.empty()) models += ',';
    append_cell(models, std::string_view(m));
  }
  return arguments;
}

Result<ParsedOptions> told_options(const ParsedOptions& beside, const SweepRequest& request, const std::string& file) {
  ParsedOptions told = beside;
  Errors errors;
  for (const auto& [name, text] : request.arguments) {
    if (name == kModels) {
      told.arguments["MODEL"] = cells(text);
      continue;
    }
    const Option* option = find_option(told.table, name);
    if (option == nullptr)
      errors.push_back({fmt::format("{}:/arguments/{}", file, name),
                        "is no option of this version's sweep",
                        {},
                        ErrorKind::unsupported});
    else if (text != option->default_text)
      told.options[name] = option->repeatable ? words(text) : std::vector{text};
  }
  if (request.shards > 1) told.options["shard"] = {fmt::format("{}/{}", request.shard, request.shards)};
  if (request.format == kJsonFormat) told.options["json"] = {""};
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return told;
}

}  // namespace roofcast::cli
