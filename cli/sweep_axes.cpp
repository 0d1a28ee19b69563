#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "cli/named_inputs.hpp"
#include "cli/sweep_options.hpp"
#include "core/nearest_name.hpp"
#include "core/quantity_text.hpp"
#include "hwmodels/catalog.hpp"

namespace roofcast::cli {
namespace {

constexpr std::int64_t kLongestAxis = 10'000'000;  // one axis is listed, their product never is

using Values = std::vector<double>;

Values listed(std::string_view flag, const ValueList& list, OptionReader& reader) {
  if (list.count() > kLongestAxis) {
    reader.add_usage_error(fmt::format("--{}", flag),
                           fmt::format("{} values on one axis; at most {}", list.count(), kLongestAxis));
    return {};
  }
  Values values;
  for (std::int64_t i = 0; i < list.count(); ++i) values.push_back(list.at(i));
  return values;
}

/// Named columns of equal length: one flag alone, or several paired by --zip.
struct Axis {
  std::vector<std::string> names;
  std::vector<Values> rows;
};

Axis single_axis(std::string_view name, ValueKind kind, OptionReader& reader) {
  Axis axis{.names = {std::string(name)}, .rows = {}};
  if (const auto list = reader.values(name, kind))
    for (const double v : listed(name, *list, reader)) axis.rows.push_back({v});
  return axis;
}

Axis zip_axis(const Zip& zip, ValueKind kind, OptionReader& reader) {
  Axis axis{.names = zip.names, .rows = {}};
  for (const auto& texts : zip.rows) {
    Values row;
    for (const auto& text : texts)
      if (const auto literal = reader.take(parse_literal("--zip", text, kind))) row.push_back(literal->value());
    if (row.size() == zip.names.size()) axis.rows.push_back(row);
  }
  return axis;
}

bool covers(const Axis& axis, std::string_view name) {
  return std::ranges::find(axis.names, name) != axis.names.end();
}

/// The axes of a family of flags: the zips among them, then each flag that no zip holds.
std::vector<Axis> family(std::span<const std::string_view> names, ValueKind kind, const std::vector<Zip>& zips,
                         const ParsedOptions& options, OptionReader& reader) {
  std::vector<Axis> axes;
  for (const auto& zip : zips)
    if (std::ranges::find(names, zip.names.front()) != names.end()) axes.push_back(zip_axis(zip, kind, reader));
  for (const auto name : names) {
    const bool zipped = std::ranges::any_of(axes, [&](const Axis& a) { return covers(a, name); });
    if (zipped && options.given(name)) reader.add_usage_error(fmt::format("--{}", name), "is given by --zip as well");
    if (!zipped && !options.text(name).empty()) axes.push_back(single_axis(name, kind, reader));
  }
  return axes;
}

/// Visits the product of the axes, the last one fastest, with a look-up by name.
void for_each(const std::vector<Axis>& axes,
              const std::function<void(const std::function<std::optional<double>(std::string_view)>&)>& visit) {
  std::vector<std::size_t> digits(axes.size());
  if (std::ranges::any_of(axes, [](const Axis& a) { return a.rows.empty(); })) return;
  const auto value = [&](std::string_view name) -> std::optional<double> {
    for (std::size_t i = 0; i < axes.size(); ++i)
      for (std::size_t j = 0; j < axes[i].names.size(); ++j)
        if (axes[i].names[j] == name) return axes[i].rows[digits[i]][j];
    return std::nullopt;
  };
  for (;;) {
    visit(value);
    std::size_t i = axes.size();
    while (i > 0 && ++digits[i - 1] == axes[i - 1].rows.size()) digits[--i] = 0;
    if (i == 0) return;
  }
}

constexpr std::array<std::string_view, 6> kLayoutFlags{"tp", "pp", "ep", "dp", "dcp", "gpus"};
constexpr std::array<std::string_view, 3> kLengthFlags{"context", "isl", "osl"};

std::vector<Zip> zips(const ParsedOptions& options, OptionReader& reader) {
  std::vector<Zip> all;
  const auto inside = [](const auto& family_names, const Zip& z) {
    return std::ranges::all_of(z.names,
                               [&](const auto& n) { return std::ranges::find(family_names, n) != family_names.end(); });
  };
  for (const auto& text : options.texts("zip")) {
    auto zip = reader.take(parse_zip("--zip", text));
    if (!zip) continue;
    if (inside(kLayoutFlags, *zip) || inside(kLengthFlags, *zip))
      all.push_back(std::move(*zip));
    else
      reader.add_usage_error("--zip", fmt::format("cannot pair {}", fmt::join(zip->names, ", ")),
                             "pairs are made of context, isl, osl, or of tp, pp, ep, dp, dcp, gpus");
  }
  return all;
}

std::vector<Layout> layouts(const std::vector<Axis>& axes, bool gpus_given) {
  std::vector<Layout> all;
  for_each(axes, [&](const auto& value) {
    const auto count = [&](std::string_view name) { return static_cast<int>(value(name).value_or(1)); };
    Layout l{.tp = count("tp"), .pp = count("pp"), .ep = count("ep"), .dp = count("dp"), .dcp = count("dcp")};
    if (gpus_given) l.gpus = count("gpus");
    all.push_back(l);
  });
  return all;
}

template <class T, class Find>
std::vector<T> named(const std::vector<std::string>& names, OptionReader& reader, Find find) {
  std::vector<T> all;
  for (const auto& name : names)
    if (auto found = reader.take(find(name))) all.push_back(std::move(*found));
  return all;
}

template <class Format>
Result<Format> format(std::string_view flag, const std::string& name, std::optional<Format> found,
                      std::span<const Format> known) {
  if (found) return *found;
  std::vector<std::string> names;
  for (const auto& f : known) names.push_back(f.name);
  return usage_error(std::string(flag), fmt::format("'{}' is not a known format", name), did_you_mean(name, names));
}

void read_constants(Scenario& base, OptionReader& reader, const ParsedOptions& options, std::vector<Device>& devices) {
  base.memory_utilization = reader.fraction("memory-utilization", {.min = 0.01, .max = 1});
  if (const auto n = reader.count("block-size")) base.block_tokens = static_cast<int>(*n);
  if (const auto n = reader.tokens("max-batched-tokens")) base.max_batched_tokens = static_cast<int>(*n);
  base.workload.tpot_slo = reader.time("tpot");
  base.workload.ttft_slo = reader.time("ttft");
  base.price_usd_hour = reader.number("price");
  if (!options.given("memory")) return;
  if (const auto memory = parse_bytes(options.text("memory"))) {
    for (auto& d : devices) d.memory = *memory;
  } else {
    for (const auto& e : memory.error()) reader.add_usage_error("--memory", e.what, e.hint);
  }
}

}  // namespace

SweepGrid sweep_grid(const ParsedOptions& options, OptionReader& reader) {
  const PresetRoots roots = default_preset_roots();
  SweepGrid grid;
  grid.models = named<ModelSpec>(options.words("MODEL"), reader, [&](const auto& n) { return named_model(roots, n); });
  grid.devices = named<Device>(reader.words("hardware"), reader, [&](const auto& n) { return named_device(roots, n); });
  grid.engines = named<Engine>(reader.words("engine"), reader, [&](const auto& n) { return find_engine(roots, n); });
  grid.attentions.clear();
  for (const auto& word : reader.words("attention")) {
    if (word == "own")
      grid.attentions.emplace_back();
    else if (const auto o = reader.take(parse_attention_override(word)))
      grid.attentions.emplace_back(*o);
  }
  if (options.given("weight-dtype")) grid.weight_formats.clear();
  for (const auto& n : reader.words("weight-dtype"))
    if (const auto f = reader.take(format("--weight-dtype", n, find_weight_format(n), weight_formats())))
      grid.weight_formats.emplace_back(*f);
  if (options.given("kv-dtype")) grid.kv_formats.clear();
  for (const auto& n : reader.words("kv-dtype"))
    if (const auto f = reader.take(format("--kv-dtype", n, find_kv_format(n), kv_formats())))
      grid.kv_formats.emplace_back(*f);

  const auto pairs = zips(options, reader);
  grid.layouts = layouts(family(kLayoutFlags, ValueKind::count, pairs, options, reader),
                         options.given("gpus") || std::ranges::any_of(pairs, [](const Zip& z) {
                           return std::ranges::find(z.names, "gpus") != z.names.end();
                         }));
  for_each(family(kLengthFlags, ValueKind::tokens, pairs, options, reader), [&](const auto& value) {
    grid.lengths.push_back({.context = value("context"), .isl = value("isl"), .osl = value("osl")});
  });
  grid.batches = reader.values("batch", ValueKind::count, {.min = 1, .max = 1e9});
  read_constants(grid.base, reader, options, grid.devices);
  return grid;
}

SweepSelection sweep_selection(const ParsedOptions& options, OptionReader& reader) {
  SweepSelection selection;
  if (options.given("shard")) {
    const std::string text = options.text("shard");
    const char* end = text.data() + text.size();
    const auto [slash, first] = std::from_chars(text.data(), end, selection.shard);
    const bool good = first == std::errc{} && slash != end && *slash == '/' &&
                      std::from_chars(slash + 1, end, selection.shards).ptr == end && selection.shard >= 1 &&
                      selection.shard <= selection.shards;
    if (!good) reader.add_usage_error("--shard", fmt::format("'{}' is not i/n with 1 <= i <= n", text));
  }
  if (!options.given("where")) return selection;
  static const std::vector<std::string> kColumns{"tp",   "pp",    "ep",      "dp",  "dcp",
                                                 "gpus", "batch", "context", "isl", "osl"};
  if (auto expression = reader.take(parse_where("--where", options.text("where"), kColumns)))
    selection.where = [e = std::move(*expression)](const SweepConfig& c, const Workload& w) {
      const Deployment& d = c.scenario.deployment;
      const std::array<double, 10> values{static_cast<double>(d.tp),
                                          static_cast<double>(d.pp),
                                          static_cast<double>(d.ep),
                                          static_cast<double>(d.dp),
                                          static_cast<double>(d.dcp),
                                          static_cast<double>(d.gpus()),
                                          static_cast<double>(w.batch.value_or(0)),
                                          w.full_length(),
                                          w.isl.value_or(0),
                                          w.osl.value_or(0)};
      return holds(e, values);
    };
  return selection;
}

}  // namespace roofcast::cli
