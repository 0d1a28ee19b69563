#include <catch2/catch.hpp>

#include <map>
#include <string>

#include "core/lower_case.hpp"
#include "core/model_checks.hpp"
#include "core/parameters.hpp"
#include "core/weights.hpp"
#include "hwmodels/model_names.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;
using namespace roofcast::units;

TEST_CASE("every shipped model loads and is plausible", "[presets]") {
  const auto models = list_models(shipped_presets());
  CHECK(error_lines(models.problems) == "");
  CHECK(models.profiles.size() >= 157);
  for (const auto& m : models.profiles) {
    CAPTURE(m.id);
    CHECK(m.id == lower_case(m.id));
    CHECK(m.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos);
    CHECK(m.max_context >= 1024);
    const auto counts = parameters(m);
    CHECK(counts.total > 1e8);
    CHECK(counts.total < 3e12);
    CHECK(counts.active <= counts.total);
    CHECK(counts.streamed <= counts.active);
    CHECK(counts.stored >= counts.total);
  }
}

TEST_CASE("every shipped device loads and is plausible", "[presets]") {
  const auto devices = list_devices(shipped_presets());
  CHECK(error_lines(devices.problems) == "");
  CHECK(devices.profiles.size() >= 80);
  for (const auto& d : devices.profiles) {
    CAPTURE(d.id);
    const double flops_per_byte = ridge(d, Compute::bf16).in(flop / byte);
    const bool dgx_spark_states_no_16_bit_rate = d.id == "gb10";
    if (!dgx_spark_states_no_16_bit_rate) CHECK(flops_per_byte > 5.0);
    CHECK(flops_per_byte < 5000.0);
    CHECK(d.bandwidth > 50.0 * GB / s);
    CHECK(d.bandwidth < 10.0 * TB / s);
    CHECK(d.memory.has_value() == (d.device_class != DeviceClass::cpu));
    CHECK(d.sources.size() >= 4);
    if (d.memory && d.device_class != DeviceClass::apple) CHECK(*d.memory > 0.9 * d.marketed_memory);
  }
}

TEST_CASE("every shipped engine loads", "[presets]") {
  const auto engines = list_engines(shipped_presets());
  CHECK(error_lines(engines.problems) == "");
  CHECK(engine_ids(shipped_presets()) == std::vector<std::string>{"llamacpp", "sglang", "trtllm", "vllm"});
}

TEST_CASE("no two models claim one name", "[presets]") {
  std::map<std::string, std::string> owner;
  for (const auto& m : list_models(shipped_presets()).profiles) {
    auto names = m.aliases;
    names.insert(names.end(), {m.id, m.name});
    for (const auto& name : names) {
      const auto [claim, fresh] = owner.try_emplace(canonical_model_name(name), m.id);
      CAPTURE(name, claim->second);
      CHECK(claim->second == m.id);
    }
  }
}

TEST_CASE("no two devices claim one name", "[presets]") {
  std::map<std::string, std::string> owner;
  for (const auto& d : list_devices(shipped_presets()).profiles) {
    auto names = d.aliases;
    names.insert(names.end(), {d.id, d.name});
    for (const auto& name : names) {
      const auto [claim, fresh] = owner.try_emplace(lower_case(name), d.id);
      CAPTURE(name, claim->second);
      CHECK(claim->second == d.id);
    }
  }
}

TEST_CASE("the datasheet ridge of an H100 SXM is 295.3 FLOP/B (R2)", "[golden]") {
  const auto d = shipped(find_device(shipped_presets(), "h100-sxm"));
  // 989.4e12 / 3.35e12
  CHECK(ridge(d, Compute::bf16).in(flop / byte) == Approx(295.3).margin(0.05));
}

TEST_CASE("the checkpoint's weight format leaves the cache's type alone", "[presets]") {
  for (const char* name : {"deepseek-v3", "gpt-oss-120b", "kimi-k2.5", "qwen3-32b-fp8"})
    CHECK(model_kv_format(shipped(find_model(shipped_presets(), name))) == KvFormat{"bf16", 2.0});
  const auto v3 = shipped(find_model(shipped_presets(), "deepseek-v3"));
  CHECK(v3.kinds.back().formats.experts.name == "fp8_block");
  CHECK(v3.head_format.name == "bf16");
  const auto oss = shipped(find_model(shipped_presets(), "gpt-oss-120b"));
  CHECK(oss.kinds.front().formats.attention.name == "bf16");
  CHECK(oss.kinds.front().formats.experts.name == "mxfp4");
}

TEST_CASE("weights with a rounded tower or uncounted layers are estimated, those counted to the unit exact",
          "[presets]") {
  const auto exact = [](const char* name) {
    return weight_bytes_are_exact(shipped(find_model(shipped_presets(), name)));
  };
  for (const auto* name : {"gemma-3-12b", "gemma-3-27b", "llama-4-scout-17b-16e", "llama-4-maverick-17b-128e",
                           "qwen3-next-80b-a3b", "glm-4.5", "gemma-4-31b"}) {
    CAPTURE(name);
    CHECK_FALSE(exact(name));
  }
  for (const auto* name : {"llama-3.1-8b", "gemma-3-4b", "qwen3-0.6b"}) {
    CAPTURE(name);
    CHECK(exact(name));
  }
}
