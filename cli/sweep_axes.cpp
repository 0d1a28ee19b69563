#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "cli/format_list.hpp"
#include "cli/process_variable.hpp"
#include "cli/scenario_options.hpp"
#include "cli/shard_option.hpp"
#include "cli/sweep_options.hpp"
#include "hwmodels/catalog.hpp"
#include "hwmodels/named_inputs.hpp"
#include "hwmodels/request_terms.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast::cli {
namespace {

constexpr std::array<std::string_view, 7> kLayoutFlags{"tp", "pp", "ep", "dp", "dcp", "gpus", "attention-dp"};
constexpr std::array<std::string_view, 3> kLengthFlags{"context", "isl", "osl"};
constexpr std::array<std::string_view, 1> kPrefixFlags{"prefix-hit"}, kRateFlags{"rps"}, kDraftFlags{"draft-tokens"},
    kAcceptanceFlags{"acceptance"};

/// Named columns of equal length: one flag alone, or several paired by --zip. One flag's values stay a list
/// that is never written out.
struct Axis {
  std::vector<std::string> names{};
  ValueList list{};
  std::vector<std::vector<double>> pairs{};

  [[nodiscard]] std::size_t size() const {
    return pairs.empty() ? static_cast<std::size_t>(list.count()) : pairs.size();
  }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return pairs.empty() ? list.at(static_cast<std::int64_t>(row)) : pairs[row][column];
  }
};

/// Flags that multiply out, and what their values are.
struct Family {
  std::span<const std::string_view> names;
  ValueKind kind = ValueKind::count;
  Bounds bounds{};
};

Axis single_axis(std::string_view name, const Family& f, OptionReader& reader) {
  return {.names = {std::string(name)}, .list = reader.values(name, f.kind, f.bounds).value_or(ValueList{})};
}

Axis zip_axis(const Zip& zip, const Family& f, OptionReader& reader) {
  Axis axis{.names = zip.names};
  for (const auto& texts : zip.rows) {
    std::vector<double> row;
    for (const auto& text : texts)
      if (const auto value = reader.literal("--zip", text, f.kind, f.bounds)) row.push_back(*value);
    if (row.size() == zip.names.size()) axis.pairs.push_back(row);
  }
  return axis;
}

bool covers(const Axis& axis, std::string_view name) {
  return std::ranges::find(axis.names, name) != axis.names.end();
}

/// The axes of a family of flags: `known` ones, the zips, then each flag that none of them holds.
std::vector<Axis> axes(const Family& f, const std::vector<Zip>& zips, const ParsedOptions& options,
                       OptionReader& reader, const std::vector<Axis>& known = {}) {
  std::vector<Axis> all = known;
  for (const auto& zip : zips)
    if (std::ranges::find(f.names, zip.names.front()) != f.names.end()) all.push_back(zip_axis(zip, f, reader));
  for (const auto name : f.names) {
    const auto holding = std::ranges::count_if(all, [&](const Axis& a) { return covers(a, name); });
    const bool is_known = std::ranges::any_of(known, [&](const Axis& a) { return covers(a, name); });
    if (holding > (is_known ? 1 : 0) && (is_known || options.given(name)))
      reader.add_usage_error(fmt::format("--{}", name), "is given by --zip as well");
    if (holding == 0 && !options.text(name).empty()) all.push_back(single_axis(name, f, reader));
  }
  return all;
}

/// The product of axes, the last one fastest, each point made from a look-up by name.
template <class T, class Make>
LazyList<T> product(std::vector<Axis> axes, Make make) {
  std::size_t size = 1;
  for (const auto& a : axes) size = saturated_product({size, a.size()});
  return {size, [axes = std::move(axes), make](std::size_t index) -> T {
            std::array<std::size_t, kLayoutFlags.size() + 1> digits{};  // the most axes that a family has
            for (std::size_t i = axes.size(); i > 0; --i) {
              digits[i - 1] = index % axes[i - 1].size();
              index /= axes[i - 1].size();
            }
            return make([&](std::string_view name) -> std::optional<double> {
              for (std::size_t i = 0; i < axes.size(); ++i)
                for (std::size_t j = 0; j < axes[i].names.size(); ++j)
                  if (axes[i].names[j] == name) return axes[i].at(digits[i], j);
              return std::nullopt;
            });
          }};
}

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
                             "pairs are made of context, isl, osl, or of tp, pp, ep, dp, dcp, gpus, attention-dp");
  }
  return all;
}

bool is_zipped(const std::vector<Zip>& zips, std::string_view name) {
  return std::ranges::any_of(zips, [&](const Zip& z) { return std::ranges::find(z.names, name) != z.names.end(); });
}

/// The pools of --disaggregate as an axis: replicas that read prompts, and those that decode instead of --dp.
std::vector<Axis> pool_axes(const std::vector<Zip>& zips, const ParsedOptions& options, OptionReader& reader) {
  if (!options.given("disaggregate")) return {};
  for (const std::string_view name : {"dp", "gpus"})
    if (options.given(name) || is_zipped(zips, name))
      reader.add_usage_error("--disaggregate", fmt::format("excludes --{}", name));
  Axis axis{.names = {"prefill", "dp"}};
  for (const auto& word : reader.words("disaggregate"))
    if (const auto pools = reader.take(parse_pools("--disaggregate", word)))
      axis.pairs.push_back({static_cast<double>(pools->prefill), static_cast<double>(pools->decode)});
  return {axis};
}

LazyList<Layout> layouts(std::vector<Axis> axes, bool ep_given) {
  const bool gpus_given = std::ranges::any_of(axes, [](const Axis& a) { return covers(a, "gpus"); });
  return product<Layout>(std::move(axes), [gpus_given, ep_given](const auto& value) {
    const auto count = [&](std::string_view name) { return static_cast<int>(value(name).value_or(1)); };
    Layout l{.tp = count("tp"),
             .pp = count("pp"),
             .dp = count("dp"),
             .dcp = count("dcp"),
             .attention_dp = count("attention-dp"),
             .prefill = static_cast<int>(value("prefill").value_or(0))};
    if (ep_given) l.ep = count("ep");
    if (gpus_given) l.gpus = count("gpus");
    return l;
  });
}

/// Prompts and answers of all lengths, of which a sweep has one law each: what an axis says is their mean.
std::vector<Axis> varied_lengths(const ParsedOptions& options, OptionReader& reader, Workload& w) {
  ScenarioDocument said;
  std::vector<Axis> axes;
  const auto take = [&](std::string_view flag, ScenarioText ScenarioDocument::*text,
                        ScenarioText ScenarioDocument::*file) {
    const auto histogram = fmt::format("{}-histogram", flag);
    if (options.given(flag) && options.given(histogram))
      reader.add_usage_error(fmt::format("--{}", histogram), fmt::format("excludes --{}", flag));
    else if (options.given(histogram))
      said.*file = options.text(histogram);
    else if (options.given(flag) && names_lengths(options.text(flag)))
      said.*text = options.text(flag);
    if (!(said.*text) || parse_lengths("", *(said.*text))) return;
    reader.add_usage_error(fmt::format("--{}", flag),
                           fmt::format("'{}': expected lengths, or one law for all points", *(said.*text)),
                           "e.g. 1Ki,8Ki, or lognormal:mean=2000,sigma=0.8");
    (said.*text).reset();
    axes.push_back({.names = {std::string(flag)}, .pairs = {{1}}});  // nothing more to say about it
  };
  take("isl", &ScenarioDocument::isl, &ScenarioDocument::isl_histogram);
  take("osl", &ScenarioDocument::osl, &ScenarioDocument::osl_histogram);
  DocumentReader laws{said};
  read_requests(laws, w);
  reader.add(laws.errors());
  if (w.isl_lengths) axes.push_back({.names = {"isl"}, .pairs = {{*w.isl}}});
  if (w.osl_lengths) axes.push_back({.names = {"osl"}, .pairs = {{*w.osl}}});
  return axes;
}

LazyList<Lengths> lengths(std::vector<Axis> axes, std::vector<Axis> requests) {
  if (axes.empty()) return {};
  std::ranges::move(requests, std::back_inserter(axes));
  return product<Lengths>(std::move(axes), [](const auto& value) {
    return Lengths{.context = value("context"),
                   .isl = value("isl"),
                   .osl = value("osl"),
                   .prefix_hit = value("prefix-hit").value_or(0),
                   .requests_s = value("rps")};
  });
}

LazyList<Speculation> speculations(std::vector<Axis> axes) {
  return product<Speculation>(std::move(axes), [](const auto& value) {
    return Speculation{.draft_tokens = static_cast<int>(value("draft-tokens").value_or(0)),
                       .acceptance = value("acceptance").value_or(0)};
  });
}

template <class T, class Find>
std::vector<T> named(const std::vector<std::string>& names, OptionReader& reader, Find find) {
  std::vector<T> all;
  for (const auto& name : names)
    if (auto found = reader.take(find(name))) all.push_back(std::move(*found));
  return all;
}

}  // namespace

SweepGrid sweep_grid(const ParsedOptions& options, OptionReader& reader) {
  const PresetRoots roots = default_preset_roots();
  SweepGrid grid;
  grid.models = named<ModelSpec>(options.words("MODEL"), reader, [&](const auto& n) { return named_model(roots, n); });
  grid.devices = named<Device>(reader.words("hardware"), reader, [&](const auto& n) { return named_device(roots, n); });
  grid.engines = named<Engine>(reader.words("engine"), reader, [&](const auto& n) { return find_engine(roots, n); });
  for (auto& engine : grid.engines)
    engine = reader.take(calibrated(std::move(engine), options.text("calibration"))).value_or(Engine{});
  grid.attentions = attention_choices(reader);
  grid.weight_formats = format_list(reader, "weight-dtype", weight_formats(), find_weight_format);
  grid.kv_formats = format_list(reader, "kv-dtype", kv_formats(), find_kv_format);

  const auto pairs = zips(options, reader);
  const Family ranks{kLayoutFlags, ValueKind::count, {.min = 1, .max = kMostRanks}};
  const Family tokens{kLengthFlags, ValueKind::tokens, {.min = 1, .max = kMostTokens}};
  grid.layouts = layouts(axes(ranks, pairs, options, reader, pool_axes(pairs, options, reader)),
                         options.given("ep") || is_zipped(pairs, "ep"));
  Workload varied;
  const auto laws = varied_lengths(options, reader, varied);
  const auto scalars = [&](const Family& first, const Family& second) {
    auto both = axes(first, {}, options, reader);
    std::ranges::move(axes(second, {}, options, reader), std::back_inserter(both));
    return both;
  };
  grid.lengths = lengths(axes(tokens, pairs, options, reader, laws),
                         scalars({kPrefixFlags, ValueKind::fraction, {.max = 1}}, {kRateFlags, ValueKind::number}));
  grid.speculations = speculations(scalars({kDraftFlags, ValueKind::count, {.max = kMostDrafts}},
                                           {kAcceptanceFlags, ValueKind::fraction, {.max = 1}}));
  grid.batches = reader.values("batch", ValueKind::count, {.min = 1, .max = kMostSequences});
  const auto document = scenario_document(options);
  const auto common = reader.take(common_terms(document)).value_or(ScenarioTerms{});
  grid.base = common.base;
  grid.base.workload.isl_lengths = varied.isl_lengths;
  grid.base.workload.osl_lengths = varied.osl_lengths;
  if (options.given("draft-model"))
    grid.base.speculation.draft_model = reader.take(named_model(roots, options.text("draft-model")));
  for (auto& d : grid.devices) d = with_memory(std::move(d), common.memory);
  if (auto devices = reader.take(priced(grid.devices, common, roots))) grid.devices = std::move(*devices);
  return grid;
}

SweepSelection sweep_selection(const ParsedOptions& options, OptionReader& reader) {
  SweepSelection selection;
  if (options.given("shard")) {
    const std::string text = options.text("shard");
    if (const auto number = reader.take(text == "auto" ? shard_of(process_variable) : parse_shard(text))) {
      selection.shard = number->shard;
      selection.shards = number->shards;
    }
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
                                          static_cast<double>(c.undivided_gpus ? *c.undivided_gpus : d.gpus()),
                                          static_cast<double>(w.batch.value_or(0)),
                                          w.full_length(),
                                          w.isl.value_or(0),
                                          w.osl.value_or(0)};
      return holds(e, values);
    };
  return selection;
}

}  // namespace roofcast::cli
