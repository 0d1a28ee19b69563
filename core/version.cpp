#include "core/version.hpp"

namespace roofcast {

std::string_view version() {
  return ROOFCAST_VERSION;
}

}  // namespace roofcast
