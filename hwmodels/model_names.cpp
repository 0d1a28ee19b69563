#include "hwmodels/model_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/lower_case.hpp"

namespace roofcast {

std::string_view without_organisation(std::string_view name) {
  const auto slash = name.rfind('/');
  return slash == name.npos ? name : name.substr(slash + 1);
}

std::string canonical_model_name(std::string_view name) {
  const auto low = lower_case(name);
  auto model = without_organisation(low);
  auto organisation = std::string_view(low).substr(0, low.size() - model.size());
  if (organisation == "zhipuai/") organisation = "zai-org/";
  if (model.starts_with("meta-")) model.remove_prefix(5);
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view suffix : {"-hf", "-instruct"})
      if (model.ends_with(suffix)) {
        model.remove_suffix(suffix.size());
        again = true;
      }
  }
  return std::string(organisation).append(model);
}

std::optional<QuantisedName> quantised_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kSuffixes{
      {{"-fp8", "fp8"}, {"-nvfp4", "nvfp4"}, {"-awq", "awq"}}};
  for (const auto& [suffix, format] : kSuffixes) {
    if (name.size() <= suffix.size()) continue;
    const auto base = name.substr(0, name.size() - suffix.size());
    if (lower_case(name.substr(base.size())) != suffix) continue;
    if (const auto found = find_weight_format(format)) return QuantisedName{base, *found};
  }
  return {};
}

}  // namespace roofcast
