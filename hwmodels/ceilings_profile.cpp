#include "hwmodels/ceilings_profile.hpp"

#include <fmt/format.h>

#include "core/quantity_text.hpp"

namespace roofcast {
namespace {

constexpr int kMostThreads = 100'000;
constexpr double kMostSpread = 1e6;

/// "110 GB/s" under the key. The section's source stands for all of its figures.
template <class Q>
Q quantity(ObjectReader& reader, std::string_view key, Result<Q> (*parse)(std::string_view)) {
  const auto text = reader.text(key);
  if (text.empty()) return {};
  const auto parsed = parse(text);
  if (parsed) return *parsed;
  for (const Error& e : parsed.error()) reader.add(key, e.what, e.hint);
  return {};
}

template <class Q>
Q quantity_or_zero(ObjectReader& reader, std::string_view key, Result<Q> (*parse)(std::string_view)) {
  return reader.has(key) ? quantity(reader, key, parse) : Q{};
}

int threads_of(ObjectReader& reader) {
  return static_cast<int>(reader.integer("threads", 1, kMostThreads));
}

double spread_of(ObjectReader& reader) {
  return reader.number("spread", 0, kMostSpread);
}

void read_bandwidth(ObjectReader& reader, std::vector<BandwidthCeiling>& list) {
  list.push_back({.level = reader.text("level"),
                  .pages = reader.text("pages"),
                  .threads = threads_of(reader),
                  .working_set = quantity(reader, "working_set", parse_bytes),
                  .read = quantity(reader, "read", parse_bandwidth),
                  .copy = quantity_or_zero(reader, "copy", parse_bandwidth),
                  .triad = quantity_or_zero(reader, "triad", parse_bandwidth),
                  .spread = spread_of(reader)});
}

void read_compute(ObjectReader& reader, std::vector<ComputeCeiling>& list) {
  list.push_back({.type = reader.text("type"),
                  .threads = threads_of(reader),
                  .rate = quantity(reader, "rate", parse_rate),
                  .spread = spread_of(reader)});
}

void read_widening(ObjectReader& reader, std::vector<WideningCeiling>& list) {
  list.push_back({.element = reader.text("element"),
                  .group = static_cast<int>(reader.integer("group", 1, 1024)),
                  .rate = quantity(reader, "rate", parse_bandwidth),
                  .spread = spread_of(reader)});
}

void read_attention(ObjectReader& reader, std::vector<AttentionPace>& list) {
  list.push_back({.element = reader.text("element"),
                  .threads = threads_of(reader),
                  .group = static_cast<int>(reader.integer("group", 1, 1024)),
                  .head_dim = static_cast<int>(reader.integer("head_dim", 1, 1024)),
                  .token = quantity(reader, "token", parse_seconds),
                  .chunk = quantity(reader, "chunk", parse_seconds),
                  .spread = spread_of(reader)});
}

void read_overlap(ObjectReader& reader, std::vector<AttentionOverlap>& list) {
  list.push_back({.group = static_cast<int>(reader.integer("group", 1, 1024)),
                  .share = reader.number("share", 0, 1),
                  .error = reader.number("error", 0, kMostSpread)});
}

void read_layout(ObjectReader& reader, std::vector<LayoutSlowdown>& list) {
  list.push_back({.element = reader.text("element"),
                  .layout = reader.text("layout"),
                  .factor = reader.number("factor", 1, kMostSpread)});
}

Json bandwidth_json(const BandwidthCeiling& b) {
  Json out;
  out["level"] = b.level;
  out["pages"] = b.pages;
  out["threads"] = b.threads;
  out["working_set"] = exact_text(b.working_set);
  out["read"] = exact_text(b.read);
  if (b.copy > BytesPerSecond{}) out["copy"] = exact_text(b.copy);
  if (b.triad > BytesPerSecond{}) out["triad"] = exact_text(b.triad);
  out["spread"] = json_number(b.spread);
  return out;
}

Json compute_json(const ComputeCeiling& c) {
  Json out;
  out["type"] = c.type;
  out["threads"] = c.threads;
  out["rate"] = exact_text(c.rate);
  out["spread"] = json_number(c.spread);
  return out;
}

Json widening_json(const WideningCeiling& w) {
  Json out;
  out["element"] = w.element;
  out["group"] = w.group;
  out["rate"] = exact_text(w.rate);
  out["spread"] = json_number(w.spread);
  return out;
}

Json attention_json(const AttentionPace& a) {
  Json out;
  out["element"] = a.element;
  out["threads"] = a.threads;
  out["group"] = a.group;
  out["head_dim"] = a.head_dim;
  out["token"] = exact_text(a.token);
  out["chunk"] = exact_text(a.chunk);
  out["spread"] = json_number(a.spread);
  return out;
}

Json overlap_json(const AttentionOverlap& o) {
  Json out;
  out["group"] = o.group;
  out["share"] = json_number(o.share);
  out["error"] = json_number(o.error);
  return out;
}

Json layout_json(const LayoutSlowdown& l) {
  Json out;
  out["element"] = l.element;
  out["layout"] = l.layout;
  out["factor"] = json_number(l.factor);
  return out;
}

}  // namespace

HostCeilings read_ceilings(ObjectReader& section) {
  HostCeilings c{.source = section.text("source"),
                 .simd = section.text("simd"),
                 .thread_start = quantity(section, "thread_start", parse_seconds),
                 .dispatch = quantity(section, "dispatch", parse_seconds),
                 .disturbed = section.number("disturbed", 0, 1),
                 .huge_pages = section.number("huge_pages", 0, 1)};
  section.each_object("bandwidth", [&](const std::string&, ObjectReader& r) { read_bandwidth(r, c.bandwidth); });
  section.each_object("compute", [&](const std::string&, ObjectReader& r) { read_compute(r, c.compute); });
  section.each_object("widening", [&](const std::string&, ObjectReader& r) { read_widening(r, c.widening); });
  // Profiles of other tools may know the machine but not this project's kernel.
  if (section.has("attention")) {
    section.each_object("attention", [&](const std::string&, ObjectReader& r) { read_attention(r, c.attention); });
    section.each_object("overlap", [&](const std::string&, ObjectReader& r) { read_overlap(r, c.overlap); });
    if (section.has("layout"))
      section.each_object("layout", [&](const std::string&, ObjectReader& r) { read_layout(r, c.layout); });
  }
  return c;
}

Json ceilings_json(const HostCeilings& c) {
  Json out;
  out["source"] = c.source;
  out["simd"] = c.simd;
  out["thread_start"] = exact_text(c.thread_start);
  out["dispatch"] = exact_text(c.dispatch);
  out["disturbed"] = json_number(c.disturbed);
  out["huge_pages"] = json_number(c.huge_pages);
  // Names only tell the entries apart; what they are is inside.
  out["bandwidth"] = Json::object();
  for (const auto& b : c.bandwidth)
    out["bandwidth"][fmt::format("{} {} x{} {}", b.level, b.pages, b.threads, exact_text(b.working_set))] =
        bandwidth_json(b);
  out["compute"] = Json::object();
  for (const auto& r : c.compute) out["compute"][fmt::format("{} x{}", r.type, r.threads)] = compute_json(r);
  out["widening"] = Json::object();
  for (const auto& w : c.widening) out["widening"][fmt::format("{} g{}", w.element, w.group)] = widening_json(w);
  if (c.attention.empty()) return out;
  out["attention"] = Json::object();
  for (const auto& a : c.attention)
    out["attention"][fmt::format("{} x{} g{} d{}", a.element, a.threads, a.group, a.head_dim)] = attention_json(a);
  out["overlap"] = Json::object();
  for (const auto& o : c.overlap) out["overlap"][fmt::format("g{}", o.group)] = overlap_json(o);
  if (c.layout.empty()) return out;
  out["layout"] = Json::object();
  for (const auto& l : c.layout) out["layout"][fmt::format("{} {}", l.element, l.layout)] = layout_json(l);
  return out;
}

}  // namespace roofcast
