/// Files, folders and names.

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "hwmodels/import/hf_config_model_name.hpp"
#include "tests/support/hf_config_samples.hpp"

using namespace roofcast;
using namespace samples;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone at the end of the test.
class Folder {
 public:
  explicit Folder(const std::string& name) : path_{fs::temp_directory_path() / ("roofcast-" + name)} {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path write(const fs::path& name, const json& content) const {
    const auto file = path_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream{file} << content.dump();
    return file;
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

ModelSpec loaded(const fs::path& path) {
  const auto model = load_hf_config(path);
  REQUIRE(model);
  return *model;
}

std::string id_of(std::string_view origin, std::string_view name_or_path = {}) {
  ModelSpec model{.architecture = "LlamaForCausalLM"};
  hf::name_model(origin, name_or_path, model);
  return model.id;
}

const json kFp8{{"quantization", {{"quant_algo", "FP8"}, {"exclude_modules", {"lm_head"}}}}};

}  // namespace

TEST_CASE("a folder, its config.json and a file of any name read alike") {
  const Folder folder{"hf-config"};
  const auto file = folder.write("Llama-3.1-8B/config.json", llama_3_1_8b());
  CHECK(loaded(file).id == "llama-3.1-8b");
  CHECK(loaded(file.parent_path()).id == "llama-3.1-8b");
  CHECK(loaded(folder.write("anything.txt", llama_3_1_8b())).id == "anything");
}

TEST_CASE("quantisation settings are picked up beside the file, paired by name in a flat folder") {
  const Folder folder{"hf-pairs"};
  folder.write("M/hf_quant_config.json", kFp8);
  const auto plain = folder.write("M/config.json", llama_3_1_8b());
  CHECK(loaded(plain).kinds.front().formats.mlp.name == "fp8");

  const auto flat = folder.write("org--A_config.json", llama_3_1_8b());
  folder.write("org--A_hf_quant_config.json", kFp8);
  const auto other = folder.write("org--B_config.json", llama_3_1_8b());
  CHECK(loaded(flat).kinds.front().formats.mlp.name == "fp8");
  CHECK(loaded(other).kinds.front().formats.mlp.name == "bf16");
}

TEST_CASE("a flattened name gives the Hugging Face id as an alias") {
  const Folder folder{"hf-alias"};
  const auto model = loaded(folder.write("Qwen--Qwen3-0.6B_config.json", llama_3_1_8b()));
  CHECK(model.id == "qwen3-0.6b");
  CHECK(model.name == "Qwen3-0.6B");
  CHECK(model.aliases == std::vector<std::string>{"Qwen/Qwen3-0.6B"});
  CHECK(model.architecture == "LlamaForCausalLM");
}

TEST_CASE("the id comes from the most telling name") {
  CHECK(id_of("/models/Llama-3.1-8B/config.json") == "llama-3.1-8b");
  CHECK(id_of("/hub/models--meta-llama--Llama-3.1-8B/snapshots/0123456789abcdef0123456789abcdef01234567/config.json") ==
        "llama-3.1-8b");
  CHECK(id_of("config.json", "org/Model_v1") == "model-v1");
  CHECK(id_of("config.json", "/data/ckpt/Model/") == "model");
  CHECK(id_of("config.json") == "llamaforcausallm");
  CHECK(id_of("///config.json", "///") == "llamaforcausallm");
}

TEST_CASE("files that cannot be read are file errors") {
  const Folder folder{"hf-missing"};
  for (const auto& path : {folder.path() / "none.json", folder.path()}) {
    const auto model = load_hf_config(path);
    REQUIRE_FALSE(model);
    CHECK(model.error().front().kind == ErrorKind::file);
  }
}
