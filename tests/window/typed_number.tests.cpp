// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/typed_number.hpp"

#include <catch2/catch.hpp>

using namespace roofcast;
using namespace roofcast::gui;

namespace {

std::string typed(ScenarioText ScenarioDocument::*field, const char* words) {
  return typed_number(scenario_field(field), words).toStdString();
}

}  // namespace

TEST_CASE("A decimal comma is a decimal point") {
  CHECK(typed(&ScenarioDocument::memory_utilization, "0,9") == "0.9");
  CHECK(typed(&ScenarioDocument::tpot, "12,5ms") == "12.5ms");
  CHECK(typed(&ScenarioDocument::price, "2,99") == "2.99");
  CHECK(typed(&ScenarioDocument::memory, "79,6GiB") == "79.6GiB");
  CHECK(typed(&ScenarioDocument::context, "1,5k") == "1.5k");
}

TEST_CASE("Groups of three digits in a whole number are digits, German and English") {
  CHECK(typed(&ScenarioDocument::context, "131.072") == "131072");
  CHECK(typed(&ScenarioDocument::context, "131,072") == "131072");
  CHECK(typed(&ScenarioDocument::context, "1 048 576") == "1048576");
  CHECK(typed(&ScenarioDocument::batch, "1,024") == "1024");
}

TEST_CASE("What is no such number stays as it is typed") {
  CHECK(typed(&ScenarioDocument::context, "32Ki") == "32Ki");
  CHECK(typed(&ScenarioDocument::context, "1.024,5") == "1.024,5");
  CHECK(typed(&ScenarioDocument::price, "abc") == "abc");
  CHECK(typed(&ScenarioDocument::model, "a,5") == "a,5");
  CHECK(typed(&ScenarioDocument::tp, " 8 ") == "8");
}
