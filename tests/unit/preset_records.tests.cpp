#include <catch2/catch.hpp>
#include <sstream>

#include "cli/device_records.hpp"
#include "cli/engine_records.hpp"
#include "cli/model_records.hpp"
#include "cli/preset_listing.hpp"

using namespace roofcast;
using namespace roofcast::cli;

namespace {

/// hidden 8, vocab 10, one layer: GQA 2/1 heads of 4, dense MLP of 16.
ModelSpec tiny() {
  ModelSpec m{.id = "tiny", .name = "Tiny", .architecture = "TinyForCausalLM", .hidden = 8, .vocab = 10};
  m.kinds = {{.name = "full",
              .attention = GroupedQuery{.q_heads = 2, .kv_heads = 1, .head_dim = 4},
              .ffn = DenseFfn{.intermediate = 16}}};
  m.layers = {0};
  return m;
}

std::string shown(const Facts& facts, std::string_view label) {
  for (const auto& [name, value] : facts.lines)
    if (name == label) return value;
  return "no such line";
}

}  // namespace

TEST_CASE("a model's record has its sizes") {
  const auto table = model_records({tiny()});
  REQUIRE(table.records.size() == 1);
  // q 8x8 + k 8x4 + v 8x4 + o 8x8 = 192; MLP 3 x 8 x 16 = 384; two tables of 10 x 8 = 160: 736
  CHECK(csv(table).find("\ntiny,Tiny,TinyForCausalLM,736,736,1,mqa,16,,1472,bf16\n") != std::string::npos);
  // K and V: 2 x 1 head x 4 x 2 bytes = 16 B
  CHECK(shown(model_facts(tiny()), "KV per token") == "16 B at bf16 [exact]");
  CHECK(shown(model_facts(tiny()), "weights") == "1.44 KiB in bf16 [exact]");  // 736 x 2 B
  CHECK(shown(model_facts(tiny()), "parameters") == "736 (0.00 M), active 0.00 M");
  CHECK(shown(model_facts(tiny()), "  1 x full") == "gqa: q_heads 2, kv_heads 1, head_dim 4; dense: intermediate 16");
}

TEST_CASE("what a device does not have is empty, not zero") {
  const Device device{.id = "cpu",
                      .name = "CPU",
                      .vendor = "V",
                      .device_class = DeviceClass::cpu,
                      .bandwidth = 100 * units::GB / units::s};
  CHECK(csv(device_records({device})).find("\ncpu,CPU,V,cpu,,,100,,,,,,,,,1,\n") != std::string::npos);
  CHECK(shown(device_facts(device), "memory") == "your choice (--memory)");
  CHECK(shown(device_facts(device), "TDP").empty());
}

TEST_CASE("an automatic utilization has no number") {
  const Engine engine{.id = "sglang", .name = "SGLang", .version = "1", .memory_utilization = 0};
  CHECK(csv(engine_records({engine})).find("\nsglang,SGLang,1,,16,") != std::string::npos);
  CHECK(shown(engine_facts(engine), "memory utilization") == "automatic");
}

TEST_CASE("a search finds presets with all its words, letter case aside") {
  const std::vector<std::string> texts{"qwen3-30b-a3b", "Qwen3MoeForCausalLM"};
  CHECK(matches("", texts));
  CHECK(matches("QWEN moe", texts));
  CHECK(matches("  30b ", texts));
  CHECK_FALSE(matches("qwen llama", texts));
}

TEST_CASE("a listing without a match is an answer, no") {
  std::ostringstream out;
  std::ostringstream err;
  const auto options =
      parse_options(OptionTable{.options = listing_options()}, std::vector<std::string>{"--search", "zz"});
  REQUIRE(options.has_value());
  CHECK(print_listing(model_records({}), "models", {}, *options, Io{out, err}) == Exit::no);
  CHECK(err.str() == "roofcast: no models found with 'zz'\n");
  CHECK(out.str().empty());
}

TEST_CASE("a listing shows what can be read and then what cannot") {
  std::ostringstream out;
  std::ostringstream err;
  const auto options = parse_options(OptionTable{.options = listing_options()}, std::vector<std::string>{"--names"});
  REQUIRE(options.has_value());
  const Errors problems{{"bad.json", "cannot be read", "", ErrorKind::file}};
  CHECK(print_listing(model_records({tiny()}), "models", problems, *options, Io{out, err}) == Exit::file);
  CHECK(out.str() == "tiny\n");
  CHECK(err.str() == "roofcast: bad.json: cannot be read\n");
}
