#include <fmt/ostream.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/error_report.hpp"
#include "cli/model_records.hpp"
#include "cli/preset_listing.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/import/import.hpp"
#include "hwmodels/model_profile.hpp"
#include "hwmodels/named_inputs.hpp"

namespace roofcast::cli {

OptionTable models_list_table() {
  return {.description = "Lists the models that are known by name: the shipped presets and your own.",
          .options = listing_options(),
          .examples = {"roofcast models list --search qwen", "roofcast models list --search 'moe latent' --csv"}};
}

Exit run_models_list(const ParsedOptions& options, Io io) {
  const auto roots = default_preset_roots();
  auto listing = list_models(roots);
  std::erase_if(listing.profiles, [&](const auto& m) { return !matches(options.text("search"), search_texts(m)); });
  return print_listing(model_records(listing.profiles), "models", listing.problems, options, io);
}

OptionTable models_show_table() {
  return {.description = "Shows what is known of a model, and from where.",
          .arguments = {{.name = "MODEL",
                         .help = "preset name, alias, Hugging Face id, or a file",
                         .completion = Completion::model}},
          .options = figure_options(),
          .examples = {"roofcast models show llama-3.1-8b", "roofcast models show Qwen/Qwen3-32B --json"}};
}

Exit run_models_show(const ParsedOptions& options, Io io) {
  const auto model = named_model(default_preset_roots(), options.word("MODEL"));
  if (!model) return report(model.error(), io);
  if (options.given("json")) {
    io.out << model_json(*model);
  } else if (options.given("csv")) {
    print_records(model_records({*model}), "models", options, io);
  } else {
    print_facts(model_facts(*model), io);
    auto sources = model->sources;
    sources.insert(sources.begin(), {"architecture", model->source});
    if (!model->published.source.empty()) sources.push_back({"published", model->published.source});
    print_sources(sources, io);
    print_notes(model->notes, io);
  }
  return Exit::ok;
}

OptionTable models_import_table() {
  return {.description =
              "Reads a model from files and writes it as a profile (roofcast/model/1, docs/profiles.md): a "
              "Hugging Face config.json with the tensor files beside it, a safetensors index, a GGUF file "
              "(all parts of it), or the folder that holds them. What is not understood is an error, never a "
              "guess; what was assumed is noted.",
          .arguments = {{.name = "PATH", .help = "file or folder", .completion = Completion::file}},
          .options = import_options(),
          .examples = {"roofcast models import ./Llama-3.1-8B", "roofcast models import model-q4_k.gguf --save"}};
}

Exit run_models_import(const ParsedOptions& options, Io io) {
  const auto model = import_model(options.word("PATH"));
  if (!model) return report(model.error(), io);
  if (!options.given("quiet"))
    for (const auto& note : model->notes) fmt::print(io.err, "note: {}\n", note);
  return write_profile(model_json(*model), model->id, "model", options, io);
}

}  // namespace roofcast::cli
