#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hwmodels/import/hf_config_draft.hpp"

namespace roofcast::hf {

/// A family of models whose config files are read alike.
struct Family {
  std::string_view types;    ///< `model_type` values, without a trailing "_text"; separated by spaces
  std::string_view classes;  ///< class names up to "For...", "Model" or "LMHeadModel"
  void (*read)(const Config&, Draft&);
  Traits traits{};
  ModuleNames modules{};
};

/// The family of a `model_type`; nullptr where none is known.
[[nodiscard]] const Family* family_of_type(std::string_view model_type);
/// The family of an entry of `architectures`; nullptr where none is known.
[[nodiscard]] const Family* family_of_class(std::string_view architecture);

/// Every known `model_type`, for "did you mean".
[[nodiscard]] std::vector<std::string> known_model_types();

/// Values that a family's published files leave out because they are its class's defaults.
struct ClassDefault {
  std::string_view key;
  double value = 0;
};
[[nodiscard]] std::vector<ClassDefault> class_defaults(const Family& family, const ConfigObject& text);

}  // namespace roofcast::hf
