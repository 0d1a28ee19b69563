#include "cli/workload_options.hpp"

#include <utility>

namespace roofcast::cli {

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

Option overlap_option(std::string group) {
  return {
      .name = "overlap",
      .placeholder = "HOW",
      .help = "while tokens travel to experts of other replicas: none, or two-batch: halves of the batch take turns",
      .default_text = "none",
      .choices = {"none", "two-batch"},
      .group = std::move(group)};
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
           .group = "Deployment"},
          overlap_option("Deployment")};
}

}  // namespace roofcast::cli
