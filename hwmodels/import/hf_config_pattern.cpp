#include "hwmodels/import/hf_config_pattern.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace roofcast::hf {
namespace {

constexpr std::size_t kMaxLength = 200, kMaxAlternatives = 64;

/// What checkpoints put in front of "layers.N.": expressions may spell it out.
constexpr std::array<std::string_view, 6> kContainers{
    "", "model.", "model.language_model.", "language_model.model.", "backbone.", "transformer."};

/// Towers and draft models have layers of their own: "mtp.layers.0" is not the model's first layer.
bool beside_the_model(std::string_view container) {
  for (const std::string_view part : {"mtp", "vision", "visual", "audio", "draft", "eagle"})
    if (container.contains(part)) return true;
  return false;
}

/// Drops everything in front of "layers.", so that all containers of the model's layers look alike.
std::string_view below_container(std::string_view path) {
  const auto at = path.find("layers.");
  if (at == std::string_view::npos || (at > 0 && path[at - 1] != '.')) return path;
  return beside_the_model(path.substr(0, at)) ? path : path.substr(at);
}

/// N of "layers.N" where nothing but "." or the end follows.
std::optional<int> layer_number(std::string_view path) {
  if (!path.starts_with("layers.")) return std::nullopt;
  int layer = -1;
  const char* end = path.data() + path.size();
  const auto [next, status] = std::from_chars(path.data() + 7, end, layer);
  return status == std::errc{} && layer >= 0 && (next == end || *next == '.') ? std::optional{layer} : std::nullopt;
}

}  // namespace

/// Writes out one level of "(a|b|c)" groups.
std::optional<std::vector<std::string>> ModulePattern::alternatives(std::string_view expression) {
  std::vector<std::string> out{""};
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] != '(') {
      if (expression[i] == ')' || expression[i] == '|') return std::nullopt;
      const std::size_t taken = expression[i] == '\\' && i + 1 < expression.size() ? 2 : 1;
      for (auto& text : out) text += expression.substr(i, taken);
      i += taken - 1;
      continue;
    }
    const auto close = expression.find(')', i);
    if (close == std::string_view::npos) return std::nullopt;
    auto group = expression.substr(i + 1, close - i - 1);
    if (group.starts_with("?:")) group.remove_prefix(2);
    const bool quantified = close + 1 < expression.size() && std::string_view{"*+?{"}.contains(expression[close + 1]);
    if (group.contains('(') || group.contains('?') || quantified) return std::nullopt;
    std::vector<std::string> longer;
    for (std::size_t start = 0; start <= group.size();) {
      const auto bar = std::min(group.find('|', start), group.size());
      for (const auto& text : out) longer.push_back(text + std::string{group.substr(start, bar - start)});
      start = bar + 1;
    }
    if (longer.size() > kMaxAlternatives) return std::nullopt;
    out = std::move(longer);
    i = close;
  }
  return out;
}

std::optional<ModulePattern::Sequence> ModulePattern::compiled(std::string_view expression) {
  Sequence sequence;
  const bool to_end = expression.ends_with('$') && !expression.ends_with("\\$");
  if (expression.starts_with('^')) expression.remove_prefix(1);
  if (to_end && !expression.empty()) expression.remove_suffix(1);
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const char c = expression[i];
    if (c == '*' || c == '+' || c == '?') {
      if (sequence.empty() || sequence.back().optional || sequence.back().repeats) return std::nullopt;
      sequence.back().optional = c != '+';
      sequence.back().repeats = c != '?';
    } else if (c == '.') {
      sequence.push_back({.kind = Atom::Kind::any});
    } else if (c == '\\') {
      if (++i == expression.size()) return std::nullopt;
      const char escaped = expression[i];
      const bool letter = (escaped >= 'a' && escaped <= 'z') || (escaped >= 'A' && escaped <= 'Z');
      if (letter && escaped != 'd') return std::nullopt;
      sequence.push_back(letter ? Atom{.kind = Atom::Kind::digit} : Atom{.letter = escaped});
    } else if (expression.substr(i).starts_with("[0-9]")) {
      sequence.push_back({.kind = Atom::Kind::digit});
      i += 4;
    } else if (std::string_view{"[]{}()|^$"}.contains(c)) {
      return std::nullopt;
    } else {
      sequence.push_back({.letter = c});
    }
  }
  // A match may end before the name does, as with Python's re.match.
  if (!to_end) sequence.push_back({.kind = Atom::Kind::any, .optional = true, .repeats = true});
  return sequence;
}

ModulePattern::Sequence ModulePattern::wildcards(std::string_view path) {
  Sequence sequence;
  for (const char c : path)
    sequence.push_back(c == '*' ? Atom{.kind = Atom::Kind::any, .optional = true, .repeats = true} : Atom{.letter = c});
  return sequence;
}

/// Simulates the pattern as a set of positions: time is pattern length x name length, whatever the input.
bool ModulePattern::matches(const Sequence& sequence, std::string_view text, bool whole) {
  std::vector<char> at(sequence.size() + 1, 0), next;
  const auto skip_optional = [&](std::vector<char>& set) {
    for (std::size_t i = 0; i < sequence.size(); ++i)
      if (set[i] != 0 && sequence[i].optional) set[i + 1] = 1;
  };
  at[0] = 1;
  skip_optional(at);
  for (const char c : text) {
    if (!whole && at.back() != 0 && c == '.') return true;
    next.assign(at.size(), 0);
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      if (at[i] == 0) continue;
      const auto& atom = sequence[i];
      const bool fits = atom.kind == Atom::Kind::any || (atom.kind == Atom::Kind::digit && c >= '0' && c <= '9') ||
                        (atom.kind == Atom::Kind::literal && atom.letter == c);
      if (!fits) continue;
      next[i + 1] = 1;
      if (atom.repeats) next[i] = 1;
    }
    skip_optional(next);
    std::swap(at, next);
  }
  return at.back() != 0;
}

std::optional<ModulePattern> ModulePattern::parse(std::string_view text) {
  ModulePattern pattern;
  if (text.size() > kMaxLength) return std::nullopt;
  if (!text.starts_with("re:")) {
    const auto path = below_container(text);
    pattern.layer_ = layer_number(path);
    pattern.sequences_.push_back(wildcards(path));
    return pattern;
  }
  pattern.expression_ = true;
  const auto expanded = alternatives(text.substr(3));
  if (!expanded) return std::nullopt;
  for (const auto& expression : *expanded) {
    auto sequence = compiled(expression);
    if (!sequence) return std::nullopt;
    pattern.sequences_.push_back(std::move(*sequence));
  }
  return pattern;
}

bool ModulePattern::covers(std::string_view module) const {
  if (expression_) {
    for (const auto container : kContainers) {
      const std::string name = std::string{container} + std::string{module};
      for (const auto& sequence : sequences_)
        if (matches(sequence, name, true)) return true;
    }
    return false;
  }
  // A path stands for the module and everything below it, and may be the tail of a longer path.
  for (std::size_t start = 0; start < module.size();) {
    if (matches(sequences_.front(), module.substr(start), false)) return true;
    const auto dot = module.find('.', start);
    if (layer_ || dot == std::string_view::npos) break;
    start = dot + 1;
  }
  return false;
}

}  // namespace roofcast::hf
