#include <algorithm>

#include "hwmodels/attention_reader.hpp"
#include "hwmodels/model_profile.hpp"
#include "hwmodels/profile_header.hpp"
#include "hwmodels/weight_format_reader.hpp"

namespace roofcast {
namespace {

void write_if_stated(Json& out, const char* key, double value) {
  if (value > 0) out[key] = json_number(value);
}

void write_format(Json& out, const char* key, const WeightFormat& format, const WeightFormat& plain) {
  if (format != plain) out[key] = weight_format_json(format);
}

Json kind_json(const LayerKind& kind, const WeightFormat& plain) {
  Json out;
  out["attention"] = attention_json(kind.attention);
  out["ffn"] = ffn_json(kind.ffn);
  Json formats = Json::object();
  write_format(formats, "attention", kind.formats.attention, plain);
  write_format(formats, "mlp", kind.formats.mlp, plain);
  write_format(formats, "experts", kind.formats.experts, plain);
  for (const auto& [matrix, format] : kind.formats.exceptions) formats["matrices"][matrix] = weight_format_json(format);
  if (!formats.empty()) out["formats"] = formats;
  write_if_stated(out, "small_params", kind.small_params);
  return out;
}

Json layer_runs(const ModelSpec& model) {
  Json runs = Json::array();
  for (auto first = model.layers.begin(); first != model.layers.end();) {
    const auto last = std::find_if(first, model.layers.end(), [&](int kind) { return kind != *first; });
    runs.push_back({model.kinds[static_cast<std::size_t>(*first)].name, last - first});
    first = last;
  }
  return runs;
}

Json sources_json(const ModelSpec& model) {
  Json out;
  out["architecture"] = model.source;
  if (!model.published.source.empty()) out["published"] = model.published.source;
  for (const auto& [figure, text] : model.sources) out[figure] = text;
  return out;
}

void write_parameters(const ModelSpec& model, Json& out) {
  Json params = Json::object();
  write_if_stated(params, "embedding", model.embedding_small_params);
  write_if_stated(params, "final", model.final_small_params);
  write_if_stated(params, "lookup", model.lookup_params);
  write_if_stated(params, "vision", model.vision_params);
  write_if_stated(params, "mtp", model.mtp_params);
  if (!params.empty()) out["params"] = params;
  if (model.params_incomplete) out["params_incomplete"] = true;

  if (model.published != PublishedSize{}) {
    Json& published = out["published"];
    write_if_stated(published, "total_params", model.published.total_params);
    write_if_stated(published, "active_params", model.published.active_params);
    published["basis"] = model.published.basis;
  }
}

}  // namespace

std::string model_json(const ModelSpec& model) {
  const auto plain = find_weight_format(model.dtype).value_or(WeightFormat{});
  Json out = profile_header_json("roofcast/model/1", model);
  out["architecture"] = model.architecture;
  out["sources"] = sources_json(model);
  out["hidden"] = model.hidden;
  out["vocab"] = model.vocab;
  if (model.max_context > 0) out["max_context"] = model.max_context;
  out["tied_embeddings"] = model.tied_embeddings;
  out["dtype"] = model.dtype;
  for (const auto& kind : model.kinds) out["kinds"][kind.name] = kind_json(kind, plain);
  out["layers"] = layer_runs(model);
  write_parameters(model, out);
  Json formats = Json::object();
  write_format(formats, "embedding", model.embedding_format, plain);
  write_format(formats, "head", model.head_format, plain);
  if (model.mtp_format) formats["mtp"] = weight_format_json(*model.mtp_format);
  if (!formats.empty()) out["formats"] = formats;
  if (model.checkpoint_bytes) out["checkpoint_bytes"] = json_number(model.checkpoint_bytes->in(units::byte));
  if (!model.notes.empty()) out["notes"] = model.notes;
  return json_text(out);
}

}  // namespace roofcast
