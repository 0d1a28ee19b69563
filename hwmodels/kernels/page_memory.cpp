#include "hwmodels/kernels/page_memory.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace roofcast::kernels {
namespace {

constexpr std::size_t kHugePage = 2u << 20;

/// "AnonHugePages:      2048 kB" -> 2048; nothing for other keys.
double kib_after(const std::string& line, std::string_view key) {
  return line.starts_with(key) ? std::stod(line.substr(key.size())) : 0.0;
}

}  // namespace

Result<PageMemory> PageMemory::create(std::size_t bytes, PageSize wanted) {
  if (const Bytes room = available_memory(); Bytes{static_cast<double>(bytes)} > room)
    return fail("memory",
                fmt::format("{:.2f} GiB are needed and {:.2f} GiB available",
                            Bytes{static_cast<double>(bytes)}.in(units::GiB), room.in(units::GiB)),
                "choose a smaller shape");
  const std::size_t mapped = bytes + kHugePage;
  void* base = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) return fail("memory", fmt::format("the system refuses {} bytes", mapped));
  PageMemory memory;
  memory.base_ = static_cast<std::byte*>(base);
  memory.mapped_ = mapped;
  memory.size_ = bytes;
  const auto address = reinterpret_cast<std::uintptr_t>(base);
  memory.data_ = memory.base_ + ((kHugePage - address % kHugePage) % kHugePage);
#ifdef MADV_HUGEPAGE
  madvise(memory.data_, bytes, wanted == PageSize::huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
#endif
  return memory;
}

PageMemory::PageMemory(PageMemory&& other) noexcept {
  *this = std::move(other);
}

PageMemory& PageMemory::operator=(PageMemory&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(mapped_, other.mapped_);
  std::swap(base_, other.base_);
  return *this;
}

PageMemory::~PageMemory() {
  if (base_ != nullptr) munmap(base_, mapped_);
}

double PageMemory::huge_share() const {
  std::ifstream maps("/proc/self/smaps");
  const auto begin = reinterpret_cast<std::uintptr_t>(data_), end = begin + size_;
  double resident = 0, huge = 0;
  bool ours = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t from = 0, to = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2) {
      ours = from < end && to > begin;
    } else if (ours) {
      resident += kib_after(line, "Rss:");
      huge += kib_after(line, "AnonHugePages:");
    }
  }
  return resident > 0 ? huge / resident : 0.0;
}

Bytes available_memory() {
  std::ifstream info("/proc/meminfo");
  for (std::string line; std::getline(info, line);)
    if (const double kib = kib_after(line, "MemAvailable:"); kib > 0) return kib * units::KiB;
  return {};
}

}  // namespace roofcast::kernels
