#pragma once

#include <string>

namespace roofcast {

/// Where one figure of a profile comes from: what `models show` and `hardware show` print beside it.
struct FigureSource {
  std::string figure{};  ///< path in the profile: "memory/bandwidth"
  std::string text{};    ///< "NVIDIA H100 data sheet", "general knowledge"

  friend bool operator==(const FigureSource&, const FigureSource&) = default;
};

}  // namespace roofcast
