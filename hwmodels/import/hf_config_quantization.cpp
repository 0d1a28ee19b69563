#include "hwmodels/import/hf_config_quantization.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "hwmodels/import/hf_config_weight_format.hpp"

namespace roofcast::hf {
namespace {

/// Reads one block of settings into a `Quantization` that starts as "nothing is quantised".
class SettingsReader {
 public:
  SettingsReader(const ConfigObject& settings, const ConfigObject& text, Quantization& into)
      : settings_{settings}, text_{text}, into_{into} {}

  void read() {
    const auto method = method_name();
    if (method == "fp8" || method == "fbgemm_fp8") {
      quantise_all(fp8_format(settings_));
    } else if (method == "gptq" || method == "awq") {
      read_packed(method);
    } else if (method == "compressed-tensors") {
      read_groups();
    } else if (method == "mxfp4") {
      into_.experts = *modelopt_format("MXFP4", 0);
    } else if (method == "bitsandbytes") {
      quantise_all(bitsandbytes_format(settings_, into_.plain));
    } else if (method == "modelopt" || method == "modelopt_fp4" || method == "modelopt_mixed") {
      // Everything is in quant_algo.
    } else {
      return settings_.error(
          "quant_method", fmt::format("'{:.60}' is not supported", method),
          "supported: fp8, fbgemm_fp8, gptq, awq, compressed-tensors, mxfp4, modelopt, bitsandbytes");
    }
    read_algorithm(method);
    read_expert_type();
    read_spared();
  }

 private:
  void quantise_all(const WeightFormat& format) { into_.linear = into_.experts = format; }

  /// Some files leave quant_method out; their other keys tell it.
  std::string method_name() const {
    auto method = settings_.text("quant_method").value_or("");
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (!method.empty()) return method;
    if (settings_.has("quant_algo") || settings_.states_null("quant_algo")) return "modelopt";
    if (settings_.has("config_groups")) return "compressed-tensors";
    return settings_.flag("load_in_4bit", false) || settings_.flag("load_in_8bit", false) ? "bitsandbytes" : "";
  }

  void read_packed(const std::string& method) {
    const int bits = settings_.required({"bits", "w_bit"}, {2, 8});
    const int group = settings_.required({"group_size", "q_group_size"}, {-1, 1'000'000});
    if (const auto dynamic = settings_.object("dynamic"); dynamic.exists() && !dynamic.keys().empty())
      settings_.error("dynamic", "settings per module are not supported");
    quantise_all(packed_integer(method, bits, group));
    if (settings_.flag("lm_head", false)) add_rule(into_.named, "lm_head", into_.linear, "lm_head");
  }

  /// compressed-tensors: groups of settings, each for all linear layers or for named modules.
  void read_groups() {
    const auto overall = settings_.text("format").value_or("");
    const auto groups = settings_.object("config_groups");
    if (!groups.exists()) return settings_.error("config_groups", "missing: nothing says how weights are stored");
    for (const auto& name : groups.keys()) {
      const auto group = groups.object(name);
      if (!group.exists()) continue;
      const auto own = group.text("format").value_or(overall);
      const auto format = compressed_format(group, own, into_.plain);
      for (const auto& target : group.texts("targets")) {
        if (target == "Linear") {
          quantise_all(format);
        } else {
          add_rule(into_.named, target, format, "config_groups");
        }
      }
    }
  }

  /// ModelOpt's one algorithm for all, or a format per module under MIXED_PRECISION.
  void read_algorithm(const std::string& method) {
    const auto algo = settings_.text("quant_algo");
    if (!algo) {
      if (method.starts_with("modelopt")) into_.linear = into_.experts = into_.plain;
      return;
    }
    const int group = settings_.count({"group_size"}).value_or(0);
    if (*algo != "MIXED_PRECISION") {
      if (const auto format = algorithm(settings_, *algo, group)) quantise_all(*format);
      return;
    }
    const auto layers = settings_.object("quantized_layers");
    if (!layers.exists()) return settings_.error("quantized_layers", "missing although quant_algo is MIXED_PRECISION");
    for (const auto& module : layers.keys()) {
      if (!stands_for_others(module)) continue;
      const auto entry = layers.object(module);
      const auto name = entry.text("quant_algo");
      if (!name) {
        layers.error(module, "no quant_algo");
        continue;
      }
      if (const auto format = algorithm(entry, *name, entry.count({"group_size"}).value_or(group)))
        add_rule(into_.named, module, *format, "quantized_layers");
    }
    mixed_ = true;
  }

  std::optional<WeightFormat> algorithm(const ConfigObject& at, const std::string& name, int group) const {
    auto format = modelopt_format(name, group);
    if (!format) at.error("quant_algo", fmt::format("'{:.60}' is not supported", name));
    return format;
  }

  /// The experts of a layer share one format: entries for all but expert 0 say nothing new.
  static bool stands_for_others(std::string_view module) {
    const auto at = module.find(".experts.");
    if (at == std::string_view::npos) return true;
    const auto number = module.substr(at + 9);
    return number == "0" || number.starts_with("0.");
  }

  /// DeepSeek-V4 states the routed experts' type beside the layers.
  void read_expert_type() {
    const auto type = text_.text("expert_dtype");
    if (!type || mixed_ || *type == "fp8") return;
    if (*type == "fp4") {
      into_.experts = *modelopt_format("MXFP4", 0);
    } else {
      text_.error("expert_dtype", fmt::format("'{:.60}' is not supported", *type), "supported: fp4, fp8");
    }
  }

  /// Modules that stay in the model's own type. With a format per module, the others are not quantised by
  /// that list at all: it does not apply to what quant_method says of them (DeepSeek-V4 NVFP4).
  void read_spared() {
    if (mixed_) return;
    for (const auto* key :
         {"ignore", "modules_to_not_convert", "ignored_layers", "exclude_modules", "llm_int8_skip_modules"})
      for (const auto& module : settings_.texts(key)) add_rule(into_.spared, module, into_.plain, key);
  }

  void add_rule(FormatRules& rules, const std::string& module, const WeightFormat& format, std::string_view key) const {
    constexpr std::size_t kMost = 50'000;  // published lists have a few hundred
    if (rules.size() >= kMost) return settings_.error(key, fmt::format("more than {} modules", kMost));
    if (auto pattern = ModulePattern::parse(module)) {
      rules.add(std::move(*pattern), format);
    } else {
      settings_.error(key, fmt::format("the module pattern '{:.60}' is not understood", module),
                      "which weights it covers decides the size of the model");
    }
  }

  const ConfigObject& settings_;
  const ConfigObject& text_;
  Quantization& into_;
  bool mixed_ = false;
};

/// A recommended type of the KV cache is no property of the weights; it is handed on as a note.
void note_kv_cache(const ConfigObject& settings, std::vector<std::string>& notes) {
  const auto* scheme = settings.value("kv_cache_scheme");
  const auto algo = settings.text("kv_cache_quant_algo");
  if (scheme == nullptr && !algo) return;
  notes.push_back(
      fmt::format("the checkpoint comes with scales for a KV cache in {}; sizes here are in the model's own type",
                  algo                                         ? *algo
                  : scheme->as<std::string>() != nullptr       ? *scheme->as<std::string>()
                  : scheme->as<JsonValue::Object>() != nullptr ? "8 bit"
                                                               : "a reduced type"));
}

}  // namespace

void FormatRules::add(ModulePattern pattern, const WeightFormat& format) {
  ++size_;
  auto& rules = pattern.layer() ? by_layer_[*pattern.layer()] : general_;
  rules.push_back({std::move(pattern), format});
}

const WeightFormat* FormatRules::find(int layer, std::string_view module) const {
  const auto covered = [&](const std::vector<Rule>& rules) -> const WeightFormat* {
    const auto it = std::ranges::find_if(rules, [&](const Rule& rule) { return rule.pattern.covers(module); });
    return it == rules.end() ? nullptr : &it->format;
  };
  if (const auto own = by_layer_.find(layer); own != by_layer_.end())
    if (const auto* format = covered(own->second)) return format;
  return covered(general_);
}

const WeightFormat& Quantization::format_of(int layer, std::string_view module, bool expert) const {
  if (const auto* format = named.find(layer, module)) return *format;
  if (const auto* format = spared.find(layer, module)) return *format;
  return expert ? experts : linear;
}

WeightFormat Quantization::head_format() const {
  // Quantisers leave the head alone unless they are told otherwise.
  const auto* format = named.find(-1, "lm_head");
  return format == nullptr ? plain : *format;
}

Quantization quantization(const ConfigObject& root, const ConfigObject& text, const ConfigObject& separate,
                          const WeightFormat& plain, std::vector<std::string>& notes) {
  Quantization result{.plain = plain, .linear = plain, .experts = plain};
  for (const auto& holder : {root, text}) {
    for (const auto* key : {"quantization_config", "compression_config"}) {
      const auto settings = holder.object(key);
      if (!settings.exists()) continue;
      SettingsReader{settings, text, result}.read();
      note_kv_cache(settings, notes);
      return result;
    }
  }
  const auto settings = separate.object("quantization");
  if (separate.exists() && !settings.exists()) separate.error("quantization", "missing");
  if (settings.exists()) {
    SettingsReader{settings, text, result}.read();
    note_kv_cache(settings, notes);
    if (result.spared.empty() && result.named.empty() && result.linear != plain)
      notes.push_back("the quantisation settings spare no module: all matrices of the layers taken as quantised");
  }
  return result;
}

}  // namespace roofcast::hf
