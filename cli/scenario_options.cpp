#include "cli/scenario_options.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "cli/calibration_option.hpp"
#include "cli/workload_options.hpp"
#include "core/quantity_text.hpp"
#include "core/weights.hpp"
#include "hwmodels/catalog.hpp"

namespace roofcast::cli {
namespace {

constexpr std::string_view kCheckpoint = "auto";
constexpr std::string_view kOwn = "own";

template <class Formats>
std::vector<std::string> format_names(const Formats& formats) {
  std::vector<std::string> names{std::string(kCheckpoint)};
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
           .default_text = "vllm",
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
          {.name = "price", .placeholder = "USD", .help = "price of one device per hour", .group = "Engine"},
          calibration_option("Engine")};
}

std::vector<Option> model_options(bool several) {
  return {{.name = "attention",
           .placeholder = several ? "A[,A...]" : "A",
           .help = several ? "variants side by side: mha, mqa, gqa:N (N KV heads), mla:L+R (latent L, rope R), own"
                           : "what if the model had mha, mqa, gqa:N (N KV heads) or mla:L+R (latent L, rope R)",
           .default_text = std::string(kOwn),
           .group = "Model"},
          {.name = "kv-dtype",
           .placeholder = "TYPE",
           .help = "element of the KV cache",
           .default_text = std::string(kCheckpoint),
           .aliases = {"kv-cache-dtype"},
           .choices = format_names(kv_formats()),
           .group = "Model"},
          {.name = "weight-dtype",
           .placeholder = "TYPE",
           .help = "format of attention, MLP and expert matrices",
           .default_text = std::string(kCheckpoint),
           .choices = format_names(weight_formats()),
           .group = "Model"}};
}

int whole(const std::optional<std::int64_t>& value, int otherwise) {
  return static_cast<int>(value.value_or(otherwise));
}

/// --gpus N: dp = N / (tp x pp), which must be whole and must not contradict --dp.
Deployment deployment(OptionReader& reader, const ParsedOptions& options) {
  const Bounds ranks{.min = 1, .max = kMostRanks};
  Deployment d{.tp = whole(reader.count("tp", ranks), 1),
               .pp = whole(reader.count("pp", ranks), 1),
               .ep = whole(reader.count("ep", ranks), 1),
               .dp = whole(reader.count("dp", ranks), 1),
               .dcp = whole(reader.count("dcp", ranks), 1)};
  const auto gpus = reader.count("gpus", ranks);
  if (!gpus) return d;
  if (*gpus % d.replica_gpus() != 0)
    reader.add_usage_error("--gpus", fmt::format("{} is not a multiple of tp x pp = {}", *gpus, d.replica_gpus()),
                           "every replica takes tp x pp devices");
  else if (options.given("dp") && *gpus != d.gpus())
    reader.add_usage_error("--gpus", fmt::format("{} is not tp x pp x dp = {}", *gpus, d.gpus()), "leave --dp out");
  else
    d.dp = static_cast<int>(*gpus / d.replica_gpus());
  return d;
}

std::optional<int> size(OptionReader& reader, std::string_view option) {
  const auto tokens = reader.tokens(option, {.min = 1, .max = kMostSequences});
  return tokens ? std::optional{static_cast<int>(*tokens)} : std::nullopt;
}

Workload workload(OptionReader& reader, const ParsedOptions& options, BatchFlag batches) {
  Workload w;
  if (const auto tokens = reader.tokens("context", {.min = 1, .max = kMostTokens}))
    w.context = static_cast<double>(*tokens);
  read_lengths(w, reader, options);
  read_requests(w, reader);
  if (batches == BatchFlag::list) return w;
  if (const auto batch = reader.count("batch", {.min = 1, .max = kMostSequences})) w.batch = static_cast<int>(*batch);
  return w;
}

std::optional<double> price(OptionReader& reader, const ParsedOptions& options) {
  const auto usd = reader.number("price");
  if (!usd || *usd > 0) return usd;
  reader.add_usage_error("--price", fmt::format("'{}': expected more than 0 USD", options.text("price")));
  return {};
}

}  // namespace

void read_constants(Scenario& base, OptionReader& reader, const ParsedOptions& options) {
  base.memory_utilization = reader.fraction("memory-utilization");
  base.block_tokens = size(reader, "block-size");
  base.max_batched_tokens = size(reader, "max-batched-tokens");
  base.workload.tpot_slo = reader.time("tpot");
  base.workload.ttft_slo = reader.time("ttft");
  base.price_usd_hour = price(reader, options);
}

std::optional<Bytes> given_memory(OptionReader& reader, const ParsedOptions& options) {
  if (!options.given("memory")) return {};
  auto bytes = parse_bytes(options.text("memory"));
  if (bytes && *bytes > Bytes{}) return *bytes;
  const auto what = bytes ? fmt::format("'{}' is no memory", options.text("memory")) : bytes.error().front().what;
  reader.add_usage_error("--memory", what, "a size with its unit, e.g. 256GiB");
  return {};
}

Device with_memory(Device device, const std::optional<Bytes>& memory) {
  if (!memory) return device;
  device.memory = memory;
  device.memory_source = MemorySource::given;
  return device;
}

std::vector<Option> scenario_options(Several several) {
  const bool lists = several == Several::yes;
  return joined({deployment_options(lists), cooperation_options(), workload_options(), request_options(),
                 engine_options(), model_options(lists)});
}

ScenarioFlags scenario_flags(OptionReader& reader, const ParsedOptions& options, const PresetRoots& roots,
                             BatchFlag batch) {
  ScenarioFlags f;
  f.base.engine = reader.take(find_engine(roots, options.text("engine"))).value_or(Engine{});
  take_calibration(reader, options, f.base.engine);
  f.roofs_alone = options.text("calibration") == "none";
  f.base.deployment = deployment(reader, options);
  read_cooperation(f.base.deployment, reader, options);
  f.base.workload = workload(reader, options, batch);
  read_speculation(f.base.speculation, reader, options, roots);
  read_routing(f.base.routing, reader, options);
  read_constants(f.base, reader, options);
  f.memory = given_memory(reader, options);
  f.kv = find_kv_format(options.text("kv-dtype"));  // the choices leave "auto" and known names
  f.weights = find_weight_format(options.text("weight-dtype"));
  return f;
}

std::vector<std::optional<AttentionOverride>> attention_choices(OptionReader& reader) {
  std::vector<std::optional<AttentionOverride>> choices;
  for (const auto& word : reader.words("attention")) {
    if (word == kOwn)
      choices.emplace_back();
    else if (const auto parsed = reader.take(parse_attention_override(word)))
      choices.emplace_back(*parsed);
  }
  return choices;
}

bool is_own(const ModelSpec& model, const std::optional<AttentionOverride>& attention) {
  return !attention || attention_text(*attention) == attention_label(model);
}

Result<Scenario> scenario_of(const ScenarioFlags& flags, ModelSpec model, Device device,
                             const std::optional<AttentionOverride>& attention) {
  auto changed =
      is_own(model, attention) ? Result<ModelSpec>{std::move(model)} : with_attention(std::move(model), *attention);
  if (!changed) return std::unexpected(std::move(changed.error()));
  Scenario s = flags.base;
  s.model = flags.weights ? with_weight_format(std::move(*changed), *flags.weights) : std::move(*changed);
  s.kv = flags.kv.value_or(model_kv_format(s.model));
  s.device = with_memory(std::move(device), flags.memory);
  return s;
}

}  // namespace roofcast::cli
