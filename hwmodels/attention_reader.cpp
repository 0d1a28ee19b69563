#include "hwmodels/attention_reader.hpp"

#include <cstddef>
#include <variant>

#include <fmt/format.h>

#include "core/nearest_name.hpp"

namespace roofcast {
namespace {

constexpr int kLargestMember = 1 << 28;  // no member of a published model comes near; products stay below 2^53

template <class Owner>
void read_field(ObjectReader& reader, const Field<Owner>& field, Owner& owner) {
  if (!reader.has(field.name) && !field.required) return;
  if (const auto* number = std::get_if<int Owner::*>(&field.member))
    owner.*(*number) = static_cast<int>(reader.integer(field.name, field.min, kLargestMember));
  else
    owner.*(std::get<bool Owner::*>(field.member)) = reader.flag(field.name);
}

template <class Owner>
Owner read_fields(ObjectReader& reader) {
  Owner owner;
  for (const auto& field : Owner::fields()) read_field(reader, field, owner);
  return owner;
}

/// Tries the alternatives of a variant in turn; `Index` counts them.
template <class Variant, std::size_t Index = 0>
Variant read_variant(ObjectReader& reader, const std::string& kind, std::vector<std::string> known = {}) {
  if constexpr (Index < std::variant_size_v<Variant>) {
    using Alternative = std::variant_alternative_t<Index, Variant>;
    if (kind == Alternative::kind) return read_fields<Alternative>(reader);
    known.emplace_back(Alternative::kind);
    return read_variant<Variant, Index + 1>(reader, kind, std::move(known));
  } else {
    const auto hint = did_you_mean(kind, known);
    if (!kind.empty())
      reader.add("kind", fmt::format("'{}' is not supported", kind),
                 hint.empty() ? fmt::format("use one of: {}", fmt::join(known, ", ")) : hint);
    reader.ignore_unknown_keys();
    return {};
  }
}

template <class Owner>
void write_field(const Field<Owner>& field, const Owner& owner, Json& out) {
  static constexpr Owner kFallback{};
  std::visit(
      [&](auto member) {
        if (field.required || owner.*member != kFallback.*member) out[std::string(field.name)] = owner.*member;
      },
      field.member);
}

template <class Owner>
Json fields_json(const Owner& owner) {
  Json out;
  out["kind"] = Owner::kind;
  for (const auto& field : Owner::fields()) write_field(field, owner, out);
  return out;
}

}  // namespace

Attention read_attention(ObjectReader& reader) {
  return read_variant<Attention>(reader, reader.text("kind"));
}
Ffn read_ffn(ObjectReader& reader) {
  return read_variant<Ffn>(reader, reader.text("kind"));
}

Json attention_json(const Attention& attention) {
  return std::visit([](const auto& a) { return fields_json(a); }, attention);
}
Json ffn_json(const Ffn& ffn) {
  return std::visit([](const auto& f) { return fields_json(f); }, ffn);
}

}  // namespace roofcast
