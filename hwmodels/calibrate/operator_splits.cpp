#include "hwmodels/calibrate/operator_splits.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace roofcast {
namespace {

template <class Call, class Value>
std::vector<double> each(const std::vector<Call>& calls, Value value) {
  std::vector<double> out;
  for (const auto& call : calls) out.push_back(value(call));
  return out;
}

template <class Call, class Shape>
HoldOut drawn_apart(const char* name, const std::vector<Call>& calls, double share, Shape shape) {
  std::vector<std::vector<double>> shapes;
  for (const auto& call : calls) shapes.push_back(shape(call));
  return {.name = name, .apart = drawn(shapes, share)};
}

HoldOut middle_apart(const char* name, const std::vector<double>& values) {
  HoldOut out{.name = name};
  const double middle = middle_value(values);
  for (const double value : values) out.apart.push_back(value == middle);
  return out;
}

HoldOut from_apart(const char* name, const std::vector<double>& values, double from) {
  HoldOut out{.name = name};
  for (const double value : values) out.apart.push_back(value >= from);
  return out;
}

HoldOut upper_two_apart(const char* name, const std::vector<double>& values) {
  return from_apart(name, values, upper_two_from(values));
}

HoldOut upper_tenth_apart(const char* name, const std::vector<double>& values) {
  auto sorted = values;
  std::ranges::sort(sorted);
  return from_apart(name, values, sorted[sorted.size() * 9 / 10]);
}

RowGroup band(const char* by, double value) {
  constexpr double kWidth = 16;
  const double from = std::pow(kWidth, std::floor(std::log(value) / std::log(kWidth) + 1e-9));
  return {by, fmt::format("{} {:.0f}-{:.0f}", by, from, kWidth * from - 1), from};
}

RowGroup count(const char* by, double value) {
  return {by, fmt::format("{} {}", value, by), value};
}

}  // namespace

std::vector<HoldOut> hold_outs(const std::vector<PrefillAttentionCall>& calls, double share) {
  return {drawn_apart("unseen head shapes", calls, share,
                      [](const auto& c) {
                        return std::vector{c.heads, c.kv_heads, c.head_dim, c.window};
                      }),
          middle_apart("unseen batch", each(calls, [](const auto& c) { return c.batch; })),
          upper_two_apart("longest prompts", each(calls, [](const auto& c) { return c.tokens; }))};
}

std::vector<HoldOut> hold_outs(const std::vector<MlaDecodeCall>& calls, double) {
  return {middle_apart("unseen heads", each(calls, [](const auto& c) { return c.heads; })),
          middle_apart("unseen batch", each(calls, [](const auto& c) { return c.batch; })),
          upper_two_apart("longest contexts", each(calls, [](const auto& c) { return c.context; }))};
}

std::vector<HoldOut> hold_outs(const std::vector<GemmCall>& calls, double share) {
  return {drawn_apart("unseen matrices", calls, share,
                      [](const auto& c) {
                        return std::vector{c.n, c.k};
                      }),
          drawn_apart("unseen tokens", calls, share, [](const auto& c) { return std::vector{c.m}; }),
          upper_tenth_apart("most tokens", each(calls, [](const auto& c) { return c.m; }))};
}

std::vector<HoldOut> hold_outs(const std::vector<LoadedMoeCall>& calls, double share) {
  return {drawn_apart("unseen models", calls, share,
                      [](const auto& c) {
                        return std::vector{c.call.hidden, c.call.intermediate, c.call.top_k, c.call.experts};
                      }),
          drawn_apart("unseen tokens", calls, share, [](const auto& c) { return std::vector{c.call.tokens}; })};
}

std::vector<HoldOut> hold_outs(const std::vector<AllReduceCall>& calls, double share) {
  return {drawn_apart("unseen sizes", calls, share, [](const auto& c) { return std::vector{c.bytes}; }),
          upper_two_apart("largest", each(calls, [](const auto& c) { return c.bytes; }))};
}

std::vector<RowGroup> groups_of(const PrefillAttentionCall& call) {
  return {band("tokens", call.tokens), count("head_dim", call.head_dim), count("window", call.window)};
}

std::vector<RowGroup> groups_of(const MlaDecodeCall& call) {
  return {count("heads", call.heads), band("context", call.context)};
}

std::vector<RowGroup> groups_of(const GemmCall& call) {
  return {band("tokens", call.m)};
}

std::vector<RowGroup> groups_of(const LoadedMoeCall& call) {
  return {band("tokens", call.call.tokens), count("skew", call.call.skew)};
}

std::vector<RowGroup> groups_of(const AllReduceCall& call) {
  return {count("gpus", call.devices)};
}

}  // namespace roofcast
