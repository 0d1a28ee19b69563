#pragma once

#include "core/attention/attention.hpp"
#include "core/ffn.hpp"
#include "hwmodels/object_reader.hpp"

namespace roofcast {

/// Token mixers and FFNs by their "kind", members by `fields()`: a new variant needs no edit here.
/// An unknown kind is an error: nobody may guess what its cache holds.
[[nodiscard]] Attention read_attention(ObjectReader& reader);
[[nodiscard]] Ffn read_ffn(ObjectReader& reader);

/// What the readers read: required members, and the others where they differ from their default.
[[nodiscard]] Json attention_json(const Attention& attention);
[[nodiscard]] Json ffn_json(const Ffn& ffn);

}  // namespace roofcast
