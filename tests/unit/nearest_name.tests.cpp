#include <catch2/catch.hpp>

#include <vector>

#include "core/nearest_name.hpp"

using namespace roofcast;

TEST_CASE("edit distance counts inserted, deleted, replaced and swapped letters, case aside", "[names]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("h100-sxm", "H100-SXM") == 0);
  CHECK(edit_distance("lama", "llama") == 1);      // insert l
  CHECK(edit_distance("llamma", "llama") == 1);    // delete m
  CHECK(edit_distance("llana", "llama") == 1);     // replace n
  CHECK(edit_distance("lalma", "llama") == 1);     // swap al
  CHECK(edit_distance("kitten", "sitting") == 3);  // k-s, e-i, +g
}

TEST_CASE("the nearest name is the one with the fewest edits", "[names]") {
  const std::vector<std::string> known{"llama-3.1-70b", "llama-3.1-8b", "qwen3-8b"};
  CHECK(nearest_name("llama-3.1-8", known) == "llama-3.1-8b");
  CHECK(nearest_name("LLAMA-3.1-8B", known) == "llama-3.1-8b");
  CHECK(did_you_mean("lama-3.1-8b", known) == "did you mean 'llama-3.1-8b'?");
}

TEST_CASE("of names that are equally near the one that begins the same is meant", "[names]") {
  const std::vector<std::string> known{"a10", "h100"};
  CHECK(nearest_name("h10", known) == "h100");  // one edit to either
}

TEST_CASE("a name far from all others has no nearest one", "[names]") {
  const std::vector<std::string> known{"llama-3.1-8b", "qwen3-8b"};
  CHECK(nearest_name("mistral", known) == std::nullopt);
  CHECK(did_you_mean("mistral", known).empty());
  CHECK(nearest_name("x", {}) == std::nullopt);
}

TEST_CASE("the beginning of a name stands for the shortest name that starts so", "[names]") {
  // 4 letters to insert are more than a quarter of the word: only the common beginning tells.
  const std::vector<std::string> known{"rtx-pro-6000-server", "rtx-3090", "a10"};
  CHECK(nearest_name("rtx", known) == "rtx-3090");
}
