#include "hwmodels/probe/probe_places.hpp"

#include <algorithm>
#include <cmath>

#include "hwmodels/probe/stream.hpp"

namespace roofcast::probe {
namespace {

using kernels::PageSize;

std::size_t granules(Bytes bytes) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(bytes.in(units::byte)) / kStreamGranule) * kStreamGranule;
}

}  // namespace

std::vector<Place> probe_places(const CpuCaches& c, const std::vector<int>& thread_counts) {
  std::vector<Place> list;
  for (const int threads : thread_counts) {
    if (c.l1 > Bytes{}) list.push_back({"l1", granules(c.l1 / 2), 1, PageSize::huge, threads});
    if (c.l2 > Bytes{}) list.push_back({"l2", granules(c.l2 / 2), 1, PageSize::huge, threads});
    if (c.l3 > Bytes{}) list.push_back({"l3", granules(c.l3 / 4 / threads), 1, PageSize::huge, threads});
    const Bytes segment = 4 * units::MiB;
    const Bytes all = std::max(256 * units::MiB, 4 * c.l3);
    const auto segments = static_cast<std::size_t>(std::ceil(all / (segment * threads)));
    for (const PageSize pages : {PageSize::huge, PageSize::small})
      list.push_back({"dram", granules(segment), segments, pages, threads});
  }
  const int most = thread_counts.back();
  const Bytes last = c.l3 > Bytes{} ? c.l3 : c.l2;
  if (last > Bytes{})
    for (const double share : {0.125, 0.25, 0.375, 0.5, 0.75, 1.0, 1.5, 2.0})
      list.push_back({"edge", granules(share * last / most), 1, PageSize::huge, most, false});
  return list;
}

}  // namespace roofcast::probe
