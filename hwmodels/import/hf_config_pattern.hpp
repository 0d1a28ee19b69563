#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofcast::hf {

/// A name in a quantisation setting's list of modules. Three spellings occur: a module path
/// ("model.layers.0.mlp.gate", or the tail of one: "gate"), a path with wildcards
/// ("model.layers.0.self_attn*"), and a regular expression ("re:.*self_attn.*"). A name covers everything
/// below the module it names.
class ModulePattern {
 public:
  /// nullopt where a regular expression uses more than literals, ".", "*", "+", "?", "\d", "^", "$" and
  /// one level of alternatives.
  [[nodiscard]] static std::optional<ModulePattern> parse(std::string_view text);

  /// `module` starts with "layers.N." (or is "lm_head"): containers around the layers are left out.
  [[nodiscard]] bool covers(std::string_view module) const;

  /// The layer that the pattern is limited to, where it names exactly one.
  [[nodiscard]] std::optional<int> layer() const { return layer_; }

 private:
  struct Atom {
    enum class Kind { literal, any, digit } kind = Kind::literal;
    char letter = 0;
    bool optional = false;  ///< may be absent
    bool repeats = false;   ///< may follow itself
  };
  using Sequence = std::vector<Atom>;

  static std::optional<std::vector<std::string>> alternatives(std::string_view expression);
  static std::optional<Sequence> compiled(std::string_view expression);
  static Sequence wildcards(std::string_view path);
  static bool matches(const Sequence& sequence, std::string_view text, bool whole);

  bool expression_ = false;
  std::vector<Sequence> sequences_{};
  std::optional<int> layer_{};
};

}  // namespace roofcast::hf
