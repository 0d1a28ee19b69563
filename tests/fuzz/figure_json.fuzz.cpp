#include "hwmodels/figure_json.hpp"

#include "tests/fuzz/fuzz_target.hpp"
#include "tests/support/import_laws.hpp"
#include "tests/support/sample_figure.hpp"

using namespace roofcast;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto figure = parse_figure(test::bytes_of(data, size), "f.json");
  if (!figure) {
    test::require_lawful(test::silent(figure.error()));
    return 0;
  }
  // What was read can be written and read again.
  const auto again = parse_figure(figure_json(*figure), "again.json");
  test::require_lawful(again && *again == *figure ? "" : "another figure when read again");
  return 0;
}

std::vector<std::string> roofcast::test::fuzz_seeds() {
  return {figure_json(tests::sample_figure()), figure_json(tests::sample_bars())};
}
