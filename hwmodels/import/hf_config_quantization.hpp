#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/number_format.hpp"
#include "hwmodels/import/hf_config_object.hpp"
#include "hwmodels/import/hf_config_pattern.hpp"

namespace roofcast::hf {

/// Modules that are stored in a format of their own; indexed by layer, since lists of thousands of
/// entries name one layer each.
class FormatRules {
 public:
  void add(ModulePattern pattern, const WeightFormat& format);
  /// The format of the first rule that covers the module; nullptr where none does.
  [[nodiscard]] const WeightFormat* find(int layer, std::string_view module) const;
  [[nodiscard]] bool empty() const { return size_ == 0; }
  /// Rules that are not limited to one layer.
  [[nodiscard]] std::size_t general() const { return general_.size(); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Rule {
    ModulePattern pattern;
    WeightFormat format;
  };
  std::map<int, std::vector<Rule>> by_layer_{};
  std::vector<Rule> general_{};
  std::size_t size_ = 0;
};

/// How a checkpoint stores its matrices.
struct Quantization {
  WeightFormat plain{};    ///< what is not quantised: the model's own type
  WeightFormat linear{};   ///< attention and dense MLPs
  WeightFormat experts{};  ///< routed experts
  FormatRules named{};     ///< modules with a format of their own; goes first
  FormatRules spared{};    ///< modules that stay as they are

  [[nodiscard]] const WeightFormat& format_of(int layer, std::string_view module, bool expert) const;
  [[nodiscard]] WeightFormat head_format() const;
};

/// Reads `quantization_config` (at the root or beside the layers), else `hf_quant_config.json`
/// (`separate`). Methods that are not understood are errors: weights of unknown size give no numbers.
[[nodiscard]] Quantization quantization(const ConfigObject& root, const ConfigObject& text,
                                        const ConfigObject& separate, const WeightFormat& plain,
                                        std::vector<std::string>& notes);

}  // namespace roofcast::hf
