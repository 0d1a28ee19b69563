#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include "core/attention_override.hpp"
#include "core/deployment.hpp"
#include "core/length_distribution.hpp"
#include "core/nearest_name.hpp"
#include "core/number_format.hpp"
#include "core/quantity_text.hpp"
#include "hwmodels/request_terms.hpp"
#include "hwmodels/scenario_document.hpp"
#include "hwmodels/scenario_resolution.hpp"

namespace roofcast {
namespace {

using V = ScenarioValue;
using Document = ScenarioDocument;

constexpr Bounds kRanks{.min = 1, .max = kMostRanks};
constexpr Bounds kTokens{.min = 1, .max = kMostTokens};
constexpr Bounds kSequences{.min = 1, .max = kMostSequences};

constexpr std::array kFields{
    ScenarioField{"model", &Document::model, V::path_or_name},
    ScenarioField{"hardware", &Document::hardware, V::path_or_name},
    ScenarioField{"gpus", &Document::gpus, V::amount, ValueKind::count, kRanks},
    ScenarioField{"tp", &Document::tp, V::amount, ValueKind::count, kRanks},
    ScenarioField{"pp", &Document::pp, V::amount, ValueKind::count, kRanks},
    ScenarioField{"ep", &Document::ep, V::amount, ValueKind::count, kRanks},
    ScenarioField{"dp", &Document::dp, V::amount, ValueKind::count, kRanks},
    ScenarioField{"dcp", &Document::dcp, V::amount, ValueKind::count, kRanks},
    ScenarioField{"context", &Document::context, V::amount, ValueKind::tokens, kTokens},
    ScenarioField{"isl", &Document::isl, V::lengths, ValueKind::tokens, kTokens},
    ScenarioField{"osl", &Document::osl, V::lengths, ValueKind::tokens, kTokens},
    ScenarioField{"batch", &Document::batch, V::amount, ValueKind::count, kSequences},
    ScenarioField{"tpot", &Document::tpot, V::positive, ValueKind::time},
    ScenarioField{"ttft", &Document::ttft, V::positive, ValueKind::time},
    ScenarioField{"engine", &Document::engine, V::name},
    ScenarioField{"memory-utilization", &Document::memory_utilization, V::amount, ValueKind::fraction, {.max = 1}},
    ScenarioField{"block-size", &Document::block_size, V::amount, ValueKind::tokens, kSequences},
    ScenarioField{"max-batched-tokens", &Document::max_batched_tokens, V::amount, ValueKind::tokens, kSequences},
    ScenarioField{"memory", &Document::memory, V::size},
    ScenarioField{"price", &Document::price, V::price, ValueKind::number},
    ScenarioField{"calibration", &Document::calibration, V::path_or_name},
    ScenarioField{"attention", &Document::attention, V::attention},
    ScenarioField{"kv-dtype", &Document::kv_dtype, V::kv_format},
    ScenarioField{"weight-dtype", &Document::weight_dtype, V::weight_format},
    ScenarioField{"isl-histogram", &Document::isl_histogram, V::path_or_name},
    ScenarioField{"osl-histogram", &Document::osl_histogram, V::path_or_name},
    ScenarioField{"rps", &Document::rps, V::positive, ValueKind::number},
    ScenarioField{"prefix-hit", &Document::prefix_hit, V::amount, ValueKind::fraction, {.max = 1}},
    ScenarioField{"draft-tokens", &Document::draft_tokens, V::amount, ValueKind::count, {.max = kMostDrafts}},
    ScenarioField{"acceptance", &Document::acceptance, V::amount, ValueKind::fraction, {.max = 1}},
    ScenarioField{"draft-model", &Document::draft_model, V::path_or_name},
    ScenarioField{"attention-dp", &Document::attention_dp, V::amount, ValueKind::count, kRanks},
    ScenarioField{"disaggregate", &Document::disaggregate, V::pools},
    ScenarioField{"expert-imbalance", &Document::expert_imbalance, V::routing, ValueKind::number, kRanks},
    ScenarioField{"overlap", &Document::overlap, V::overlap},
};

template <class Formats>
Errors format_errors(const std::string& where, std::string_view text, const Formats& formats) {
  std::vector<std::string> names{std::string(kCheckpointFormat)};
  std::ranges::transform(formats, std::back_inserter(names), [](const auto& f) { return f.name; });
  if (std::ranges::find(names, text) != names.end()) return {};
  return {{where, fmt::format("'{}' is not a known format", text), did_you_mean(text, names), ErrorKind::usage}};
}

Errors size_errors(const std::string& where, std::string_view text) {
  const auto bytes = parse_bytes(text);
  if (bytes && *bytes > Bytes{}) return {};
  const auto what = bytes ? fmt::format("'{}' is no memory", text) : bytes.error().front().what;
  return {{where, what, "a size with its unit, e.g. 256GiB", ErrorKind::usage}};
}

Errors amount_errors(const ScenarioField& field, std::string_view text) {
  const auto literal = bounded_literal(field.place(), text, field.kind, field.bounds);
  if (!literal) return literal.error();
  const bool time = field.kind == ValueKind::time, price = field.value == V::price;
  if ((field.value != V::positive && !price) || literal->value() > 0) return {};
  return {{field.place(),
           fmt::format("'{}': expected more than {}", text,
                       time    ? "no time"
                       : price ? "0 USD"
                               : "0"),
           time ? "e.g. 50ms" : "", ErrorKind::usage}};
}

}  // namespace

std::string ScenarioField::key() const {
  std::string name{option};
  std::ranges::replace(name, '-', '_');
  return name;
}

std::string ScenarioField::place() const {
  return text == &ScenarioDocument::model ? "MODEL" : fmt::format("--{}", option);
}

bool ScenarioField::takes_numbers() const {
  return (value == V::amount || value == V::positive || value == V::lengths || value == V::routing ||
          value == V::price) &&
         kind != ValueKind::time;
}

std::span<const ScenarioField> scenario_fields() {
  return kFields;
}

const ScenarioField& scenario_field(ScenarioText ScenarioDocument::*text) {
  const auto it = std::ranges::find(kFields, text, &ScenarioField::text);
  assert(it != kFields.end());
  return *it;
}

bool names_price_file(std::string_view text) {
  return text.find_first_not_of("0123456789.+-eE") != text.npos && !parse_literal("", text, ValueKind::number);
}

bool names_file(const ScenarioField& field, std::string_view text) {
  return field.value == V::path_or_name || (field.value == V::price && names_price_file(text));
}

Errors text_errors(const ScenarioField& field, std::string_view text) {
  switch (field.value) {
    case V::name:
    case V::path_or_name:
      return text.empty() ? Errors{{field.place(), "must not be empty", {}, ErrorKind::usage}} : Errors{};
    case V::amount:
    case V::positive:
      return amount_errors(field, text);
    case V::price:
      if (names_price_file(text)) return {};
      return amount_errors(field, text);
    case V::size:
      return size_errors(field.place(), text);
    case V::attention: {
      const auto choice = attention_choice(text);
      return choice ? Errors{} : choice.error();
    }
    case V::kv_format:
      return format_errors(field.place(), text, kv_formats());
    case V::weight_format:
      return format_errors(field.place(), text, weight_formats());
    case V::lengths: {
      if (!names_lengths(text)) return amount_errors(field, text);
      const auto lengths = parse_lengths(field.place(), text);
      return lengths ? Errors{} : lengths.error();
    }
    case V::pools: {
      const auto pools = parse_pools(field.place(), text);
      return pools ? Errors{} : pools.error();
    }
    case V::routing: {
      const auto routing = parse_routing(field.place(), text);
      return routing ? Errors{} : routing.error();
    }
    case V::overlap: {
      const auto overlap = parse_overlap(field.place(), text);
      return overlap ? Errors{} : overlap.error();
    }
  }
  return {};
}

std::vector<std::string> scenario_notes(const ScenarioDocument& document) {
  std::vector<std::string> notes;
  for (const auto& field : kFields) {
    const auto& text = document.*field.text;
    if (!text || (field.value != V::amount && field.value != V::lengths)) continue;
    if (const auto literal = parse_literal("", *text, field.kind); literal && !literal->note.empty())
      notes.push_back(fmt::format("{}: {}", field.place(), literal->note));
  }
  return notes;
}

}  // namespace roofcast
