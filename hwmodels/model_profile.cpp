#include "hwmodels/model_profile.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/model_checks.hpp"
#include "hwmodels/attention_reader.hpp"
#include "hwmodels/object_reader.hpp"
#include "hwmodels/profile_header.hpp"
#include "hwmodels/text_file.hpp"
#include "hwmodels/weight_format_reader.hpp"

namespace roofcast {
namespace {

constexpr std::int64_t kLongestContext = 1 << 30, kMostLayers = 1 << 12;
constexpr double kMostParams = 0x1p50;
constexpr std::array<std::string_view, 5> kSourcedFigures{"vision", "mtp", "formats", "dtype", "checkpoint_bytes"};

/// What `dtype` says about weights that no format is stated for.
WeightFormat unquantised(const std::string& dtype) {
  return find_weight_format(dtype).value_or(WeightFormat{});
}

int count(ObjectReader& reader, std::string_view key) {
  return static_cast<int>(reader.integer(key, 1, 1 << 28));
}

double params_or_none(ObjectReader& reader, std::string_view key) {
  return reader.has(key) ? reader.number(key, 0, kMostParams) : 0.0;
}

void read_kinds(ObjectReader& root, ModelSpec& model) {
  const auto plain = unquantised(model.dtype);
  root.each_object("kinds", [&](const std::string& name, ObjectReader& reader) {
    LayerKind kind{.name = name};
    reader.object("attention", [&](ObjectReader& r) { kind.attention = read_attention(r); });
    reader.object("ffn", [&](ObjectReader& r) { kind.ffn = read_ffn(r); });
    kind.formats = {.attention = plain, .mlp = plain, .experts = plain};
    reader.object_if_present("formats", [&](ObjectReader& r) {
      kind.formats.attention = read_weight_format(r, "attention", plain);
      kind.formats.mlp = read_weight_format(r, "mlp", plain);
      kind.formats.experts = read_weight_format(r, "experts", plain);
      r.object_if_present("matrices", [&](ObjectReader& matrices) {
        for (const auto& matrix : matrices.keys())
          kind.formats.exceptions.push_back({matrix, read_weight_format(matrices, matrix, plain)});
      });
    });
    kind.small_params = params_or_none(reader, "small_params");
    model.kinds.push_back(std::move(kind));
  });
}

/// One run: ["sliding", 5].
void read_run(ObjectReader& root, const Json& run, ModelSpec& model) {
  const bool well_formed = run.is_array() && run.size() == 2 && run[0].is_string() && run[1].is_number_integer();
  if (!well_formed) return root.add("layers", R"(expected runs like ["full", 32])");
  const auto name = run[0].get<std::string>();
  const auto kind = std::ranges::find(model.kinds, name, &LayerKind::name);
  if (kind == model.kinds.end()) return root.add("layers", fmt::format("there is no kind '{}'", name));
  const auto length = run[1].get<std::int64_t>();
  if (length < 1 || length > kMostLayers)
    return root.add("layers", fmt::format("{} layers of kind '{}': expected 1..{}", length, name, kMostLayers));
  model.layers.insert(model.layers.end(), static_cast<std::size_t>(length),
                      static_cast<int>(kind - model.kinds.begin()));
}

void read_layers(ObjectReader& root, ModelSpec& model) {
  const auto& runs = root.at("layers");
  if (!runs.is_array()) {
    if (!runs.is_null()) root.mistyped("layers", R"(runs like [["full", 32]])");
    return;
  }
  for (const auto& run : runs)
    if (model.layer_count() <= kMostLayers) read_run(root, run, model);
}

void read_parameters(ObjectReader& root, ModelSpec& model) {
  root.object_if_present("params", [&](ObjectReader& params) {
    model.embedding_small_params = params_or_none(params, "embedding");
    model.final_small_params = params_or_none(params, "final");
    model.lookup_params = params_or_none(params, "lookup");
    model.vision_params = params_or_none(params, "vision");
    model.mtp_params = params_or_none(params, "mtp");
  });
  model.params_incomplete = root.flag_or("params_incomplete", false);
  root.object_if_present("published", [&](ObjectReader& published) {
    model.published.total_params = params_or_none(published, "total_params");
    model.published.active_params = params_or_none(published, "active_params");
    model.published.basis = published.text("basis");
  });
  const auto plain = unquantised(model.dtype);
  model.embedding_format = model.head_format = plain;
  root.object_if_present("formats", [&](ObjectReader& formats) {
    model.embedding_format = read_weight_format(formats, "embedding", plain);
    model.head_format = read_weight_format(formats, "head", plain);
    if (formats.has("mtp")) model.mtp_format = read_weight_format(formats, "mtp", plain);
  });
  if (root.has("checkpoint_bytes"))
    model.checkpoint_bytes = root.number("checkpoint_bytes", 1, kMostParams) * units::byte;
}

/// A figure without a source is not accepted: the architecture always, the others where they are stated.
void read_sources(ObjectReader& root, ModelSpec& model) {
  root.object("sources", [&](ObjectReader& sources) {
    model.source = sources.text("architecture");
    if (model.published != PublishedSize{}) model.published.source = sources.text("published");
    if (model.vision_params > 0) (void)sources.text("vision");
    if (model.mtp_params > 0) (void)sources.text("mtp");
    for (const auto& figure : sources.keys())
      if (std::ranges::find(kSourcedFigures, figure) != kSourcedFigures.end())
        model.sources.push_back({figure, sources.text(figure)});
  });
}

void read_model(ObjectReader& root, ModelSpec& model) {
  if (!read_profile_header(root, "roofcast/model/1", model)) return;
  model.architecture = root.text("architecture");
  model.hidden = count(root, "hidden");
  model.vocab = count(root, "vocab");
  model.max_context = static_cast<int>(root.integer_or("max_context", 0, 1, kLongestContext));
  model.tied_embeddings = root.flag("tied_embeddings");
  model.dtype = root.text("dtype");
  read_kinds(root, model);
  read_layers(root, model);
  read_parameters(root, model);
  read_sources(root, model);
  model.notes = root.texts("notes");
}

}  // namespace

Result<ModelSpec> parse_model(std::string_view text, std::string_view origin) {
  const auto json = parse_json(text, origin);
  if (!json) return std::unexpected(json.error());
  Errors errors;
  ModelSpec model;
  read_object(*json, fmt::format("{}:", origin), errors, [&](ObjectReader& root) { read_model(root, model); });
  if (errors.empty()) errors = model_problems(model, origin);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return model;
}

Result<ModelSpec> load_model(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (!text) return std::unexpected(text.error());
  return parse_model(*text, file.string());
}

}  // namespace roofcast
