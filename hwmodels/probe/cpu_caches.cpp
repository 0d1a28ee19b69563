#include "hwmodels/probe/cpu_caches.hpp"

#include <fstream>
#include <sstream>

namespace roofcast::probe {
namespace {

std::string first_word(const std::filesystem::path& file) {
  std::string word;
  std::ifstream(file) >> word;
  return word;
}

/// "32768K" -> 32 MiB; anything else -> 0
Bytes cache_size(const std::string& text) {
  double number = 0;
  char unit = 0;
  if (!(std::istringstream(text) >> number >> unit)) return {};
  return number * (unit == 'K' ? units::KiB : unit == 'M' ? units::MiB : Bytes{});
}

/// What follows ':' on the first line that begins with the key, without spaces around it.
std::string value_after(const std::filesystem::path& file, std::string_view key) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(key)) continue;
    const auto colon = line.find(':');
    const auto begin = line.find_first_not_of(" \t", colon + 1);
    if (colon != std::string::npos && begin != std::string::npos) return line.substr(begin);
  }
  return {};
}

}  // namespace

CpuCaches read_cpu_caches(const std::filesystem::path& folder) {
  CpuCaches caches;
  for (int index = 0; index < 8; ++index) {
    const auto entry = folder / ("index" + std::to_string(index));
    const auto type = first_word(entry / "type");
    if (type != "Data" && type != "Unified") continue;
    const auto level = first_word(entry / "level");
    const Bytes size = cache_size(first_word(entry / "size"));
    if (level == "1") caches.l1 = size;
    if (level == "2") caches.l2 = size;
    if (level == "3") caches.l3 = size;
  }
  return caches;
}

std::string cpu_model_name(const std::filesystem::path& cpuinfo) {
  const auto name = value_after(cpuinfo, "model name");
  return name.empty() ? "CPU" : name;
}

Bytes installed_memory(const std::filesystem::path& meminfo) {
  double kib = 0;
  std::istringstream(value_after(meminfo, "MemTotal")) >> kib;
  return kib * units::KiB;
}

}  // namespace roofcast::probe
