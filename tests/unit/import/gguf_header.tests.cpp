#include <catch2/catch.hpp>

#include <string>

#include "tests/support/gguf_models.hpp"

using namespace roofcast;
using namespace roofcast::test;

namespace {

/// A file with one key and one tensor, parts of which tests overwrite.
GgufWriter small_file() {
  GgufWriter w;
  w.text("general.architecture", "llama");
  w.tensor("t.weight", {64, 2}, "q4_0");  // 2 rows of 2 blocks of 18 bytes = 72
  return w;
}

std::string problem(const std::string& bytes, std::uint64_t file_bytes) {
  const auto header = parsed(bytes, file_bytes);
  REQUIRE_FALSE(header.has_value());
  REQUIRE(header.error().size() == 1);
  CHECK(header.error().front().kind == ErrorKind::unsupported);
  return text_of(header.error());
}
std::string problem(const GgufWriter& w) {
  return problem(w.header(), w.file_bytes());
}

/// `bytes` with the 8 bytes at `offset` replaced.
std::string patched(std::string bytes, std::size_t offset, std::uint64_t value) {
  std::string patch;
  append(patch, value);
  return bytes.replace(offset, patch.size(), patch);
}

// magic 4, version 4, tensors 8, keys 8; then "general.architecture": length 8, text 20, type 4, length 8, "llama".
constexpr std::size_t kTensorCount = 8, kKeyCount = 16, kKeyLength = 24, kValueLength = 24 + 8 + 20 + 4;

}  // namespace

TEST_CASE("a GGUF header gives keys, shapes and exact tensor bytes", "[gguf]") {
  for (const std::uint32_t version : {2u, 3u}) {
    auto w = small_file();
    w.version = version;
    w.number("llama.block_count", 7);
    w.real("llama.rope.freq_base", 1e6f);
    w.flags("llama.pattern", {true, false});
    w.texts("tokenizer.ggml.tokens", {"a", "bc", ""});
    const auto header = parsed(w.header(), w.file_bytes());
    REQUIRE(header.has_value());
    CHECK(header->version == version);
    CHECK(header->metadata.at("llama.block_count") == GgufValue{std::int64_t{7}});
    CHECK(header->metadata.at("llama.rope.freq_base") == GgufValue{1e6});
    CHECK(header->metadata.at("llama.pattern") == GgufValue{std::vector<std::int64_t>{1, 0}});
    CHECK(header->metadata.at("tokenizer.ggml.tokens") == GgufValue{GgufArray{8, 3}});
    REQUIRE(header->tensors.size() == 1);
    CHECK(header->tensors.front().elements == 128);
    CHECK(header->tensors.front().bytes == 72);
  }
}

TEST_CASE("what is not little-endian GGUF 2 or 3 is named", "[gguf][errors]") {
  auto w = small_file();
  w.version = 1;
  CHECK(problem(w) == "m.gguf:offset 4 GGUF version 1, expected 2 or 3\n");
  w.version = 4;
  CHECK(problem(w) == "m.gguf:offset 4 GGUF version 4, expected 2 or 3\n");
  w.version = 0x03000000;
  CHECK(problem(w) ==
        "m.gguf:offset 4 a big-endian file, expected little-endian (gguf_convert_endian.py of gguf-py converts)\n");
  CHECK(problem("tjgg....", 8) == "m.gguf:offset 0 a GGML file from before GGUF, expected GGUF version 2 or 3\n");
  CHECK(problem("\x7f"
                "ELF....",
                8) == "m.gguf:offset 0 starts with '?ELF', expected 'GGUF'\n");
}

TEST_CASE("a count or length is held against the bytes left before anything is read", "[gguf][errors]") {
  const auto w = small_file();
  const auto good = w.header();
  const auto size = w.file_bytes();
  // Header 24 + 45 (key) + 48 (tensor) = 117, padded to 128; 72 bytes of data padded to 96.
  REQUIRE(size == 224);
  CHECK(problem(patched(good, kTensorCount, std::uint64_t{1} << 63), size) ==
        "m.gguf:offset 8 9223372036854775808 tensors do not fit the 200 bytes that follow\n");
  CHECK(problem(patched(good, kKeyCount, ~std::uint64_t{0}), size) ==
        "m.gguf:offset 16 18446744073709551615 keys do not fit the 200 bytes that follow\n");
  CHECK(problem(patched(good, kKeyLength, std::uint64_t{1} << 40), size) ==
        "m.gguf:offset 24 the name of key 0 is 1099511627776 bytes long, at most 1024 are read\n");
  CHECK(problem(patched(good, kKeyLength, 0), size) == "m.gguf:offset 24 the name of key 0 is empty\n");
  CHECK(problem(patched(good, kValueLength, 10'000'000'000), size) ==
        "m.gguf:/general.architecture 10000000000 bytes expected at offset 64, but the file ends at 224\n");
}

TEST_CASE("a header that says more than any model is refused before it is read", "[gguf][errors]") {
  const auto w = small_file();
  const std::uint64_t huge = std::uint64_t{1} << 50;
  CHECK(problem(patched(w.header(), kTensorCount, 1 << 20), huge) ==
        "m.gguf:offset 8 1048576 tensors, at most 262144 are read\n");
  CHECK(problem(patched(w.header(), kValueLength, 10'000'000'000), huge) ==
        "m.gguf:/general.architecture the header reaches beyond 268435456 bytes: not a model\n");
}

TEST_CASE("arrays are bounded and never nested", "[gguf][errors]") {
  auto w = small_file();
  std::string array;
  append(array, std::uint32_t{9});
  SECTION("more values than bytes") {
    append(array, std::uint32_t{5});
    append(array, std::uint64_t{1} << 62);
    w.set("k", array);
    CHECK_THAT(problem(w), Catch::StartsWith("m.gguf:/k an array of 4611686018427387904 values does not fit the "));
  }
  SECTION("arrays of arrays") {
    append(array, std::uint32_t{9});
    append(array, std::uint64_t{1});
    w.set("k", array);
    CHECK(problem(w) == "m.gguf:/k an array of arrays, expected an array of numbers or texts\n");
  }
  SECTION("unknown element type") {
    append(array, std::uint32_t{13});
    append(array, std::uint64_t{0});
    w.set("k", array);
    CHECK(problem(w) == "m.gguf:/k an array of value type 13 is unknown, expected 0 to 12\n");
  }
}

TEST_CASE("keys and tensors occur once", "[gguf][errors]") {
  auto w = small_file();
  w.keys.push_back(w.keys.front());
  CHECK(problem(w) == "m.gguf:/general.architecture this key occurs twice\n");
  w = small_file();
  w.tensor("t.weight", {32}, "q4_0");
  CHECK(problem(w) == "m.gguf:/tensors/t.weight this tensor occurs twice\n");
}

TEST_CASE("the alignment is a power of two", "[gguf][errors]") {
  for (const std::uint32_t alignment : {0u, 3u, 48u}) {
    auto w = small_file();
    w.number("general.alignment", alignment);
    CHECK(problem(w) == fmt::format("m.gguf:/general.alignment {}, expected a power of two up to 2^30\n", alignment));
  }
  auto w = small_file();
  w.text("general.alignment", "32");
  CHECK(problem(w) == "m.gguf:/general.alignment expected an integer\n");
}

TEST_CASE("another alignment moves the data", "[gguf]") {
  GgufWriter w;
  w.alignment = 4096;
  w.number("general.alignment", 4096);
  w.tensor("a.weight", {8});
  w.tensor("b.weight", {8});
  const auto header = parsed(w.header(), w.file_bytes());
  REQUIRE(header.has_value());
  CHECK(header->tensors[1].offset == 4096);
  SECTION("and offsets in between are wrong") {
    w.tensors[1].offset = 64;
    CHECK(problem(w) == "m.gguf:/tensors/b.weight offset 64 is not a multiple of the alignment 4096\n");
  }
}

TEST_CASE("shapes are checked before they are multiplied", "[gguf][errors]") {
  auto w = small_file();
  auto& t = w.tensors.front();
  SECTION("no dimensions") {
    t.dims = {};
    CHECK(problem(w) == "m.gguf:/tensors/t.weight 0 dimensions, expected 1 to 4\n");
  }
  SECTION("five dimensions") {
    t.dims = {32, 1, 1, 1, 1};
    CHECK(problem(w) == "m.gguf:/tensors/t.weight 5 dimensions, expected 1 to 4\n");
  }
  SECTION("a dimension of 0") {
    t.dims = {32, 0};
    CHECK(problem(w) == "m.gguf:/tensors/t.weight dimension 1 is 0\n");
  }
  SECTION("a product beyond 64 bits") {
    t.dims = {std::uint64_t{1} << 40, std::uint64_t{1} << 40};
    CHECK(problem(w) == "m.gguf:/tensors/t.weight the product of its dimensions is beyond 2^56\n");
  }
  SECTION("rows that are no whole blocks") {
    t.dims = {48, 2};
    CHECK(problem(w) ==
          "m.gguf:/tensors/t.weight rows of 48 weights are no whole blocks of 32 (q4_0 stores 32 together)\n");
  }
  SECTION("an unknown type") {
    t.type = 99;
    CHECK(problem(w) == "m.gguf:/tensors/t.weight tensor type 99 is unknown or not one that files hold\n");
  }
}

TEST_CASE("tensors lie in the file and apart from each other", "[gguf][errors]") {
  auto w = small_file();
  w.tensor("u.weight", {64, 2}, "q4_0");
  SECTION("truncated in the data") {
    CHECK(problem(w.header(), w.file_bytes() - 32) ==
          "m.gguf:/tensors/u.weight 72 bytes at offset 96 reach beyond the end of the file (352 bytes): truncated?\n");
  }
  SECTION("an offset far beyond the file") {
    w.tensors[1].offset = ~std::uint64_t{0} - 31;
    CHECK_THAT(problem(w), Catch::Contains("reach beyond the end of the file"));
  }
  SECTION("overlapping") {
    w.tensors[1].offset = 64;
    CHECK(problem(w) == "m.gguf:/tensors/u.weight offset 64 lies inside another tensor\n");
  }
}

TEST_CASE("a file that ends in its header is refused at every byte", "[gguf][errors]") {
  const auto whole = small_file().header();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    CHECK_FALSE(parsed(whole.substr(0, length), length).has_value());
  }
}

TEST_CASE("text from the file is printable in errors", "[gguf][errors]") {
  auto w = small_file();
  w.number("evil\x1b[31m\n\"key", 1);
  w.keys.push_back(w.keys.back());
  CHECK(problem(w) == "m.gguf:/evil?[31m?\"key this key occurs twice\n");
}
