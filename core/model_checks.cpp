#include "core/model_checks.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "core/nearest_name.hpp"

namespace roofcast {
namespace {

// Far above any published model and far below what would overflow: 2^20 wide, 2^12 layers, 2^24 words.
constexpr int kMaxHidden = 1 << 20, kMaxLayers = 1 << 12, kMaxVocab = 1 << 24;

class Problems {
 public:
  explicit Problems(std::string_view where) : where_{where} {}

  void range(std::string_view path, int value, int low, int high) {
    if (value < low || value > high) add(path, fmt::format("{} is not in {}..{}", value, low, high));
  }
  void divides(std::string_view path, std::string_view whole_name, int whole, std::string_view part_name, int part) {
    if (part > 0 && whole % part != 0)
      add(path, fmt::format("{} {} is not a multiple of {} {}", whole_name, whole, part_name, part));
  }
  void add(std::string_view path, std::string what, std::string hint = {}) {
    errors_.push_back({fmt::format("{}:{}", where_, path), std::move(what), std::move(hint)});
  }
  [[nodiscard]] Errors take() { return std::move(errors_); }

 private:
  std::string_view where_;
  Errors errors_;
};

/// Named members decide, not the variant: a new variant with q_heads and kv_heads is checked as it is.
template <class Mixer>
void check_heads(const Mixer& a, std::string_view path, Problems& problems) {
  if constexpr (requires { a.q_heads, a.kv_heads; })
    problems.divides(path, "q_heads", a.q_heads, "kv_heads", a.kv_heads);
  if constexpr (requires { a.v_heads, a.k_heads; }) problems.divides(path, "v_heads", a.v_heads, "k_heads", a.k_heads);
  if constexpr (requires { a.q_heads, a.output_groups; })
    problems.divides(path, "q_heads", a.q_heads, "output_groups", a.output_groups);
  if constexpr (requires { a.index_heads, a.index_dim; })
    if ((a.index_heads > 0) != (a.index_dim > 0))
      problems.add(path, fmt::format("index_heads {} and index_dim {}: both or none", a.index_heads, a.index_dim));
  if constexpr (requires { a.expanded_cache, a.index_top_k; })
    if (a.expanded_cache && a.index_top_k > 0)
      problems.add(path, "expanded_cache has no latent for an indexer to pick");
  if constexpr (requires { a.chunked, a.window; })
    if (a.chunked && a.window == 0) problems.add(path, "chunked needs a window");
}

/// A format that no matrix has would be lost in silence.
void check_exceptions(const LayerKind& kind, int hidden, std::string_view path, Problems& problems) {
  const auto matrices = parts(kind, hidden).projections;
  for (const auto& exception : kind.formats.exceptions)
    if (std::ranges::find(matrices, exception.matrix, &Projection::name) == matrices.end()) {
      std::vector<std::string> names;
      for (const auto& m : matrices) names.emplace_back(m.name);
      problems.add(fmt::format("{}/formats/matrices/{}", path, exception.matrix), "this kind has no such matrix",
                   did_you_mean(exception.matrix, names));
    }
}

void check_kind(const LayerKind& kind, int hidden, Problems& problems) {
  const auto path = fmt::format("/kinds/{}", kind.name);
  std::visit([&](const auto& a) { check_heads(a, path + "/attention", problems); }, kind.attention);
  if (const auto* moe = std::get_if<MixtureOfExperts>(&kind.ffn); moe && moe->top_k > moe->experts)
    problems.add(path + "/ffn", fmt::format("top_k {} exceeds experts {}", moe->top_k, moe->experts));
  check_exceptions(kind, hidden, path, problems);
}

void check_layers(const ModelSpec& model, Problems& problems) {
  problems.range("/layers", model.layer_count(), 1, kMaxLayers);
  const auto kinds = static_cast<int>(model.kinds.size());
  std::vector<bool> used(model.kinds.size());
  for (const int kind : model.layers) {
    if (kind < 0 || kind >= kinds) return problems.add("/layers", fmt::format("there is no kind number {}", kind));
    used[static_cast<std::size_t>(kind)] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    const auto& name = model.kinds[i].name;
    if (!used[i]) problems.add("/kinds/" + name, "no layer is of this kind");
    const auto same = std::ranges::count(model.kinds, name, &LayerKind::name);
    if (same > 1) problems.add("/kinds/" + name, "more than one kind has this name");
  }
}

}  // namespace

Errors model_problems(const ModelSpec& model, std::string_view where) {
  Problems problems(where);
  problems.range("/hidden", model.hidden, 1, kMaxHidden);
  problems.range("/vocab", model.vocab, 1, kMaxVocab);
  if (model.dtype != "bf16" && model.dtype != "fp16" && model.dtype != "fp32")
    problems.add("/dtype", fmt::format("'{}' is none of bf16, fp16, fp32", model.dtype));
  check_layers(model, problems);
  for (const auto& kind : model.kinds) check_kind(kind, model.hidden, problems);
  return problems.take();
}

}  // namespace roofcast
