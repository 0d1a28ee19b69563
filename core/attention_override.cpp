#include "core/attention_override.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

namespace roofcast {
namespace {

std::optional<int> positive(std::string_view text) {
  int value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc{} || end != text.data() + text.size() || value < 1) return {};
  return value;
}

/// A layer's softmax attention in grouped-query terms; MLA is read in its expanded form.
std::optional<GroupedQuery> grouped_form(const Attention& a) {
  if (const auto* g = std::get_if<GroupedQuery>(&a)) return *g;
  if (const auto* m = std::get_if<Latent>(&a))
    return GroupedQuery{.q_heads = m->q_heads,
                        .kv_heads = m->q_heads,
                        .head_dim = m->nope_dim + m->rope_dim,
                        .v_head_dim = m->v_dim,
                        .output_gate = m->output_gate};
  return {};
}

int kv_heads(const AttentionOverride& o, int q_heads) {
  if (o.kind == AttentionOverride::Kind::mha) return q_heads;
  return o.kind == AttentionOverride::Kind::mqa ? 1 : o.kv_heads;
}

Latent latent_form(const AttentionOverride& o, const GroupedQuery& g) {
  return {.q_heads = g.q_heads,
          .kv_rank = o.latent,
          .rope_dim = o.rope,
          .nope_dim = g.head_dim,
          .v_dim = g.v_head_dim > 0 ? g.v_head_dim : g.head_dim,
          .output_gate = g.output_gate};
}

std::string heads_text(int q_heads, int kv) {
  return kv == q_heads ? "mha" : kv == 1 ? "mqa" : fmt::format("gqa:{}", kv);
}

std::string label(const Attention& a) {
  if (const auto* g = std::get_if<GroupedQuery>(&a)) return heads_text(g->q_heads, g->kv_heads);
  if (const auto* m = std::get_if<Latent>(&a)) return fmt::format("mla:{}+{}", m->kv_rank, m->rope_dim);
  return std::visit([](const auto& v) { return std::string(v.kind); }, a);
}

}  // namespace

Result<AttentionOverride> parse_attention_override(std::string_view text) {
  using Kind = AttentionOverride::Kind;
  if (text == "mha") return AttentionOverride{.kind = Kind::mha};
  if (text == "mqa") return AttentionOverride{.kind = Kind::mqa};
  if (text.starts_with("gqa:"))
    if (const auto n = positive(text.substr(4))) return AttentionOverride{.kind = Kind::gqa, .kv_heads = *n};
  if (text.starts_with("mla:")) {
    const auto plus = text.find('+');
    const auto latent = positive(text.substr(4, plus == text.npos ? plus : plus - 4));
    const auto rope = plus == text.npos ? std::optional<int>{0} : positive(text.substr(plus + 1));
    if (latent && rope) return AttentionOverride{.kind = Kind::mla, .latent = *latent, .rope = *rope};
  }
  return usage_error("--attention", fmt::format("'{}' is not an attention variant", text),
                     "use mha, mqa, gqa:N (N KV heads) or mla:L+R (latent L, rope R)");
}

std::string attention_text(const AttentionOverride& o) {
  switch (o.kind) {
    case AttentionOverride::Kind::mha:
      return "mha";
    case AttentionOverride::Kind::mqa:
      return "mqa";
    case AttentionOverride::Kind::gqa:
      return fmt::format("gqa:{}", o.kv_heads);
    case AttentionOverride::Kind::mla:
      return fmt::format("mla:{}+{}", o.latent, o.rope);
  }
  return "";
}

std::string assumed(const AttentionOverride& o) {
  std::string text = "query heads and head_dim stay, K/V projections follow";
  if (o.kind == AttentionOverride::Kind::mla)
    text += fmt::format("; latent {}, rope {}, nope and V dims = head_dim, queries not compressed", o.latent, o.rope);
  return text;
}

Result<ModelSpec> with_attention(ModelSpec model, const AttentionOverride& o) {
  const std::string before = attention_label(model);
  bool changed = false;
  for (auto& kind : model.kinds) {
    auto form = grouped_form(kind.attention);
    if (!form) {
      if (parts(kind.attention, model.hidden).query_heads == 0) continue;
      return usage_error("--attention", fmt::format("{} has {} layers, whose cache has no {} form", model.name,
                                                    label(kind.attention), attention_text(o)));
    }
    changed = true;
    if (o.kind == AttentionOverride::Kind::mla) {
      if (form->window > 0)
        return usage_error("--attention",
                           fmt::format("{} has sliding-window layers; a windowed latent is not defined", model.name));
      kind.attention = latent_form(o, *form);
      continue;
    }
    form->kv_heads = kv_heads(o, form->q_heads);
    if (form->kv_heads > form->q_heads || form->q_heads % form->kv_heads != 0)
      return usage_error("--attention", fmt::format("gqa:{} does not divide the {} query heads of {}", form->kv_heads,
                                                    form->q_heads, model.name));
    kind.attention = *form;
  }
  if (!changed) return usage_error("--attention", fmt::format("{} has no attention layer to override", model.name));
  model.checkpoint_bytes.reset();
  model.notes.push_back(fmt::format("attention {} instead of {}: {}", attention_text(o), before, assumed(o)));
  return model;
}

std::string attention_label(const ModelSpec& model) {
  std::vector<std::string> seen;
  for (const auto& kind : model.kinds) {
    auto text = label(kind.attention);
    if (text != "none" && std::ranges::find(seen, text) == seen.end()) seen.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(seen, " + "));
}

}  // namespace roofcast
