#include "cli/scenario_options.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/calibration_option.hpp"
#include "cli/scenario_file_option.hpp"
#include "cli/workload_options.hpp"
#include "core/number_format.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

template <class Formats>
std::vector<std::string> format_names(const Formats& formats) {
  std::vector<std::string> names{std::string(kCheckpointFormat)};
  std::ranges::transform(formats, std::back_inserter(names), [](const auto& f) { return f.name; });
  return names;
}

std::vector<Option> deployment_options(bool several) {
  return {
      {.name = "hardware",
       .placeholder = several ? "H[,H...]" : "H",
       .help = several ? "devices or systems side by side: names, 8xh100-sxm, or Roofcast JSON files"
                       : "device or system: a name, 8xh100-sxm, or a Roofcast JSON file",
       .completion = Completion::hardware,
       .group = "Deployment"},
      {.name = "gpus", .placeholder = "N", .help = "all devices: replicas are N / (tp x pp)", .group = "Deployment"},
      {.name = "tp",
       .placeholder = "N",
       .help = "tensor parallel ranks",
       .default_text = "1",
       .aliases = {"tensor-parallel-size"},
       .group = "Deployment"},
      {.name = "pp",
       .placeholder = "N",
       .help = "pipeline stages",
       .default_text = "1",
       .aliases = {"pipeline-parallel-size"},
       .group = "Deployment"},
      {.name = "ep",
       .placeholder = "N",
       .help = "ranks that experts are spread over",
       .default_text = "1",
       .group = "Deployment"},
      {.name = "dp", .placeholder = "N", .help = "replicas", .aliases = {"data-parallel-size"}, .group = "Deployment"},
      {.name = "dcp",
       .placeholder = "N",
       .help = "decode context parallelism: KV tokens over N ranks of the tp group",
       .default_text = "1",
       .aliases = {"decode-context-parallel-size"},
       .group = "Deployment"}};
}

std::vector<Option> workload_options() {
  return {
      {.name = "context",
       .placeholder = "TOKENS",
       .help = "length that every conversation may reach",
       .aliases = {"max-model-len"},
       .group = "Workload"},
      {.name = "isl",
       .placeholder = "TOKENS",
       .help = "prompt length, with --osl instead of --context; or lognormal:mean=TOKENS,sigma=S",
       .group = "Workload"},
      {.name = "osl", .placeholder = "TOKENS", .help = "answer length, or a law likewise", .group = "Workload"},
      {.name = "batch",
       .placeholder = "N",
       .help = "conversations decoded together by one replica; without it as many as fit",
       .aliases = {"max-num-seqs"},
       .group = "Workload"},
      {.name = "tpot", .placeholder = "TIME", .help = "longest time per output token, e.g. 50ms", .group = "Workload"},
      {.name = "ttft", .placeholder = "TIME", .help = "longest time to first token, e.g. 2s", .group = "Workload"}};
}

std::vector<Option> engine_options() {
  return {{.name = "engine",
           .placeholder = "NAME",
           .help = "whose memory rules hold",
           .default_text = std::string(kDefaultEngine),
           .completion = Completion::engine,
           .group = "Engine"},
          {.name = "memory-utilization",
           .placeholder = "FRACTION",
           .help = "share of the memory that the engine may fill; without it the engine's own",
           .aliases = {"gpu-memory-utilization"},
           .group = "Engine"},
          {.name = "block-size",
           .placeholder = "TOKENS",
           .help = "tokens of one KV block; without it the engine's own",
           .group = "Engine"},
          {.name = "max-batched-tokens",
           .placeholder = "TOKENS",
           .help = "prompt tokens of one step; sizes the activation peak",
           .aliases = {"max-num-batched-tokens"},
           .group = "Engine"},
          {.name = "memory",
           .placeholder = "SIZE",
           .help = "memory of one device, e.g. 256GiB; needed for CPUs",
           .group = "Engine"},
          {.name = "price",
           .placeholder = "USD|FILE",
           .help = "price of one device per hour, or a CSV or JSON of device prices; without it list prices",
           .completion = Completion::file,
           .group = "Engine"},
          calibration_option("Engine")};
}

std::vector<Option> model_options(bool several) {
  return {{.name = "attention",
           .placeholder = several ? "A[,A...]" : "A",
           .help = several ? "variants side by side: mha, mqa, gqa:N (N KV heads), mla:L+R (latent L, rope R), own"
                           : "what if the model had mha, mqa, gqa:N (N KV heads) or mla:L+R (latent L, rope R)",
           .default_text = std::string(kOwnAttention),
           .group = "Model"},
          {.name = "kv-dtype",
           .placeholder = several ? "TYPE[,TYPE...]" : "TYPE",
           .help = several ? "elements of the KV cache side by side" : "element of the KV cache",
           .default_text = std::string(kCheckpointFormat),
           .aliases = {"kv-cache-dtype"},
           .choices = several ? std::vector<std::string>{} : format_names(kv_formats()),
           .group = "Model"},
          {.name = "weight-dtype",
           .placeholder = several ? "TYPE[,TYPE...]" : "TYPE",
           .help = several ? "formats of attention, MLP and expert matrices side by side"
                           : "format of attention, MLP and expert matrices",
           .default_text = std::string(kCheckpointFormat),
           .choices = several ? std::vector<std::string>{} : format_names(weight_formats()),
           .group = "Model"}};
}

}  // namespace

std::vector<Option> scenario_options(Several several) {
  const bool lists = several == Several::yes;
  return joined({deployment_options(lists),
                 cooperation_options(),
                 workload_options(),
                 request_options(),
                 engine_options(),
                 model_options(lists),
                 {scenario_file_option()}});
}

ScenarioDocument scenario_document(const ParsedOptions& options) {
  ScenarioDocument document;
  for (const auto& field : scenario_fields())
    if (find_option(options.table, field.option) != nullptr && options.given(field.option))
      document.*field.text = options.text(field.option);
  if (const auto model = options.arguments.find("MODEL"); model != options.arguments.end() && !model->second.empty())
    document.model = model->second.front();
  return document;
}

std::vector<std::optional<AttentionOverride>> attention_choices(OptionReader& reader) {
  std::vector<std::optional<AttentionOverride>> choices;
  for (const auto& word : reader.words("attention"))
    if (const auto choice = reader.take(attention_choice(word))) choices.push_back(*choice);
  return choices;
}

}  // namespace roofcast::cli
