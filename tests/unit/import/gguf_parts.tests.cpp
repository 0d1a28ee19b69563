#include "hwmodels/import/gguf_parts.hpp"

#include <catch2/catch.hpp>

#include "core/weights.hpp"
#include "hwmodels/import/gguf.hpp"
#include "tests/support/gguf_models.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace roofcast;
using namespace roofcast::test;

namespace {

void set_split(GgufWriter& w, std::uint32_t part, std::uint32_t parts, std::uint32_t tensors) {
  w.number("split.no", part - 1);
  w.number("split.count", parts);
  w.number("split.tensors.count", tensors);
}

/// The tiny model in three parts: metadata and tables, block 0, block 1.
struct ThreeParts {
  TemporaryFolder folder{};
  GgufWriter first{}, second{}, third{};

  ThreeParts() {
    const DenseShape s;
    add_metadata(first, s);
    add_ends(first, s);
    add_attention(second, s, 0);
    add_ffn(second, s, 0);
    add_attention(third, s, 1);
    add_ffn(third, s, 1);
    // 3 tables and norms, 5 + 4 tensors in each of two blocks.
    set_split(first, 1, 3, 21);
    set_split(second, 2, 3, 21);
    set_split(third, 3, 3, 21);
  }
  void write() const {
    folder.write("tiny-00001-of-00003.gguf", first.file());
    folder.write("tiny-00002-of-00003.gguf", second.file());
    folder.write("tiny-00003-of-00003.gguf", third.file());
  }
  [[nodiscard]] Result<ModelSpec> load(std::string_view name = "tiny-00001-of-00003.gguf") const {
    return load_gguf(folder / name);
  }
};

}  // namespace

TEST_CASE("part names are a stem, a part and a number of parts", "[gguf][import]") {
  CHECK(gguf_part_name("a-b-00002-of-00011.gguf") == GgufPartName{"a-b", 2, 11});
  CHECK(file_name({"a-b", 2, 11}) == "a-b-00002-of-00011.gguf");
  for (const auto* name : {"a.gguf", "a-00000-of-00002.gguf", "a-00003-of-00002.gguf", "a-0001-of-0002.gguf",
                           "a-00001-of-0000x.gguf", "-00001-of-00002.gguf", "a-00001-of-00002.bin", ""}) {
    CAPTURE(name);
    CHECK_FALSE(gguf_part_name(name).has_value());
  }
}

TEST_CASE("a split model is all its parts, whichever one is named", "[gguf][import]") {
  const ThreeParts parts;
  parts.write();
  const auto whole = imported(dense_gguf());
  for (const auto* name : {"tiny-00001-of-00003.gguf", "tiny-00002-of-00003.gguf", "tiny-00003-of-00003.gguf"}) {
    CAPTURE(name);
    const auto model = parts.load(name);
    REQUIRE(errors_of(model) == "no error");
    CHECK(model->id == "tiny");
    CHECK(model->kinds == whole->kinds);
    CHECK(weight_bytes(*model) == weight_bytes(*whole));
  }
}

TEST_CASE("missing parts are named", "[gguf][import][errors]") {
  const ThreeParts parts;
  parts.write();
  std::filesystem::remove(parts.folder / "tiny-00002-of-00003.gguf");
  const auto one = parts.load();
  CHECK(errors_of(one) == "tiny-00001-of-00003.gguf 1 of 3 parts are missing: tiny-00002-of-00003.gguf\n");
  CHECK(one.error().front().kind == ErrorKind::file);
  std::filesystem::remove(parts.folder / "tiny-00003-of-00003.gguf");
  CHECK(errors_of(parts.load()) ==
        "tiny-00001-of-00003.gguf 2 of 3 parts are missing: tiny-00002-of-00003.gguf to tiny-00003-of-00003.gguf\n");
}

TEST_CASE("a part that was renamed cannot find the others", "[gguf][import][errors]") {
  const ThreeParts parts;
  const auto file = parts.folder.write("renamed.gguf", parts.first.file());
  CHECK(errors_of(load_gguf(file)) ==
        "renamed.gguf:/split.count one of 3 parts, but its name does not end in -0000N-of-00003.gguf\n");
}

TEST_CASE("parts agree with their names, their count and each other", "[gguf][import][errors]") {
  ThreeParts parts;
  SECTION("a part of another number of parts") {
    set_split(parts.second, 2, 4, 21);
    parts.write();
    CHECK(errors_of(parts.load()) == "tiny-00002-of-00003.gguf:/split.count 4, expected 3 from the file's name\n");
  }
  SECTION("the same part twice") {
    parts.third = parts.second;
    parts.write();
    CHECK_THAT(errors_of(parts.load()),
               Catch::StartsWith("tiny-00003-of-00003.gguf:/split.no 1, expected 2 from the file's name\n"));
  }
  SECTION("a whole file with the name of a part") {
    parts.folder.write("tiny-00001-of-00003.gguf", dense_gguf().file());
    CHECK(errors_of(parts.load()) == "tiny-00001-of-00003.gguf:/split.count 0, expected 3 from the file's name\n");
  }
  SECTION("tensors that went missing") {
    set_split(parts.first, 1, 3, 22);
    parts.write();
    CHECK(errors_of(parts.load()) ==
          "tiny-00001-of-00003.gguf:/split.tensors.count 22, but the 3 parts hold 21 tensors\n");
  }
  SECTION("a tensor in two parts") {
    parts.second.tensor("output_norm.weight", {64});
    set_split(parts.first, 1, 3, 22);
    parts.write();
    CHECK(errors_of(parts.load()) ==
          "tiny-00001-of-00003.gguf:/tensors/output_norm.weight this tensor occurs in two parts\n");
  }
  SECTION("a part that is broken") {
    parts.write();
    parts.folder.write("tiny-00002-of-00003.gguf", "GGUF");
    CHECK_THAT(errors_of(parts.load()), Catch::StartsWith("tiny-00002-of-00003.gguf:offset 4 4 bytes expected"));
  }
}

TEST_CASE("one part of one needs no split keys", "[gguf][import]") {
  const TemporaryFolder folder;
  const auto file = folder.write("tiny-00001-of-00001.gguf", dense_gguf().file());
  CHECK(errors_of(load_gguf(file)) == "no error");
}
