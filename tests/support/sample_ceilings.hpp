#pragma once

#include "core/host_ceilings.hpp"

namespace roofcast::test {

/// A CPU of two cores with round numbers. Second level 1 MiB per core at 100 GB/s, last cache 50 GB/s per core,
/// memory 20 GB/s for one core and 25 for both.
inline HostCeilings round_ceilings() {
  using namespace units;
  const auto at = [](std::string level, int threads, Bytes set, BytesPerSecond read) {
    return BandwidthCeiling{
        .level = std::move(level), .pages = "huge", .threads = threads, .working_set = set, .read = read};
  };
  const auto pace = [](int group, int dim, Seconds token, Seconds chunk) {
    return AttentionPace{
        .element = "bf16", .group = group, .head_dim = dim, .token = token, .chunk = chunk, .spread = 0.1};
  };
  return {.dispatch = 1 * us,
          .bandwidth = {at("l2", 1, 0.5 * MiB, 100.0 * GB / s), at("l3", 1, 4 * MiB, 50.0 * GB / s),
                        at("dram", 1, 256 * MiB, 20.0 * GB / s), at("l2", 2, 1 * MiB, 200.0 * GB / s),
                        at("l3", 2, 4 * MiB, 100.0 * GB / s), at("dram", 2, 256 * MiB, 25.0 * GB / s),
                        at("edge", 2, 8 * MiB, 100.0 * GB / s), at("edge", 2, 16 * MiB, 50.0 * GB / s),
                        at("edge", 2, 32 * MiB, 25.0 * GB / s)},
          .attention = {pace(1, 64, 6 * ns, 0.5 * us), pace(4, 64, 15 * ns, 1 * us), pace(1, 128, 10 * ns, 1 * us),
                        pace(4, 128, 25 * ns, 2 * us)},
          .overlap = {{.group = 1, .share = 0.5, .error = 0.02}, {.group = 3, .share = 0, .error = 0.04}}};
}

}  // namespace roofcast::test
