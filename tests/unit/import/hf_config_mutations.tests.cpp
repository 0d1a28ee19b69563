/// Files that are wrong in every way a program or an attacker makes them wrong: each either imports with
/// sane dimensions or is refused with a reason. Deterministic: the seed is fixed.

#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "core/cache.hpp"
#include "core/parameters.hpp"
#include "tests/support/hf_config_samples.hpp"

using namespace roofcast;
using namespace samples;

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t n) {
  return random() % n;
}

json nested(int depth) {
  json value = 1;
  for (int i = 0; i < depth; ++i) value = json::array({value});
  return value;
}

json nasty_value(Random& random) {
  static const std::vector<json> values{nullptr,
                                        true,
                                        false,
                                        0,
                                        -1,
                                        1,
                                        2,
                                        3,
                                        7,
                                        128,
                                        4096,
                                        4097,
                                        65536,
                                        1'000'000,
                                        2'147'483'647,
                                        4'294'967'296,
                                        1e300,
                                        -1e300,
                                        0.5,
                                        1e-300,
                                        "",
                                        "auto",
                                        "full_attention",
                                        "float32",
                                        std::string(300, 'x'),
                                        "re:(((",
                                        json::array(),
                                        json::object(),
                                        json::array({0}),
                                        json::array({"x", 1, nullptr}),
                                        json::object({{"", ""}}),
                                        nested(80)};
  return values[below(random, values.size())];
}

/// Changes one random place of the document.
void mutate(json& document, Random& random) {
  const auto flat = document.flatten();
  if (flat.empty()) return;
  auto at = flat.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(below(random, flat.size())));
  json::json_pointer place{at.key()};
  if (below(random, 4) == 0 && !place.empty()) place.pop_back();  // a whole list or object
  if (place.empty()) return;
  auto& parent = document[place.parent_pointer()];
  switch (below(random, 4)) {
    case 0:
      if (parent.is_object()) parent.erase(place.back());
      break;
    case 1:
      if (document[place].is_array()) document[place].push_back(nasty_value(random));
      break;
    default:
      document[place] = nasty_value(random);
  }
}

std::string mutated_text(std::string text, Random& random) {
  switch (below(random, 4)) {
    case 0:
      text.resize(below(random, text.size() + 1));
      break;
    case 1:
      text[below(random, text.size())] = static_cast<char>(random() % 256);
      break;
    case 2:
      text.insert(below(random, text.size()), std::string(1 + below(random, 3000), "[{\"N-"[below(random, 5)]));
      break;
    default:
      text.erase(below(random, text.size()), 1 + below(random, 40));
  }
  return text;
}

bool positive(double value) {
  return std::isfinite(value) && value > 0;
}

void check_sane(const ModelSpec& model) {
  CHECK(model.hidden > 0);
  CHECK(model.vocab > 0);
  REQUIRE(model.layer_count() > 0);
  CHECK_FALSE(model.id.empty());
  CHECK(positive(parameters(model).total));
  CHECK(parameters(model).active <= parameters(model).total);
  const double bytes = kv_bytes_per_sequence(model, KvFormat{}, 4096).in(units::byte);
  CHECK((std::isfinite(bytes) && bytes >= 0));
  for (const auto& kind : model.kinds) {
    for (const auto* format : {&kind.formats.attention, &kind.formats.mlp, &kind.formats.experts})
      CHECK(positive(format->bytes_per_weight));
    std::visit(
        [](const auto& mixer) {
          using Mixer = std::decay_t<decltype(mixer)>;
          for (const auto& field : Mixer::fields())
            if (const auto* member = std::get_if<int Mixer::*>(&field.member)) CHECK(mixer.**member >= field.min);
        },
        kind.attention);
  }
}

void check_reasons(const Errors& errors) {
  REQUIRE_FALSE(errors.empty());
  for (const auto& e : errors) {
    CHECK(e.where.starts_with("config.json"));
    CHECK_FALSE(e.what.empty());
    CHECK(e.what.size() < 400);
    CHECK(e.what.find('\n') == std::string::npos);
  }
}

void check(const std::string& text) {
  const auto model = import_hf_config(text, std::nullopt, "config.json");
  model ? check_sane(*model) : check_reasons(model.error());
}

}  // namespace

TEST_CASE("changed values, types and lists never give a model with impossible dimensions") {
  Random random{20240607};
  for (const auto& sample : all()) {
    for (int round = 0; round < 400; ++round) {
      json document = sample;
      for (std::size_t n = 1 + below(random, 3); n > 0; --n) mutate(document, random);
      const auto text = document.dump();
      INFO(text.substr(0, 3000));
      check(text);
    }
  }
}

TEST_CASE("cut, flipped and inserted bytes never give a model with impossible dimensions") {
  Random random{19991231};
  for (const auto& sample : all()) {
    const auto text = sample.dump();
    for (int round = 0; round < 150; ++round) {
      const auto changed = mutated_text(text, random);
      INFO(changed.substr(0, 3000));
      check(changed);
    }
  }
}

TEST_CASE("quantisation settings beside the file are as suspect") {
  Random random{4711};
  const json settings{{"quantization",
                       {{"quant_algo", "MIXED_PRECISION"},
                        {"group_size", 16},
                        {"quantized_layers", {{"model.layers.0.mlp.down_proj", {{"quant_algo", "NVFP4"}}}}},
                        {"exclude_modules", {"lm_head", "model.layers.1*"}}}}};
  const auto config = deepseek_v3().dump();
  for (int round = 0; round < 300; ++round) {
    json document = settings;
    for (std::size_t n = 1 + below(random, 2); n > 0; --n) mutate(document, random);
    const auto text = document.dump();
    INFO(text);
    const auto model = import_hf_config(config, text, "config.json");
    if (model) check_sane(*model);
  }
}
