#include "hwmodels/import/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "core/parameters.hpp"
#include "core/weights.hpp"
#include "hwmodels/import/import.hpp"
#include "hwmodels/import/safetensors_json.hpp"
#include "tests/support/checkpoint_files.hpp"
#include "tests/support/gguf_models.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::test;
using namespace roofcast::units;

namespace {

constexpr const char* kIndex = "model.safetensors.index.json";

/// config.json and the tiny model in two files with an index.
struct TwoShards {
  TemporaryFolder folder{};
  std::string map = R"("lm_head.weight":"a.safetensors","model.layers.1.mlp.up_proj.weight":"b.safetensors")";

  TwoShards() {
    SafetensorsWriter a, b;
    add_tiny_ends(a);
    add_tiny_layer(a, 0);
    add_tiny_layer(b, 1);
    folder.write("config.json", kTinyConfig);
    folder.write("a.safetensors", a.file());
    folder.write("b.safetensors", b.file());
  }
  [[nodiscard]] Result<ModelSpec> import_with(std::string_view metadata) const {
    folder.write(kIndex, fmt::format(R"({{"metadata":{{{}}},"weight_map":{{{}}}}})", metadata, map));
    return import_model(folder.path());
  }
};

std::string index_problem(std::string_view text) {
  return errors_of(parse_safetensors_index(text, kIndex));
}

}  // namespace

TEST_CASE("weights of a config with its tensor files are the files' bytes", "[safetensors][import]") {
  const TemporaryFolder folder;
  folder.write("config.json", kTinyConfig);
  folder.write("model.safetensors", tiny_safetensors().file());
  const auto model = import_model(folder.path());
  REQUIRE(errors_of(model) == "no error");
  CHECK(weight_bytes(*model) == 2 * kTinyParams * byte);
  CHECK(weight_bytes_are_exact(*model));
  CHECK(parameters(*model).stored == kTinyParams);
  CHECK(model->kinds.front().formats.mlp == WeightFormat{});
  SECTION("whichever file is named") {
    for (const auto* name : {"config.json", "model.safetensors"}) {
      const auto same = import_model(folder / name);
      REQUIRE(errors_of(same) == "no error");
      CHECK(same->checkpoint_bytes == model->checkpoint_bytes);
    }
  }
}

TEST_CASE("formats that the config does not tell come from the files", "[safetensors][import]") {
  const TemporaryFolder folder;
  folder.write("config.json", kTinyConfig);
  folder.write("model.safetensors", tiny_safetensors("F8_E4M3").file());
  const auto model = import_model(folder.path());
  REQUIRE(errors_of(model) == "no error");
  CHECK(model->kinds.front().formats.mlp == WeightFormat{"fp8", 1.0, Compute::fp8});
  CHECK(model->kinds.front().formats.attention == WeightFormat{});
  // One byte less for each weight of the MLP.
  CHECK(weight_bytes(*model) == (2 * kTinyParams - kTinyMlp) * byte);
  CHECK(model->notes.back() == "MLP weights are stored in 1 bytes each (fp8), the config says 2");
}

TEST_CASE("scales count as bytes of their matrices, packed integers hold several weights", "[safetensors][import]") {
  const TemporaryFolder folder;
  folder.write("config.json", kTinyConfig);
  SafetensorsWriter w;
  add_tiny_ends(w);
  for (int layer = 0; layer < 2; ++layer) {
    const auto name = [&](std::string_view tensor) { return fmt::format("model.layers.{}.{}", layer, tensor); };
    w.tensor(name("self_attn.q_proj.weight"), {64, 64});
    w.tensor(name("self_attn.k_proj.weight"), {32, 64});
    w.tensor(name("self_attn.v_proj.weight"), {32, 64});
    w.tensor(name("self_attn.o_proj.weight"), {64, 64});
    // 4 bit in int32: 6,144 weights are 768 integers; groups of 32 with a 16-bit scale: 192 scales.
    for (const auto* matrix : {"mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"}) {
      w.tensor(name(matrix) + ".qweight", {8, 96}, "I32");
      w.tensor(name(matrix) + ".scales", {2, 96}, "F16");
    }
  }
  folder.write("model.safetensors", w.file());
  const auto model = import_model(folder.path());
  REQUIRE(errors_of(model) == "no error");
  // (768 x 4 + 192 x 2) / 6144 = 0.5625.
  CHECK(model->kinds.front().formats.mlp.bytes_per_weight == 0.5625);
}

TEST_CASE("towers and extra layers count when the files hold them", "[safetensors][import]") {
  const TemporaryFolder folder;
  folder.write("config.json", kTinyConfig);
  auto w = tiny_safetensors();
  w.tensor("model.visual.blocks.0.attn.qkv.weight", {10, 10});
  w.tensor("model.layers.2.mlp.up_proj.weight", {96, 64});
  folder.write("model.safetensors", w.file());
  const auto model = import_model(folder.path());
  REQUIRE(errors_of(model) == "no error");
  CHECK(model->vision_params == 100);
  CHECK(model->mtp_params == 6144);
  CHECK(weight_bytes(*model) == 2 * (kTinyParams + 6244) * byte);
}

TEST_CASE("an index names the files whose headers are summed", "[safetensors][import]") {
  const TwoShards shards;
  const auto model = shards.import_with(fmt::format(R"("total_size":{})", 2 * kTinyParams));
  REQUIRE(errors_of(model) == "no error");
  CHECK(weight_bytes(*model) == 2 * kTinyParams * byte);
  SECTION("a total that is not theirs is noted, and the headers win") {
    const auto other = shards.import_with(R"("total_size":17)");
    REQUIRE(errors_of(other) == "no error");
    CHECK(weight_bytes(*other) == 2 * kTinyParams * byte);
    CHECK_THAT(other->notes.back(), Catch::EndsWith("their index says 17"));
  }
  SECTION("files that the index does not name do not count") {
    shards.folder.write("consolidated.safetensors", tiny_safetensors().file());
    CHECK(weight_bytes(*shards.import_with("")) == 2 * kTinyParams * byte);
  }
}

TEST_CASE("without the files the index' total counts, with some of them nothing does", "[safetensors][import]") {
  const TwoShards shards;
  std::filesystem::remove(shards.folder / "b.safetensors");
  const auto half = shards.import_with(R"("total_size":1000)");
  CHECK(errors_of(half) == (shards.folder / kIndex).string() + " 1 of its 2 files are missing, first b.safetensors\n");
  CHECK(half.error().front().kind == ErrorKind::file);

  std::filesystem::remove(shards.folder / "a.safetensors");
  const auto none = shards.import_with(R"("total_size":1000)");
  REQUIRE(errors_of(none) == "no error");
  CHECK(weight_bytes(*none) == 1000.0 * byte);
  CHECK_THAT(none->notes.back(), Catch::Contains("not at hand"));
  CHECK(errors_of(shards.import_with("")) ==
        "model.safetensors.index.json:/metadata/total_size missing, and so are the files\n");
}

TEST_CASE("a tensor is in the file that the index names", "[safetensors][import][errors]") {
  TwoShards shards;
  shards.map += R"(,"model.layers.0.mlp.up_proj.weight":"b.safetensors")";
  CHECK(errors_of(shards.import_with("")) ==
        "model.safetensors.index.json:/weight_map/model.layers.0.mlp.up_proj.weight is not in b.safetensors\n");
}

TEST_CASE("an index is two objects of known shape, in one folder", "[safetensors][errors]") {
  CHECK(index_problem("[]") == "model.safetensors.index.json: an array, expected an object\n");
  CHECK(index_problem("{}") == "model.safetensors.index.json:/weight_map missing\n");
  CHECK(index_problem("{") == "model.safetensors.index.json not valid JSON at byte 2\n");
  CHECK(index_problem(R"({"weight_map":[]})") ==
        "model.safetensors.index.json:/weight_map an array, expected an object\n");
  CHECK(index_problem(R"({"weight_map":{"a":1}})") ==
        "model.safetensors.index.json:/weight_map/a 1, expected a file name\n");
  CHECK(index_problem(R"({"weight_map":{"a":"../../etc/passwd"}})") ==
        "model.safetensors.index.json:/weight_map/a '../../etc/passwd', expected the name of a file in the same "
        "folder\n");
  CHECK(index_problem(R"({"weight_map":{"a":".."}})") ==
        "model.safetensors.index.json:/weight_map/a '..', expected the name of a file in the same folder\n");
  CHECK(index_problem(R"({"weight_map":{"a":"x","a":"y"}})") ==
        "model.safetensors.index.json:/weight_map/a this tensor occurs twice\n");
  CHECK(index_problem(R"({"metadata":{"total_size":-1},"weight_map":{}})") ==
        "model.safetensors.index.json:/metadata/total_size -1, expected a number of bytes\n");
  CHECK(index_problem(R"({"metadata":{"total_size":"1 GB"},"weight_map":{}})") ==
        "model.safetensors.index.json:/metadata/total_size '1 GB', expected a number of bytes\n");
  CHECK(parse_safetensors_index(R"({"metadata":{"total_size":1e3,"more":[{"x":null}]},"weight_map":{"a":"x"}})", "i")
            ->total_size == 1000u);
}

TEST_CASE("an index of no files, or of more than any model has, is refused", "[safetensors][errors]") {
  TwoShards shards;
  shards.map.clear();
  CHECK(errors_of(shards.import_with("")) ==
        "model.safetensors.index.json:/weight_map names 0 files, expected 1 to 10000\n");
}

TEST_CASE("several tensor files without an index are not guessed about", "[safetensors][errors]") {
  const TwoShards shards;
  CHECK(errors_of(import_model(shards.folder.path())) ==
        shards.folder.path().string() + " 2 safetensors files and no model.safetensors.index.json\n");
}

TEST_CASE("a broken tensor file stops the import", "[safetensors][errors]") {
  const TemporaryFolder folder;
  folder.write("config.json", kTinyConfig);
  const auto file = tiny_safetensors().file();
  folder.write("model.safetensors", file.substr(0, file.size() - 100));
  CHECK_THAT(errors_of(import_model(folder.path())), Catch::Contains("truncated?"));
}

TEST_CASE("tensors of another model than the config's are refused", "[safetensors][import][errors]") {
  const TemporaryFolder folder;
  folder.write("config.json", kTinyConfig);
  const auto problems = [&](const SafetensorsWriter& w) {
    folder.write("model.safetensors", w.file());
    const auto model = import_model(folder.path());
    if (!model) CHECK(model.error().front().kind == ErrorKind::unsupported);
    return errors_of(model);
  };
  SECTION("fewer layers") {
    SafetensorsWriter w;
    add_tiny_ends(w);
    add_tiny_layer(w, 0);
    // 12,800 + 12,288 + 18,432 of 12,800 + 2 x 30,720 + 320.
    CHECK(problems(w) == (folder / "config.json").string() + " 2 layers, but the tensors beside it are of 1\n" +
                             (folder / "config.json").string() +
                             " 74560 parameters, but the tensors beside it hold 43520\n");
  }
  SECTION("wider layers") {
    auto w = tiny_safetensors();
    w.tensor("model.layers.1.mlp.extra_proj.weight", {512, 64});
    CHECK_THAT(problems(w), Catch::Contains("74560 parameters, but the tensors beside it hold 107008"));
  }
  SECTION("many more layers are no multi-token prediction") {
    auto w = tiny_safetensors();
    for (const int layer : {2, 3}) add_tiny_layer(w, layer);
    CHECK_THAT(problems(w), Catch::Contains("2 layers, but tensors of later layers hold 61696 parameters"));
  }
}
