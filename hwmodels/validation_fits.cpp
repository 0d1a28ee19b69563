#include "hwmodels/validation_fits.hpp"

#include "hwmodels/kernel_calibrations.hpp"
#include "hwmodels/serving_profile.hpp"
#include "hwmodels/text_file.hpp"

namespace roofcast {
namespace {

Result<ValidationFits> with_kernels(Result<CalibratedKernels> kernels, bool shipped_serving) {
  if (!kernels) return std::unexpected(std::move(kernels.error()));
  auto prediction = kernel_prediction(std::move(*kernels));
  if (!prediction) return std::unexpected(std::move(prediction.error()));
  return ValidationFits{.serving = {.shipped = shipped_serving}, .kernels = std::move(*prediction)};
}

}  // namespace

Result<ValidationFits> validation_fits(const std::string& choice, const PresetRoots& roots) {
  if (choice == "none") return ValidationFits{.serving = {.shipped = false}};
  if (choice == "auto") return with_kernels(list_kernel_calibrations(roots), true);
  const auto text = read_text(choice);
  if (!text) return std::unexpected(text.error());
  if (!text->contains("roofcast/serving/")) return with_kernels(load_kernel_calibrations(choice, roots), false);
  auto own = parse_serving(*text, choice);
  if (!own) return std::unexpected(std::move(own.error()));
  return ValidationFits{.serving = {.shipped = false, .own = std::move(*own)}};
}

}  // namespace roofcast
