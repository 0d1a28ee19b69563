#include "cli/calibration_option.hpp"

#include <utility>

namespace roofcast::cli {

Option calibration_option(std::string group) {
  return {.name = "calibration",
          .placeholder = "auto|none|FILE",
          .help = "what times rest on: the engine's fit for the device, datasheet roofs, or a fit of your own",
          .default_text = "auto",
          .completion = Completion::file,
          .group = std::move(group)};
}

}  // namespace roofcast::cli
