#include "core/layer_text.hpp"

#include <fmt/format.h>

#include <variant>

namespace roofcast {
namespace {

template <class Part>
std::string described_part(const Part& part) {
  static constexpr Part kDefaults{};
  std::string out{Part::kind};
  const char* separator = ": ";
  const auto add = [&](const std::string& text) {
    out += separator + text;
    separator = ", ";
  };
  for (const auto& field : Part::fields()) {
    if (const auto* number = std::get_if<int Part::*>(&field.member)) {
      if (part.**number != kDefaults.**number) add(fmt::format("{} {}", field.name, part.**number));
    } else {
      const auto flag = std::get<bool Part::*>(field.member);
      if (part.*flag != kDefaults.*flag) add(fmt::format("{}{}", part.*flag ? "" : "not ", field.name));
    }
  }
  return out;
}

}  // namespace

std::string described(const Attention& attention) {
  return std::visit([](const auto& a) { return described_part(a); }, attention);
}

std::string_view attention_word(const Attention& attention) {
  if (const auto* g = std::get_if<GroupedQuery>(&attention)) {
    if (g->kv_heads == g->q_heads) return "mha";
    if (g->kv_heads == 1) return "mqa";
  }
  return std::visit([](const auto& a) -> std::string_view { return a.kind; }, attention);
}

std::string described(const Ffn& ffn) {
  return std::visit([](const auto& f) { return described_part(f); }, ffn);
}

}  // namespace roofcast
