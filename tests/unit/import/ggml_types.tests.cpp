#include <catch2/catch.hpp>

#include "hwmodels/import/ggml_types.hpp"

using namespace roofcast;

TEST_CASE("every ggml type stores a block in the bytes of its struct", "[gguf][M2]") {
  // id, weights per block, bytes per block: scales + packed weights, e.g. q4_k 2 + 2 + 12 + 256/2 = 144.
  struct Row {
    std::uint32_t id, block, bytes;
  };
  const Row table[] = {{0, 1, 4},      {1, 1, 2},     {2, 32, 18},    {3, 32, 20},    {6, 32, 22},    {7, 32, 24},
                       {8, 32, 34},    {10, 256, 84}, {11, 256, 110}, {12, 256, 144}, {13, 256, 176}, {14, 256, 210},
                       {15, 256, 292}, {16, 256, 66}, {17, 256, 74},  {18, 256, 98},  {19, 256, 50},  {20, 32, 18},
                       {21, 256, 110}, {22, 256, 82}, {23, 256, 136}, {24, 1, 1},     {25, 1, 2},     {26, 1, 4},
                       {27, 1, 8},     {28, 1, 8},    {29, 256, 56},  {30, 1, 2},     {34, 256, 54},  {35, 256, 66},
                       {39, 32, 17},   {40, 64, 36},  {41, 128, 18},  {42, 64, 18}};
  CHECK(std::size(table) == ggml_types().size());
  for (const auto& row : table) {
    CAPTURE(row.id);
    const auto* type = find_ggml_type(row.id);
    REQUIRE(type != nullptr);
    CHECK(type->block == row.block);
    CHECK(type->bytes == row.bytes);
  }
}

TEST_CASE("withdrawn types and the activation format q8_1 are not types of a file", "[gguf]") {
  for (const std::uint32_t id : {4u, 5u, 9u, 31u, 32u, 33u, 36u, 37u, 38u, 43u, 0xffffffffu}) {
    CAPTURE(id);
    CHECK(find_ggml_type(id) == nullptr);
  }
}

TEST_CASE("a tensor's bytes are rows x blocks per row x bytes per block", "[gguf][M2]") {
  // 4096 columns of q4_k are 16 blocks of 144 bytes: 2304 bytes a row, 1024 rows = 2,359,296.
  CHECK(tensor_bytes(*find_ggml_type(12), 4096, 1024) == 2359296u);
  CHECK(tensor_bytes(*find_ggml_type(0), 7, 3) == 84u);
  SECTION("rows are whole blocks") {
    CHECK_FALSE(tensor_bytes(*find_ggml_type(12), 255, 1));
    CHECK_FALSE(tensor_bytes(*find_ggml_type(2), 33, 1));
  }
  SECTION("sizes beyond 63 bits are none") {
    CHECK_FALSE(tensor_bytes(*find_ggml_type(0), std::uint64_t{1} << 40, std::uint64_t{1} << 40));
    CHECK_FALSE(tensor_bytes(*find_ggml_type(28), std::uint64_t{1} << 60, 1));
  }
}
