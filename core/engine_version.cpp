#include "core/engine_version.hpp"

#include <algorithm>
#include <charconv>

namespace roofcast {
namespace {

/// "0.6.5" -> 6, "0.7.x" -> 7; anything that is not "0.N..." -> 1000.
int minor_of(std::string_view version) {
  constexpr int kUnknown = 1000;
  if (!version.starts_with("0.")) return kUnknown;
  int minor = kUnknown;
  std::from_chars(version.data() + 2, version.data() + version.size(), minor);
  return minor;
}

}  // namespace

Engine at_version(Engine e, std::string_view version, double longest_tokens) {
  constexpr int kSecondEngine = 8;
  constexpr double kUncut = 32768, kLeast = 2048;
  if (e.id != "vllm" || minor_of(version) >= kSecondEngine) return e;
  e.version = version;
  e.batch_rules.clear();
  e.max_batched_tokens = static_cast<int>(longest_tokens > kUncut ? kLeast : std::max(longest_tokens, kLeast));
  e.max_sequences = 256;
  e.context = 0.35 * units::GiB;  // vllm#10517: non_torch memory on one RTX 3090
  e.graphs = e.graph_per_layer = {};
  e.sampling_bytes = Engine{}.sampling_bytes;
  e.latent_workspace_rows = 0;
  return e;
}

}  // namespace roofcast
