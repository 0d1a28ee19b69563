#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/parameters.hpp"
#include "hwmodels/model_profile.hpp"
#include "tests/support/csv_rows.hpp"
#include "tests/support/shipped_presets.hpp"

using namespace roofcast;

namespace {

/// A user's preset folder for one test, gone afterwards.
struct UserFolder {
  std::filesystem::path root = std::filesystem::temp_directory_path() /
                               fmt::format("roofcast-{}", std::chrono::steady_clock::now().time_since_epoch().count());

  UserFolder() { std::filesystem::create_directories(root / "model"); }
  ~UserFolder() { std::filesystem::remove_all(root); }
  UserFolder(const UserFolder&) = delete;
  UserFolder& operator=(const UserFolder&) = delete;

  void write(const std::string& name, const std::string& text) const { std::ofstream(root / "model" / name) << text; }
  [[nodiscard]] std::string file(const std::string& name) const { return (root / "model" / name).string(); }
  [[nodiscard]] PresetRoots before_shipped() const { return {{root, shipped_presets().folders.front()}}; }
};

std::string id_of(const std::string& name) {
  return shipped(find_model(shipped_presets(), name)).id;
}

std::string complaint(const std::string& name) {
  const auto model = find_model(shipped_presets(), name);
  REQUIRE_FALSE(model.has_value());
  CHECK(model.error().front().kind == ErrorKind::usage);
  return error_lines(model.error());
}

}  // namespace

TEST_CASE("a model answers to its id, its name, its Hugging Face id and their spellings", "[catalog]") {
  for (const char* name : {"llama-3.1-8b", "Llama-3.1-8B", "meta-llama/Llama-3.1-8B", "meta-llama/Meta-Llama-3.1-8B",
                           "meta-llama/Llama-3.1-8B-Instruct", "Llama-3.1-8B-Instruct"})
    CHECK(id_of(name) == "llama-3.1-8b");
  CHECK(id_of("zhipuai/GLM-5") == "glm-5");
  CHECK(id_of("meta-llama/Llama-2-7b") == "llama-2-7b");
  CHECK(id_of("openai-community/gpt2") == "gpt-2-124m");
  CHECK(id_of("Command-R+") == "command-r-plus");
  CHECK(id_of("google/gemma-3-27b-it") == "gemma-3-27b");
}

TEST_CASE("a suffix stores the base model's matrices in that format", "[catalog]") {
  const auto base = shipped(find_model(shipped_presets(), "qwen3-8b"));
  const auto fp8 = shipped(find_model(shipped_presets(), "Qwen/Qwen3-8B-FP8"));
  CHECK(fp8.id == "qwen3-8b-fp8");
  CHECK(fp8.name == "Qwen3-8B-FP8");
  CHECK(fp8.kinds.front().formats.mlp.name == "fp8");
  CHECK(fp8.head_format == base.head_format);
  CHECK(parameters(fp8).total == parameters(base).total);
  REQUIRE_FALSE(fp8.notes.empty());
  CHECK(fp8.notes.back() == "Qwen3-8B-FP8: the weight format is read off the name, on top of Qwen3-8B");
  CHECK(shipped(find_model(shipped_presets(), "llama-3.1-70b-instruct-awq")).kinds.front().formats.mlp.name == "awq");
}

TEST_CASE("a preset of the very name wins over the suffix rule", "[catalog]") {
  const auto m = shipped(find_model(shipped_presets(), "Qwen/Qwen3-235B-A22B-FP8"));
  CHECK(m.kinds.front().formats.experts.name == "fp8_block");
  const auto v3 = shipped(find_model(shipped_presets(), "nvidia/DeepSeek-V3.1-NVFP4"));
  CHECK(v3.kinds.back().formats.experts.name == "nvfp4");
  CHECK(v3.kinds.back().formats.attention.compute == Compute::bf16);
}

TEST_CASE("an unknown name is a usage error with the nearest known one", "[catalog][errors]") {
  CHECK(complaint("llama-3.1-8") == "MODEL 'llama-3.1-8' is not a known model (did you mean 'llama-3.1-8b'?)\n");
  CHECK(complaint("someone/llama-3.1-8b") ==
        "MODEL 'someone/llama-3.1-8b' is not a known model (did you mean 'llama-3.1-8b'?)\n");
  CHECK(complaint("qwertyuiop") == "MODEL 'qwertyuiop' is not a known model\n");
  CHECK(complaint("../gpu/h100-sxm") == "MODEL '../gpu/h100-sxm' is not a known model\n");
  CHECK(complaint("") == "MODEL '' is not a known model\n");
  const auto device = find_device(shipped_presets(), "h100-smx");
  REQUIRE_FALSE(device.has_value());
  CHECK(error_lines(device.error()) == "--hardware 'h100-smx' is not a known device (did you mean 'h100-sxm'?)\n");
}

TEST_CASE("devices of the measured files resolve", "[catalog]") {
  for (const char* id : {"a100-sxm", "h100-sxm", "h200-sxm", "b200-sxm", "b300-sxm", "gb200", "gb300", "l40s",
                         "rtx-pro-6000-server", "b60"})
    CHECK(shipped(find_device(shipped_presets(), id)).id == id);
  CHECK(shipped(find_device(shipped_presets(), "H100")).id == "h100-sxm");
}

TEST_CASE("a user's preset hides the shipped one of the same id", "[catalog]") {
  const UserFolder user;
  auto mine = shipped(find_model(shipped_presets(), "llama-3.1-8b"));
  mine.max_context = 1234;
  user.write("llama-3.1-8b.json", model_json(mine));
  const auto roots = user.before_shipped();
  CHECK(shipped(find_model(roots, "llama-3.1-8b")).max_context == 1234);
  CHECK(shipped(find_model(roots, "meta-llama/Llama-3.1-8B")).max_context == 1234);
  CHECK(list_models(roots).profiles.size() == list_models(shipped_presets()).profiles.size());
}

TEST_CASE("a user's broken preset is reported, by id and among all, and does not hide others", "[catalog][errors]") {
  const UserFolder user;
  user.write("llama-3.1-8b.json", "{");
  user.write("misnamed.json", model_json(shipped(find_model(shipped_presets(), "qwen3-8b"))));
  const auto roots = user.before_shipped();
  const auto broken = find_model(roots, "llama-3.1-8b");
  REQUIRE_FALSE(broken.has_value());
  CHECK_THAT(error_lines(broken.error()), Catch::StartsWith(user.file("llama-3.1-8b.json") + " not valid JSON"));
  const auto misnamed = find_model(roots, "misnamed");
  REQUIRE_FALSE(misnamed.has_value());
  CHECK(error_lines(misnamed.error()) ==
        user.file("misnamed.json") + ":/id 'qwen3-8b' must be the file's name, 'misnamed'\n");
  CHECK(list_models(roots).problems.size() == 2);
  CHECK(shipped(find_model(roots, "qwen3-8b")).id == "qwen3-8b");
}

TEST_CASE("preset folders: the environment first, then the user's, then the shipped ones", "[catalog]") {
  const UserFolder a, b, home;
  std::filesystem::create_directories(home.root / ".config/roofcast/presets");
  std::filesystem::create_directories(b.root / "roofcast/presets");
  std::filesystem::create_directories(a.root / "bin");
  std::filesystem::create_directories(a.root / "share/roofcast/presets");
  const auto list = fmt::format("{}::/nowhere:{}:", a.root.string(), b.root.string());
  const auto roots =
      preset_roots({.roofcast_presets = list, .home = home.root.string(), .executable = a.root / "bin/roofcast"});
  CHECK(roots.folders == std::vector<std::filesystem::path>{a.root, b.root, home.root / ".config/roofcast/presets",
                                                            a.root / "bin/../share/roofcast/presets"});
  const auto xdg = preset_roots({.xdg_config_home = b.root.string(), .home = home.root.string(), .executable = {}});
  CHECK(xdg.folders == std::vector<std::filesystem::path>{b.root / "roofcast/presets",
                                                          std::filesystem::canonical(ROOFCAST_SOURCE_DIR) / "presets"});
}

TEST_CASE("a preset folder that is there and cannot be read is one line, not silence", "[catalog][errors]") {
  const UserFolder user;
  std::filesystem::remove(user.root / "model");
  std::ofstream(user.root / "model") << "not a folder";
  const auto roots = preset_roots({.roofcast_presets = user.root.string(), .executable = {}});
  REQUIRE(roots.problems.size() == 1);
  CHECK(roots.problems.front().kind == ErrorKind::file);
  CHECK(roots.problems.front().where == (user.root / "model").string());
  CHECK_THAT(roots.problems.front().what, Catch::Contains("cannot be read"));
  // What it would hide is not used: no name answers, and lists say why.
  CHECK_FALSE(find_model(roots, "llama-3.1-8b").has_value());
  CHECK_FALSE(find_device(roots, "h100-sxm").has_value());
  CHECK(list_engines(roots).problems == roots.problems);
}

TEST_CASE("every model of the reference table and of the measured runs resolves", "[catalog][reference]") {
  const std::filesystem::path shared = ROOFCAST_SHARED_DIR;
  if (!std::filesystem::exists(shared / "reference/models.csv")) {
    WARN("the reference table models.csv is not beside the source tree: its names were not looked up");
    return;
  }
  std::set<std::string> names;
  for (const auto& row : csv_rows(shared / "reference/models.csv")) {
    const auto& id = row.at("hf_id");
    if (id.find('/') == id.npos) continue;
    for (const char* suffix : {"", "-Instruct", "-hf"}) names.insert(fmt::format("{}{}", id, suffix));
    if (const auto meta = id.find("/Meta-"); meta != id.npos)
      names.insert(fmt::format("{}/{}", id.substr(0, meta), id.substr(meta + 6)));
  }
  for (const auto& row : csv_rows(shared / "measured/end_to_end.csv")) names.insert(row.at("model"));
  CHECK(names.size() > 400);
  for (const auto& name : names) (void)shipped(find_model(shipped_presets(), name));
}
