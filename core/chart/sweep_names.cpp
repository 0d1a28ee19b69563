#include "core/chart/sweep_names.hpp"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/value_literal.hpp"

namespace roofcast {
namespace {

auto layout(const SweepRecord& r) {
  return std::tie(r.tp, r.pp, r.ep, r.dp, r.dcp, r.prefill, r.gpus);
}

auto lengths(const SweepRecord& r) {
  return std::tie(r.isl, r.osl, r.context);
}

template <class Key>
bool differ(std::span<const SweepRecord> records, Key key) {
  return std::ranges::any_of(records, [&](const auto& r) { return key(r) != key(records.front()); });
}

/// "tp 4, pp 2", "1 GPU"
std::string layout_text(const SweepRecord& r) {
  std::vector<std::string> words;
  for (const auto& [word, ranks] : {std::pair{"tp", r.tp}, {"pp", r.pp}, {"ep", r.ep}, {"dp", r.dp}, {"dcp", r.dcp}})
    if (ranks > 1) words.push_back(fmt::format("{} {:g}", word, ranks));
  if (r.prefill > 0) words.push_back(fmt::format("prefill {:g}", r.prefill));
  return words.empty() ? std::string("tp 1") : fmt::format("{}", fmt::join(words, ", "));
}

std::string drafts_of(const SweepRecord& r) {
  return r.draft_tokens > 0 ? fmt::format("{:g} drafts at {:g}%", r.draft_tokens, 100 * r.acceptance) : "no drafts";
}
std::string prefix_hit_of(const SweepRecord& r) {
  return fmt::format("prefix hit {:g}%", 100 * r.prefix_hit);
}
std::string rate_of(const SweepRecord& r) {
  return r.requests_s ? fmt::format("{:g} requests/s", *r.requests_s) : "";
}

std::string length_of(const SweepRecord& r) {
  if (r.isl && r.osl) return fmt::format("{} + {} tokens", with_thousands(*r.isl), with_thousands(*r.osl));
  return fmt::format("{} tokens", with_thousands(r.context));
}

}  // namespace

SweepNames::SweepNames(std::span<const SweepRecord> records)
    : records_{records},
      models_{differ(records, [](const auto& r) { return r.model; })},
      attentions_{differ(records, [](const auto& r) { return r.attention; })},
      hardware_{differ(records, [](const auto& r) { return r.hardware; })},
      engines_{differ(records, [](const auto& r) { return r.engine; })},
      weights_{differ(records, [](const auto& r) { return r.weight_dtype; })},
      caches_{differ(records, [](const auto& r) { return r.kv_dtype; })},
      layouts_{differ(records, layout)},
      prefix_hits_{differ(records, [](const auto& r) { return r.prefix_hit; })},
      drafts_{differ(records,
                     [](const auto& r) {
                       return std::pair{r.draft_tokens, r.acceptance};
                     })},
      rates_{differ(records, [](const auto& r) { return r.requests_s; })},
      lengths_{differ(records, lengths)} {}

std::string SweepNames::variant(const SweepRecord& r) const {
  std::vector<std::string> words;
  if (models_) words.push_back(r.model);
  if (hardware_) words.push_back(r.hardware);
  if (engines_) words.push_back(r.engine);
  if (attentions_) words.push_back(r.attention);
  if (weights_) words.push_back(r.weight_dtype + " weights");
  if (caches_) words.push_back(r.kv_dtype + " cache");
  if (layouts_) words.push_back(layout_text(r));
  if (prefix_hits_) words.push_back(prefix_hit_of(r));
  if (drafts_) words.push_back(drafts_of(r));
  if (rates_) words.push_back(rate_of(r));
  std::erase(words, "");
  if (words.empty()) words.push_back(r.attention.empty() ? r.model : r.attention);
  return fmt::format("{}", fmt::join(words, " "));
}

std::string SweepNames::length(const SweepRecord& r) const {
  return lengths_ ? length_of(r) : std::string{};
}

std::string SweepNames::load(const SweepRecord& r) const {
  std::vector<std::string> words;
  if (models_) words.push_back(r.model);
  if (lengths_) words.push_back(length_of(r));
  if (prefix_hits_) words.push_back(prefix_hit_of(r));
  if (rates_) words.push_back(rate_of(r));
  return fmt::format("{}", fmt::join(words, ", "));
}

ChartSubject SweepNames::subject() const {
  if (records_.empty()) return {.title = "Sweep"};
  const SweepRecord& r = records_.front();
  std::vector<std::string> words;
  if (!layouts_) words.push_back(layout_text(r));
  if (!lengths_) words.push_back(length_of(r));
  if (!attentions_) words.push_back(r.attention);
  if (!prefix_hits_ && r.prefix_hit > 0) words.push_back(prefix_hit_of(r));
  if (!drafts_ && r.draft_tokens > 0) words.push_back(drafts_of(r));
  if (!rates_) words.push_back(rate_of(r));
  if (!weights_) words.push_back(r.weight_dtype + " weights");
  if (!caches_) words.push_back(r.kv_dtype + " cache");
  if (!engines_) words.push_back(r.engine);
  std::erase(words, "");
  return {.title = fmt::format("{} on {}", models_ ? "Models" : r.model, hardware_ ? "several devices" : r.hardware),
          .subtitle = fmt::format("{}", fmt::join(words, ", "))};
}

}  // namespace roofcast
