#include "core/calibration.hpp"

namespace roofcast {

std::string text(const CalibrationKey& key) {
  std::string out;
  for (const auto* part : {&key.op, &key.hardware, &key.framework, &key.kernel, &key.variant, &key.dtype}) {
    if (part->empty()) continue;
    if (!out.empty()) out += ' ';
    out += *part;
  }
  return out;
}

}  // namespace roofcast
