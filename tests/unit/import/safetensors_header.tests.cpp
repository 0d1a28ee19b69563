#include "hwmodels/import/safetensors_header.hpp"

#include <catch2/catch.hpp>

#include <sstream>

#include "tests/support/gguf_models.hpp"
#include "tests/support/safetensors_writer.hpp"

using namespace roofcast;
using namespace roofcast::test;

namespace {

Result<SafetensorsHeader> header_of(const std::string& bytes, std::uint64_t file_bytes) {
  std::istringstream in(bytes);
  return parse_safetensors_header(in, file_bytes, "m.safetensors");
}
std::string problem(const std::string& text, std::uint64_t data_bytes = 0) {
  const auto bytes = SafetensorsWriter::framed(text);
  return errors_of(header_of(bytes, bytes.size() + data_bytes));
}

}  // namespace

TEST_CASE("a safetensors header gives names, types, shapes and bytes", "[safetensors]") {
  SafetensorsWriter w;
  w.raw(R"("__metadata__":{"format":"pt"})");
  w.tensor("a", {2, 3});          // 6 x 2 = 12 B
  w.tensor("b", {}, "F32");       // a scalar: 4 B
  w.tensor("c", {5, 0}, "U8");    // nothing
  w.tensor("d", {16}, "F4");      // 16 x 4 bit = 8 B
  w.tensor("e", {4}, "F8_E4M3");  // 4 B
  const auto header = header_of(w.header(), w.file_bytes());
  REQUIRE(errors_of(header) == "no error");
  REQUIRE(header->tensors.size() == 5);
  CHECK(header->data_bytes == 12 + 4 + 0 + 8 + 4);
  CHECK(header->tensors[0].elements == 6);
  CHECK(header->tensors[3].bytes() == 8);
}

TEST_CASE("every element type has its bits", "[safetensors]") {
  const std::pair<const char*, unsigned> table[] = {
      {"F64", 64},    {"F32", 32},    {"F16", 16}, {"BF16", 16},   {"I64", 64},   {"I32", 32}, {"I16", 16},
      {"I8", 8},      {"U64", 64},    {"U32", 32}, {"U16", 16},    {"U8", 8},     {"BOOL", 8}, {"F8_E4M3", 8},
      {"F8_E5M2", 8}, {"F8_E8M0", 8}, {"F4", 4},   {"F6_E2M3", 6}, {"F6_E3M2", 6}};
  for (const auto& [name, bits] : table) {
    CAPTURE(name);
    REQUIRE(find_safetensors_type(name) != nullptr);
    CHECK(find_safetensors_type(name)->bits == bits);
  }
  CHECK(find_safetensors_type("BF17") == nullptr);
}

TEST_CASE("a header's length is held against the file and the format's limit", "[safetensors][errors]") {
  std::string bytes;
  append(bytes, std::uint64_t{10'000'000'000});
  bytes += "{}";
  CHECK(errors_of(header_of(bytes, bytes.size())) ==
        "m.safetensors:offset 0 the header's length is 10000000000, but 2 bytes follow: not a safetensors file, or "
        "truncated\n");
  CHECK(errors_of(header_of(bytes, 20'000'000'000)) ==
        "m.safetensors:offset 0 the header reaches beyond 100000008 bytes: not a model\n");
  CHECK(errors_of(header_of("abc", 3)) ==
        "m.safetensors:offset 0 8 bytes expected at offset 0, but the file ends at 3\n");
  CHECK(problem("[1]") == "m.safetensors:offset 0 the header is no JSON object: not a safetensors file\n");
}

TEST_CASE("text that is not the format's JSON is refused where it stops being it", "[safetensors][errors]") {
  CHECK(problem(R"({"a":)") == "m.safetensors not valid JSON at byte 9\n");
  CHECK(problem("{\"a\":\"\xff\"}") == "m.safetensors not valid JSON at byte 7\n");
  CHECK(problem(R"({"a":[1]})") == "m.safetensors:/a an array, expected an object\n");
  CHECK(problem(R"({"a":1})") == "m.safetensors:/a 1, expected an object\n");
  CHECK(problem(R"({"a":{"dtype":1}})") == "m.safetensors:/a/dtype 1, expected a text\n");
  CHECK(problem(R"({"a":{"dtype":"F32","shape":{}}})") ==
        "m.safetensors:/a/shape an object, expected an array of integers\n");
  CHECK(problem(R"({"a":{"dtype":"F32","shape":[[1]]}})") ==
        "m.safetensors:/a/shape an array, expected an integer from 0 to 2^64\n");
  CHECK(problem(R"({"a":{"dtype":"F32","shape":[-1]}})") ==
        "m.safetensors:/a/shape -1, expected an integer from 0 to 2^64\n");
  CHECK(problem(R"({"a":{"dtype":"F32","shape":[1.5]}})") ==
        "m.safetensors:/a/shape 1.5, expected an integer from 0 to 2^64\n");
  CHECK(problem(R"({"a":{"kind":"F32"}})") ==
        "m.safetensors:/a/kind unknown key, expected dtype, shape and data_offsets\n");
  CHECK(problem(R"({"a":{"dtype":"F32","dtype":"F32"}})") == "m.safetensors:/a/dtype this key occurs twice\n");
  CHECK(problem(R"({"a":{"dtype":"F32","shape":[1]}})") == "m.safetensors:/a/data_offsets missing\n");
  CHECK(problem(R"({"__metadata__":{"n":1}})") == "m.safetensors:/__metadata__/n 1, expected a text\n");
  CHECK(problem(R"({"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}})") ==
        "m.safetensors:/a/shape more than 16 values\n");
}

TEST_CASE("deep nesting ends at once", "[safetensors][errors]") {
  CHECK(problem("{\"a\":" + std::string(1'000'000, '[')) == "m.safetensors:/a an array, expected an object\n");
}

TEST_CASE("offsets fit types, shapes and the file", "[safetensors][errors]") {
  const auto one = [](std::string_view dtype, std::string_view shape, std::string_view offsets) {
    return problem(fmt::format(R"({{"a":{{"dtype":"{}","shape":{},"data_offsets":{}}}}})", dtype, shape, offsets), 8);
  };
  CHECK(one("F99", "[2]", "[0,8]") == "m.safetensors:/a dtype 'F99' is unknown\n");
  CHECK(one("F32", "[2]", "[0,8,9]") == "m.safetensors:/a 3 data_offsets, expected a begin and an end\n");
  CHECK(one("F32", "[2]", "[8,0]") == "m.safetensors:/a data_offsets begin at 8 and end at 0\n");
  CHECK(one("F32", "[3]", "[0,12]") ==
        "m.safetensors:/a data_offsets end at 12, but the file holds 8 bytes of data: truncated?\n");
  CHECK(one("F32", "[3]", "[0,8]") == "m.safetensors:/a 8 bytes, but 3 elements of F32 take 96 bits\n");
  CHECK(one("F4", "[3]", "[0,1]") == "m.safetensors:/a 1 bytes, but 3 elements of F4 take 12 bits\n");
  CHECK(one("F32", "[4294967296,4294967296]", "[0,8]") == "m.safetensors:/a the product of its shape is beyond 2^64\n");
  CHECK(one("F32", "[4611686018427387904]", "[0,8]") == "m.safetensors:/a the product of its shape is beyond 2^64\n");
  CHECK(one("F32", "[1]", "[0,4]") == "m.safetensors holds 8 bytes of data, its tensors 4\n");
  CHECK(one("F32", "[2]", "[0,8]") == "no error");
}

TEST_CASE("tensors neither overlap nor leave gaps nor occur twice", "[safetensors][errors]") {
  const auto two = [](std::string_view first, std::string_view second, std::string_view name = "b") {
    return problem(fmt::format(R"({{"a":{{"dtype":"U8","shape":[4],"data_offsets":{}}},)"
                               R"("{}":{{"dtype":"U8","shape":[4],"data_offsets":{}}}}})",
                               first, name, second),
                   8);
  };
  CHECK(two("[0,4]", "[4,8]") == "no error");
  CHECK(two("[4,8]", "[0,4]") == "no error");
  CHECK(two("[0,4]", "[2,6]") == "m.safetensors:/b begins at 2, inside another tensor\n");
  CHECK(two("[4,8]", "[4,8]") == "m.safetensors:/a begins at 4, but the one before ends at 0\n");
  CHECK(two("[0,4]", "[4,8]", "a") == "m.safetensors:/a this tensor occurs twice\n");
}

TEST_CASE("only the first problems of a file that is broken throughout are listed", "[safetensors][errors]") {
  SafetensorsWriter w;
  for (int i = 0; i < 100; ++i) w.raw(fmt::format(R"("t{}":{{"dtype":"F99","shape":[1],"data_offsets":[0,4]}})", i));
  CHECK(header_of(w.header(), w.file_bytes()).error().size() == 8);
}
