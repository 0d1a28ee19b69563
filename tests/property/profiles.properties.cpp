#include <catch2/catch.hpp>

#include "core/model_checks.hpp"
#include "hwmodels/device_profile.hpp"
#include "hwmodels/engine_profile.hpp"
#include "hwmodels/model_profile.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

TEST_CASE("writing a model and reading it again changes nothing", "[property][profiles]") {
  for (const auto& model : list_models(shipped_presets()).profiles) {
    CAPTURE(model.id);
    CHECK(shipped(parse_model(model_json(model), model.id)) == model);
  }
}

TEST_CASE("writing a device and reading it again changes nothing", "[property][profiles]") {
  for (const auto& device : list_devices(shipped_presets()).profiles) {
    CAPTURE(device.id);
    CHECK(shipped(parse_device(device_json(device), device.id)) == device);
  }
}

TEST_CASE("writing an engine and reading it again changes nothing", "[property][profiles]") {
  for (const auto& engine : list_engines(shipped_presets()).profiles) {
    CAPTURE(engine.id);
    CHECK(shipped(parse_engine(engine_json(engine), engine.id)) == engine);
  }
}

TEST_CASE("cutting a profile anywhere is an error, never a crash or a model", "[property][profiles]") {
  const auto text = model_json(shipped(find_model(shipped_presets(), "gemma-3-27b")));
  for (std::size_t length = 0; length + 2 < text.size(); length += 7) {
    CAPTURE(length);
    CHECK_FALSE(parse_model(text.substr(0, length), "cut.json").has_value());
  }
}

TEST_CASE("a damaged profile is a sound model or an error that names the file", "[property][profiles]") {
  const auto text = model_json(shipped(find_model(shipped_presets(), "deepseek-v3.2")));
  const std::string damage = "\"\\{}[]:,-0.9eE \x01\xff";
  int read = 0, refused = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto damaged = text;
    damaged[at] = damage[at % damage.size()];
    CAPTURE(at, damaged[at]);
    const auto model = parse_model(damaged, "damaged.json");
    if (model) {
      ++read;
      CHECK(model_problems(*model, "damaged.json").empty());
      continue;
    }
    ++refused;
    CHECK_FALSE(model.error().empty());
    for (const auto& e : model.error()) {
      CHECK_THAT(e.where, Catch::StartsWith("damaged.json"));
      CHECK_FALSE(e.what.empty());
    }
  }
  CHECK(read > 0);  // inside names and sources a letter more or less is no mistake
  CHECK(refused > read);
}

TEST_CASE("a model of any variants and formats survives its own profile", "[property][profiles]") {
  ModelSpec m{.id = "x", .name = "X", .architecture = "A", .source = "s", .hidden = 64, .vocab = 100};
  m.dtype = "fp16";
  const auto plain = *find_weight_format("fp16");
  const auto add = [&](const char* name, const Attention& attention, const Ffn& ffn) {
    m.layers.push_back(static_cast<int>(m.kinds.size()));
    m.kinds.push_back({.name = name,
                       .attention = attention,
                       .ffn = ffn,
                       .formats = {.attention = plain, .mlp = plain, .experts = plain}});
  };
  add("a", GroupedQuery{.q_heads = 4, .kv_heads = 2, .head_dim = 8, .window = 9, .chunked = true, .sinks = true},
      DenseFfn{.intermediate = 5, .gated = false, .bias = true});
  add("b",
      Mamba2{.heads = 2, .head_dim = 3, .groups = 1, .state = 4, .conv = 4, .conv_bias = false, .fp32_state = true},
      NoFfn{});
  add("c/~d", NoMixer{},
      MixtureOfExperts{.experts = 8, .top_k = 2, .intermediate = 3, .latent = 7, .latent_norm = true});
  m.kinds[0].formats.mlp = {"q4_k_m", 0.607, Compute::bf16};
  m.kinds[0].formats.exceptions = {{"down_proj", *find_weight_format("nvfp4")},
                                   {"q_proj", {"odd", 1.25, Compute::fp8}}};
  m.kinds[1].small_params = 12345;
  m.mtp_format = *find_weight_format("fp8_block");
  m.embedding_format = m.head_format = {"q6_k", 210.0 / 256, Compute::bf16};
  m.checkpoint_bytes = 123456789.0 * units::byte;
  m.mtp_params = 1e9;
  m.sources = {{"mtp", "header"}, {"checkpoint_bytes", "header"}};
  m.notes = {"a note with \"quotes\" and ümlauts"};
  CHECK(shipped(parse_model(model_json(m), "x.json")) == m);
}
