// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/worked_examples.hpp"

#include "gui/text.hpp"

namespace roofcast::gui {
namespace {

SessionState with_attentions(ScenarioDocument document, std::initializer_list<const char*> others) {
  SessionState state{.document = document};
  for (const auto* word : others) {
    state.pins.push_back(document);
    state.pins.back().attention = word;
  }
  return state;
}

}  // namespace

std::vector<WorkedExample> worked_examples() {
  const ScenarioDocument chat{.model = "llama-3.1-70b",
                              .hardware = "h100-sxm",
                              .tp = "8",
                              .isl = "2Ki",
                              .osl = "512",
                              .tpot = "50ms",
                              .ttft = "2s"};
  const ScenarioDocument small{.model = "llama-3.1-8b", .hardware = "h100-sxm", .context = "32Ki"};
  ScenarioDocument long_context = chat;
  long_context.tp = "4";
  long_context.isl = "32Ki";
  long_context.osl = "1Ki";
  long_context.tpot = "60ms";
  long_context.ttft.reset();
  ScenarioDocument h200 = long_context;
  h200.hardware = "h200-sxm";
  const ScenarioDocument latent{
      .model = "deepseek-v3", .hardware = "h200-sxm", .tp = "8", .ep = "8", .context = "64Ki", .kv_dtype = "fp8"};
  return {{tr("How many users does one server hold?"),
           tr("Llama 3.1 70B on eight H100: memory and latency limits of a chat service"),
           {.document = chat},
           ChartKind::throughput},
          {tr("MHA, GQA and MQA side by side"), tr("What the KV heads of Llama 3.1 8B cost on one H100 at 32Ki tokens"),
           with_attentions(small, {"mha", "mqa"}), ChartKind::limits},
          {tr("H100 next to H200"),
           tr("Long prompts of 32Ki tokens: what the larger memory brings"),
           {.document = long_context, .pins = {h200}},
           ChartKind::throughput},
          {tr("Where does the time of a step go?"),
           tr("DeepSeek-V3 with latent attention on eight H200, operator by operator"),
           {.document = latent},
           ChartKind::roofline}};
}

}  // namespace roofcast::gui
