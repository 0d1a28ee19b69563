#include <ostream>

#include "cli/commands.hpp"
#include "cli/engine_records.hpp"
#include "cli/error_report.hpp"
#include "cli/preset_listing.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/engine_profile.hpp"

namespace roofcast::cli {

OptionTable engines_list_table() {
  return {.description = "Lists the inference engines whose memory rules are known.", .options = listing_options()};
}

Exit run_engines_list(const ParsedOptions& options, Io io) {
  auto listing = list_engines(default_preset_roots());
  std::erase_if(listing.profiles, [&](const auto& e) { return !matches(options.text("search"), search_texts(e)); });
  return print_listing(engine_records(listing.profiles), "engines", listing.problems, options, io);
}

OptionTable engines_show_table() {
  return {
      .description = "Shows an engine's memory rules and overheads, each figure with its source.",
      .arguments = {{.name = "ENGINE", .help = "vllm, sglang, trtllm or llamacpp", .completion = Completion::engine}},
      .options = figure_options(),
      .examples = {"roofcast engines show vllm"}};
}

Exit run_engines_show(const ParsedOptions& options, Io io) {
  const auto engine = find_engine(default_preset_roots(), options.word("ENGINE"));
  if (!engine) return report(engine.error(), io);
  if (options.given("json")) {
    io.out << engine_json(*engine);
  } else if (options.given("csv")) {
    print_records(engine_records({*engine}), "engines", options, io);
  } else {
    print_facts(engine_facts(*engine), io);
    print_sources(engine->sources, io);
    print_notes(engine->notes, io);
  }
  return Exit::ok;
}

}  // namespace roofcast::cli
