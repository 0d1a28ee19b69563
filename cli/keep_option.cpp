#include "cli/keep_option.hpp"

namespace roofcast::cli {

std::vector<Option> keep_options() {
  return {
      {.name = "keep",
       .placeholder = "WHAT",
       .help = "rows to write: all; pareto, of those with status ok the ones that no other beats in both "
               "tokens_s_user and tokens_s_gpu; best:COLUMN, the one with the most tokens, or the least time, memory "
               "or money",
       .default_text = std::string(kKeepAll),
       .group = "Rows"},
      {.name = "per",
       .placeholder = "COLUMNS",
       .help = "with --keep: rows that agree in these columns compete; none: all rows do",
       .default_text = kept_per(),
       .group = "Rows"}};
}

Reduction read_reduction(OptionReader& reader, const ParsedOptions& options) {
  auto reduction = reader.take(parse_reduction(options.text("keep"), options.text("per"))).value_or(Reduction{});
  if (reduction.keeps_all() && options.given("per") && reader.errors().empty())
    reader.add_usage_error("--per", "says nothing of --keep all", "--keep pareto, or --keep best:COLUMN");
  return reduction;
}

}  // namespace roofcast::cli
