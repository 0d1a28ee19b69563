#include <catch2/catch.hpp>

#include "tests/support/gguf_models.hpp"

using namespace roofcast;
using namespace roofcast::test;

TEST_CASE("an unknown architecture is refused", "[gguf][import][errors]") {
  auto w = dense_gguf();
  w.text("general.architecture", "rwkv7");
  const auto model = imported(w);
  CHECK(errors_of(model) == "m.gguf:/general.architecture 'rwkv7' is not supported\n");
  CHECK(model.error().front().kind == ErrorKind::unsupported);
  CHECK(model.error().front().hint == "import the config.json of its Hugging Face model, or write a model profile");
  w.erase("general.architecture");
  CHECK(errors_of(imported(w)) == "m.gguf:/general.architecture missing\n");
}

TEST_CASE("a vision tower, an adapter or an importance matrix is no model", "[gguf][import][errors]") {
  auto w = dense_gguf();
  w.text("general.type", "mmproj");
  CHECK(errors_of(imported(w)) == "m.gguf:/general.type 'mmproj', expected a language model\n");
}

TEST_CASE("all missing and mistyped keys are named at once", "[gguf][import][errors]") {
  auto w = dense_gguf();
  w.erase("llama.embedding_length");
  w.text("llama.attention.head_count", "four");
  w.real("llama.context_length", 4096.f);
  w.number("llama.attention.key_length", 0);
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/llama.embedding_length missing\n"
        "m.gguf:/llama.context_length a real number, expected an integer\n"
        "m.gguf:/llama.attention.head_count a text, expected an integer\n"
        "m.gguf:/llama.attention.key_length 0, expected an integer from 1 to 2147483647\n");
}

TEST_CASE("block counts are bounded and keep layers for the model", "[gguf][import][errors]") {
  auto w = dense_gguf();
  w.number("llama.block_count", 0xffffffffu);
  CHECK(errors_of(imported(w)) == "m.gguf:/llama.block_count 4294967295, expected an integer from 1 to 2147483647\n");
  w.number("llama.block_count", 1025);
  CHECK(errors_of(imported(w)) == "m.gguf:/llama.block_count 1025, at most 1024 are read\n");
  w.number("llama.block_count", 2);
  w.number("llama.nextn_predict_layers", 2);
  CHECK(errors_of(imported(w)) == "m.gguf:/llama.nextn_predict_layers 2, expected less than block_count (2)\n");
}

TEST_CASE("per-layer lists have one value per block", "[gguf][import][errors]") {
  auto w = dense_gguf();
  w.numbers("llama.attention.head_count_kv", {2, 2, 2});
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/llama.attention.head_count_kv an array of 3 values, expected 2 (block_count)\n");
  w.numbers("llama.attention.head_count_kv", {2, -1});
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/llama.attention.head_count_kv/1 -1, expected an integer from 0 to 2147483647\n");
  w.numbers("llama.attention.head_count_kv", {2, 2});
  CHECK(errors_of(imported(w)) == "no error");
}

TEST_CASE("KV heads that the tensors do not have are refused", "[gguf][import][errors]") {
  auto w = dense_gguf();
  w.number("llama.attention.head_count_kv", 4);
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/tensors/blk.0.attn_k.weight [64, 32], expected [64, 64] from head_count 4, head_count_kv 4, "
        "key_length 16, value_length 16\n"
        "m.gguf:/tensors/blk.0.attn_v.weight [64, 32], expected [64, 64] from head_count 4, head_count_kv 4, "
        "key_length 16, value_length 16\n");
  w.number("llama.attention.head_count_kv", 3);
  CHECK(errors_of(imported(w)) ==
        "m.gguf:/tensors/blk.0.attn_output.weight is there, but head_count 4 and head_count_kv 3 make no attention\n");
}

TEST_CASE("without head_count_kv every head has its own", "[gguf][import]") {
  auto w = dense_gguf({.kv_heads = 4});
  w.erase("llama.attention.head_count_kv");
  const auto model = imported(w);
  REQUIRE(errors_of(model) == "no error");
  CHECK(std::get<GroupedQuery>(model->kinds.front().attention).kv_heads == 4);
}

TEST_CASE("without key_length a head is embedding_length / head_count, which must come out even", "[gguf][import]") {
  auto w = dense_gguf();
  w.erase("llama.attention.key_length");
  w.erase("llama.attention.value_length");
  CHECK(errors_of(imported(w)) == "no error");
  w.number("llama.attention.head_count", 3);
  CHECK_THAT(errors_of(imported(w)),
             Catch::StartsWith("m.gguf:/llama.attention.key_length missing, and embedding_length 64 is no multiple of "
                               "head_count 3\n"));
}

TEST_CASE("a matrix too few or too many is refused", "[gguf][import][errors]") {
  auto w = dense_gguf();
  SECTION("an unknown one in a block") {
    w.tensor("blk.1.attn_extra.weight", {64, 2}, "f16");
    // 2 x 64 x 64 + 2 x 64 x 32 + 3 x 64 x 96 = 30,720, and 128 more.
    const auto model = imported(w);
    CHECK(errors_of(model) ==
          "m.gguf:/tensors/blk.1 its matrices hold 30848 weights, those of 'llama' (full-dense) have 30720\n");
    CHECK(model.error().front().hint == "the file is broken, or of a variant that is not supported");
  }
  SECTION("an unknown one outside") {
    w.tensor("extra.weight", {64, 2}, "f16");
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/extra.weight not known: what it is for decides what is read in a step\n");
  }
  SECTION("a projection that is missing") {
    w.erase_tensor("blk.0.attn_v.weight");
    CHECK(errors_of(imported(w)) == "m.gguf:/tensors/blk.0.attn_v.weight missing\n");
  }
  SECTION("a whole block that is missing") {
    w.number("llama.block_count", 3);
    CHECK(errors_of(imported(w)) == "m.gguf:/tensors/blk.2.attn_q.weight missing\n");
  }
  SECTION("a block beyond the count") {
    w.number("llama.block_count", 1);
    CHECK(errors_of(imported(w)) == "m.gguf:/tensors/blk.1.attn_norm.weight is in block 1, but block_count is 1\n");
  }
  SECTION("no table of embeddings") {
    w.erase_tensor("token_embd.weight");
    CHECK(errors_of(imported(w)) == "m.gguf:/tensors/token_embd.weight missing: not a whole language model\n");
  }
  SECTION("a table of another width") {
    w.number("llama.embedding_length", 32);
    CHECK_THAT(errors_of(imported(w)),
               Catch::StartsWith("m.gguf:/tensors/token_embd.weight [64, 100], expected 32 columns from "
                                 "embedding_length\n"));
  }
  SECTION("an intermediate width that is not the one stated") {
    w.number("llama.feed_forward_length", 128);
    CHECK(errors_of(imported(w)) ==
          "m.gguf:/tensors/blk.0.ffn_down.weight 96 columns, expected 128 from feed_forward_length\n");
  }
}

TEST_CASE("a file that cannot be opened says why, and a pipe is never waited for", "[gguf][import][errors]") {
  const auto missing = read_gguf_header("/nonexistent/m.gguf");
  CHECK(errors_of(missing) == "/nonexistent/m.gguf no such file or folder\n");
  CHECK(missing.error().front().kind == ErrorKind::file);
  CHECK(errors_of(read_gguf_header("/")) == "/ a folder, expected a file\n");
  CHECK(errors_of(read_gguf_header("/dev/null")) == "/dev/null a device, expected a file\n");
}
