#include "core/validation/row_groups.hpp"

#include <array>

#include <fmt/format.h>

namespace roofcast {
namespace {

using Group = std::optional<RowGrouping::Group>;

template <class... Overloads>
struct Visitor : Overloads... {
  using Overloads::operator()...;
};

/// "10-99".
Group decade(double value) {
  double from = 1;
  while (value >= 10 * from) from *= 10;
  return RowGrouping::Group{.text = fmt::format("{:.0f}-{:.0f}", from, 10 * from - 1), .order = from};
}

Group named(std::string text) {
  if (text.empty()) return {};
  return RowGrouping::Group{.text = std::move(text)};
}

Group heads(double q, double kv) {
  if (kv == q) return RowGrouping::Group{.text = kv == 1 ? "one head" : "MHA", .order = kv == 1 ? 3.0 : 0.0};
  return kv == 1 ? RowGrouping::Group{.text = "MQA", .order = 2} : RowGrouping::Group{.text = "GQA", .order = 1};
}

Group all(const MeasuredRow&) {
  return RowGrouping::Group{.text = "all rows"};
}

Group hardware(const MeasuredRow& row) {
  return named(row.kernel.hardware);
}

Group model(const MeasuredRow& row) {
  if (const auto* run = std::get_if<ServingRun>(&row.call)) return named(run->model);
  if (const auto* start = std::get_if<CacheStart>(&row.call)) return named(start->model);
  return {};
}

Group variant(const MeasuredRow& row) {
  return std::visit(
      Visitor{[](const DecodeAttentionCall& c) { return heads(c.heads, c.kv_heads); },
              [](const PrefillAttentionCall& c) { return heads(c.heads, c.kv_heads); },
              [](const MlaDecodeCall&) { return named("MLA"); },
              [](const MoeCall& c) { return c.skew == 0 ? named("balanced") : named(fmt::format("skew {}", c.skew)); },
              [](const AllReduceCall& c) {
                return Group{RowGrouping::Group{.text = fmt::format("{} GPUs", c.devices), .order = c.devices}};
              },
              [](const auto&) { return Group{}; }},
      row.call);
}

/// Rows of a matrix product count as a batch.
Group batch(const MeasuredRow& row) {
  return std::visit(
      Visitor{[](const GemmCall& c) { return decade(c.m); }, [](const MoeCall& c) { return decade(c.tokens); },
              [](const AllReduceCall&) { return Group{}; }, [](const CacheStart&) { return Group{}; },
              [](const auto& c) { return decade(c.batch); }},
      row.call);
}

Group context(const MeasuredRow& row) {
  return std::visit(
      Visitor{[](const DecodeAttentionCall& c) { return decade(c.context); },
              [](const PrefillAttentionCall& c) { return decade(c.tokens); },
              [](const MlaDecodeCall& c) { return decade(c.context); },
              [](const ServingRun& r) { return decade(r.isl + r.osl); },
              [](const CacheStart& s) { return decade(s.max_model_len); }, [](const auto&) { return Group{}; }},
      row.call);
}

Group bytes(const MeasuredRow& row) {
  const auto* call = std::get_if<AllReduceCall>(&row.call);
  return call ? decade(call->bytes) : Group{};
}

Group dtype(const MeasuredRow& row) {
  return named(row.dtype);
}

Group kernel(const MeasuredRow& row) {
  const auto& k = row.kernel;
  return named(k.kernel.empty() || k.framework.empty() ? k.framework + k.kernel : k.framework + "/" + k.kernel);
}

constexpr std::array kGroupings{
    RowGrouping{"op", all},          RowGrouping{"hardware", hardware}, RowGrouping{"model", model},
    RowGrouping{"variant", variant}, RowGrouping{"batch", batch},       RowGrouping{"context", context},
    RowGrouping{"bytes", bytes},     RowGrouping{"dtype", dtype},       RowGrouping{"kernel", kernel}};

std::string window(double tokens) {
  return tokens > 0 ? fmt::format(" window {}", tokens) : std::string{};
}

}  // namespace

std::span<const RowGrouping> row_groupings() {
  return kGroupings;
}

std::string shape_text(const MeasuredCall& call) {
  return std::visit(Visitor{[](const DecodeAttentionCall& c) {
                              return fmt::format("{} x {} tokens, {}/{} heads of {}{}", c.batch, c.context, c.heads,
                                                 c.kv_heads, c.head_dim, window(c.window));
                            },
                            [](const PrefillAttentionCall& c) {
                              return fmt::format("{} x {} tokens, {}/{} heads of {}{}", c.batch, c.tokens, c.heads,
                                                 c.kv_heads, c.head_dim, window(c.window));
                            },
                            [](const MlaDecodeCall& c) {
                              return fmt::format("{} x {} tokens, {} heads, {}+{}", c.batch, c.context, c.heads,
                                                 c.latent, c.rope);
                            },
                            [](const GemmCall& c) { return fmt::format("{} x {} x {}", c.m, c.n, c.k); },
                            [](const MoeCall& c) {
                              return fmt::format("{} tokens, {} of {} experts {} x {}, tp {} ep {}", c.tokens, c.top_k,
                                                 c.experts, c.hidden, c.intermediate, c.tp, c.ep);
                            },
                            [](const AllReduceCall& c) { return fmt::format("{} bytes over {}", c.bytes, c.devices); },
                            [](const ServingRun& r) {
                              return fmt::format("{} tp {} pp {} dp {} ep {}, {}+{} tokens x {}", r.model, r.tp, r.pp,
                                                 r.dp, r.ep, r.isl, r.osl, r.batch);
                            },
                            [](const CacheStart& s) {
                              return fmt::format("{} tp {} pp {}, {} tokens at {}", s.model, s.tp, s.pp,
                                                 s.max_model_len, s.memory_utilization);
                            }},
                    call);
}

}  // namespace roofcast
