#include "hwmodels/import/import.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "core/cache.hpp"
#include "hwmodels/model_profile.hpp"
#include "tests/support/checkpoint_files.hpp"
#include "tests/support/gguf_models.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::test;
namespace fs = std::filesystem;

namespace {

/// The only error, without the folder's own name.
std::string problem(const TemporaryFolder& folder, std::string_view name = "") {
  const auto path = name.empty() ? folder.path() : folder / name;
  const auto model = import_model(path);
  REQUIRE_FALSE(model.has_value());
  REQUIRE(model.error().size() == 1);
  const auto& e = model.error().front();
  CHECK(e.what.find('\n') == std::string::npos);
  return e.where.starts_with(path.string()) ? e.what : e.where + " " + e.what;
}

std::string tiny_profile() {
  auto model = *imported(dense_gguf());
  model.id = "tiny";
  model.name = "Tiny";
  return model_json(model);
}

}  // namespace

TEST_CASE("a folder with one model is that model, whatever lies beside it", "[import]") {
  const TemporaryFolder folder;
  folder.write("README.md", "# model");
  folder.write("tokenizer.json", "{}");
  fs::create_directory(folder / "onnx");
  SECTION("GGUF") {
    folder.write("tiny.gguf", dense_gguf().file());
    folder.write("mmproj-tiny.gguf", "GGUF");
    CHECK(import_model(folder.path())->id == "tiny");
  }
  SECTION("GGUF beside the config it was made from") {
    folder.write("tiny.gguf", dense_gguf().file());
    folder.write("config.json", kTinyConfig);
    CHECK(import_model(folder.path())->source == "GGUF file tiny.gguf");
  }
  SECTION("config.json") {
    folder.write("config.json", kTinyConfig);
    CHECK_FALSE(import_model(folder.path())->checkpoint_bytes.has_value());
  }
  SECTION("profile") {
    folder.write("tiny.json", tiny_profile());
    CHECK(import_model(folder.path())->id == "tiny");
  }
}

TEST_CASE("GGUF, profile and config of the same model agree", "[import]") {
  const TemporaryFolder folder;
  const auto gguf = import_model(folder.write("m.gguf", dense_gguf().file()));
  const auto profile = import_model(folder.write("profile.json", tiny_profile()));
  const auto config = import_model(folder.write("any_config.json", kTinyConfig));
  REQUIRE(errors_of(gguf) == "no error");
  REQUIRE(errors_of(profile) == "no error");
  REQUIRE(errors_of(config) == "no error");
  CHECK(gguf->kinds.front().attention == config->kinds.front().attention);
  CHECK(gguf->kinds.front().ffn == config->kinds.front().ffn);
  CHECK(gguf->kinds == profile->kinds);
  CHECK(gguf->checkpoint_bytes == profile->checkpoint_bytes);
  CHECK(kv_bytes_per_token(*gguf, KvFormat{}) == kv_bytes_per_token(*config, KvFormat{}));
}

TEST_CASE("GGUF is known by its magic, not by its name", "[import]") {
  const TemporaryFolder folder;
  folder.write("sha256-0123", dense_gguf().file());
  CHECK(errors_of(import_model(folder / "sha256-0123")) == "no error");
}

TEST_CASE("a folder with several models, or none, is one clear line", "[import][errors]") {
  const TemporaryFolder folder;
  CHECK(problem(folder) == "no model: expected config.json, a GGUF file or a profile");
  folder.write("a.gguf", "");
  folder.write("b-00001-of-00002.gguf", "");
  folder.write("b-00002-of-00002.gguf", "");
  CHECK(problem(folder) == "2 GGUF models: a.gguf, b-00001-of-00002.gguf");
  for (const auto* name : {"c.gguf", "d.gguf"}) folder.write(name, "");
  CHECK(problem(folder) == "4 GGUF models: a.gguf, b-00001-of-00002.gguf, c.gguf and 1 more");
}

TEST_CASE("a folder that lacks the first part of its model says so", "[import][errors]") {
  const TemporaryFolder folder;
  GgufWriter second;
  second.number("split.no", 1);
  second.number("split.count", 2);
  folder.write("b-00002-of-00002.gguf", second.file());
  CHECK(problem(folder) == "b-00001-of-00002.gguf 1 of 2 parts are missing: b-00001-of-00002.gguf");
}

TEST_CASE("a GGUF file and safetensors files are two models", "[import][errors]") {
  const TemporaryFolder folder;
  folder.write("a.gguf", dense_gguf().file());
  folder.write("config.json", kTinyConfig);
  folder.write("model.safetensors", tiny_safetensors().file());
  CHECK(problem(folder) == "two models: a.gguf and the safetensors files of config.json");
}

TEST_CASE("tensor files alone do not make a model", "[import][errors]") {
  const TemporaryFolder folder;
  folder.write("model.safetensors", tiny_safetensors().file());
  CHECK(problem(folder) == "safetensors files without config.json: they hold tensors, but no layer dimensions");
  CHECK(problem(folder, "model.safetensors") ==
        "holds tensors, but no layer dimensions: config.json is needed beside it");
  folder.write("model.safetensors.index.json", R"({"weight_map":{}})");
  CHECK(problem(folder, "model.safetensors.index.json") ==
        "holds tensors, but no layer dimensions: config.json is needed beside it");
}

TEST_CASE("two profiles are not chosen between", "[import][errors]") {
  const TemporaryFolder folder;
  folder.write("a.json", tiny_profile());
  folder.write("b.json", tiny_profile());
  CHECK(problem(folder) == "2 profiles: a.json, b.json");
}

TEST_CASE("links that lead nowhere or in circles are said to", "[import][errors]") {
  const TemporaryFolder folder;
  fs::create_symlink("nowhere", folder / "a.gguf");
  CHECK_THAT(problem(folder), Catch::EndsWith("a link to a file that does not exist"));
  fs::remove(folder / "a.gguf");
  fs::create_symlink("config.json", folder / "config.json");
  CHECK_THAT(problem(folder), Catch::Contains("cannot open: Too many levels of symbolic links"));
}

TEST_CASE("a folder that links to itself is listed once", "[import][errors]") {
  const TemporaryFolder folder;
  fs::create_directory_symlink(".", folder / "again");
  CHECK(problem(folder) == "no model: expected config.json, a GGUF file or a profile");
}

TEST_CASE("folders and pipes with the name of a file are refused, and nobody waits", "[import][errors]") {
  const TemporaryFolder folder;
  SECTION("a folder") {
    fs::create_directory(folder / "config.json");
    CHECK_THAT(problem(folder), Catch::EndsWith("a folder, expected a file"));
  }
  SECTION("a pipe as GGUF") {
    REQUIRE(::mkfifo((folder / "m.gguf").c_str(), 0600) == 0);
    CHECK_THAT(problem(folder), Catch::EndsWith("a pipe, expected a file"));
  }
  SECTION("a pipe as config") {
    REQUIRE(::mkfifo((folder / "config.json").c_str(), 0600) == 0);
    CHECK_THAT(problem(folder), Catch::EndsWith("a pipe, expected a file"));
  }
  SECTION("a pipe among the tensor files") {
    folder.write("config.json", kTinyConfig);
    REQUIRE(::mkfifo((folder / "model.safetensors").c_str(), 0600) == 0);
    CHECK_THAT(problem(folder), Catch::EndsWith("a pipe, expected a file"));
  }
  SECTION("a pipe among profiles") {
    REQUIRE(::mkfifo((folder / "x.json").c_str(), 0600) == 0);
    CHECK(problem(folder) == "no model: expected config.json, a GGUF file or a profile");
  }
}

TEST_CASE("files that are no model say so", "[import][errors]") {
  const TemporaryFolder folder;
  folder.write("empty", "");
  CHECK(problem(folder, "empty") == "is empty");
  folder.write("text", "hello");
  CHECK(problem(folder, "text") ==
        "is no model: expected a GGUF file, a config.json, a safetensors index or a profile");
  CHECK(problem(folder, "missing") == "no such file or folder");
  folder.write("huge.json", "{", 200'000'000);
  CHECK(problem(folder, "huge.json") == "200000000 bytes of JSON, at most 100000000 are read");
  CHECK(import_model(folder / "missing").error().front().kind == ErrorKind::file);
}

TEST_CASE("a folder of thousands of files is not the folder of a model", "[import][errors]") {
  const TemporaryFolder folder;
  const auto file = folder.write("file", "");
  for (int i = 0; i < 10'000; ++i) fs::create_hard_link(file, folder / std::to_string(i));
  CHECK(problem(folder) == "more than 10000 entries: not the folder of a model");
}

TEST_CASE("quantisation settings alone name the config that they belong to", "[import][errors]") {
  const TemporaryFolder folder;
  folder.write("a--b_hf_quant_config.json", "{}");
  const auto model = import_model(folder / "a--b_hf_quant_config.json");
  REQUIRE_FALSE(model.has_value());
  CHECK(model.error().front().what == "holds the quantisation of a model, but no layer dimensions");
  CHECK(model.error().front().hint == "import " + (folder / "a--b_config.json").string() + ": it is read along");
}
