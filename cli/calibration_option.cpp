#include "cli/calibration_option.hpp"

#include <utility>

#include <fmt/format.h>

#include "hwmodels/serving_profile.hpp"

namespace roofcast::cli {

Option calibration_option(std::string group) {
  return {.name = "calibration",
          .placeholder = "auto|none|FILE",
          .help = "what times rest on: the engine's fit for the device, datasheet roofs, or a fit of your own",
          .default_text = "auto",
          .completion = Completion::file,
          .group = std::move(group)};
}

void take_calibration(OptionReader& reader, const ParsedOptions& options, Engine& engine) {
  const auto text = options.text("calibration");
  if (text == "auto") return;
  engine.serving.clear();
  if (text == "none") return;
  auto fit = reader.take(load_serving(text));
  if (!fit) return;
  if (fit->engine == engine.id)
    engine.serving.push_back(std::move(*fit));
  else
    reader.add_usage_error("--calibration",
                           fmt::format("'{}' is a fit of {}, not of {}", text, fit->engine, engine.id));
}

}  // namespace roofcast::cli
