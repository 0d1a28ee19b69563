#pragma once

#include <string>
#include <vector>

#include "core/figure_source.hpp"
#include "core/units.hpp"

namespace roofcast {

/// Devices that come together, a server or a rack, and the network that joins several of them.
struct System {
  std::string id{};    ///< "dgx-h200", "8xh100-sxm"
  std::string name{};  ///< "DGX H200"
  std::vector<std::string> aliases{};
  int devices = 1;             ///< of one unit
  std::string network_type{};  ///< "InfiniBand NDR"; empty: not known
  BytesPerSecond network{};    ///< out of one device to other units, one direction; 0: not known
  Seconds network_latency{};   ///< of one message between units
  std::vector<std::string> notes{};
  std::vector<FigureSource> sources{};

  friend bool operator==(const System&, const System&) = default;
};

}  // namespace roofcast
