#include "hwmodels/operator_prediction.hpp"

#include <map>
#include <optional>
#include <utility>
#include <variant>

#include "core/calibrated/all_reduce.hpp"
#include "core/calibrated/calibrated_form.hpp"
#include "core/calibrated/gemm.hpp"
#include "core/calibrated/kernel_use.hpp"
#include "core/calibrated/mla_decode.hpp"
#include "core/calibrated/moe.hpp"
#include "core/calibrated/prefill_attention.hpp"

namespace roofcast {
namespace {

template <class Form>
using ReadyForm = std::map<CalibrationKey, CalibratedForm<Form>>;

/// Calibrations of every form, checked.
struct ReadyForms {
  std::shared_ptr<const CalibratedKernels> kernels{};
  ReadyForm<PrefillAttentionForm> prefill{};
  ReadyForm<MlaDecodeForm> mla{};
  ReadyForm<GemmForm> gemm{};
  ReadyForm<MoeForm> moe{};
  ReadyForm<AllReduceForm> all_reduce{};
};

template <class Form>
void read_form(const CalibratedKernels& kernels, ReadyForm<Form>& out, Errors& errors) {
  for (const auto& calibration : kernels.calibrations) {
    if (calibration.key.op != Form::op) continue;
    auto ready = calibrated_form<Form>(calibration);
    if (ready)
      out.emplace(calibration.key, std::move(*ready));
    else
      errors.insert(errors.end(), ready.error().begin(), ready.error().end());
  }
}

/// The variants of a key are versions: the latest that was fitted, on whatever device.
std::string latest_version(const CalibratedKernels& kernels, CalibrationKey key) {
  std::string latest;
  for (const auto& calibration : kernels.calibrations) {
    auto one = calibration.key;
    const auto version = std::exchange(one.variant, key.variant);
    one.hardware = key.hardware;
    if (one == key && earlier_version(latest, version)) latest = version;
  }
  return latest;
}

template <class Form>
std::optional<Prediction> form_prediction(const CalibratedKernels& kernels, const ReadyForm<Form>& ready,
                                          const std::optional<KernelUse>& use, const Device& device,
                                          const typename Form::Call& call) {
  if (!use) return {};
  auto nearest = nearest_calibration(kernels, device, use->key);
  const bool other_version = !nearest || !nearest->borrowed_from.empty();
  if (other_version && !use->key.variant.empty()) {
    auto key = use->key;
    key.variant = latest_version(kernels, key);
    const auto later = nearest_calibration(kernels, device, key);
    if (later && (!nearest || later->borrowed_from.empty())) {
      nearest = later;
      nearest->widening = kBorrowedWidening;
    }
  }
  if (!nearest) return {};
  auto calibrated = ready.at(nearest->calibration->key);
  calibrated.widening = nearest->widening;
  const auto terms = Form::terms(calibrated.parameters, use->setting, call);
  const auto t = predicted(calibrated, use->setting, call);
  Prediction out{.grade = t.grade, .bound = terms.compute > terms.memory ? Bound::compute : Bound::memory};
  if (Form::op == AllReduceForm::op) out.bound = Bound::network;
  out.figures[0] = PredictedFigure{t.time.in(units::us), t.low.in(units::us), t.high.in(units::us)};
  return out;
}

/// One row with the calibration of its operator.
struct OfRow {
  const ReadyForms& ready;
  const MeasuredRow& row;
  const Device& device;

  std::optional<Prediction> operator()(const PrefillAttentionCall& c) const { return of(ready.prefill, c, c); }
  std::optional<Prediction> operator()(const MlaDecodeCall& c) const { return of(ready.mla, c, c); }
  std::optional<Prediction> operator()(const GemmCall& c) const { return of(ready.gemm, c, c); }
  std::optional<Prediction> operator()(const MoeCall& c) const { return of(ready.moe, c, loaded(c)); }
  std::optional<Prediction> operator()(const AllReduceCall& c) const { return of(ready.all_reduce, c, c); }
  std::optional<Prediction> operator()(const auto&) const { return {}; }

 private:
  template <class Form>
  [[nodiscard]] std::optional<Prediction> of(const ReadyForm<Form>& form, const auto& call,
                                             const typename Form::Call& asked) const {
    const auto use = kernel_use(KernelLabel{row.kernel, row.dtype}, call, device, CacheReuse::between_calls);
    return form_prediction<Form>(*ready.kernels, form, use, device, asked);
  }
};

}  // namespace

Result<CalibratedPrediction> operator_prediction(std::shared_ptr<const CalibratedKernels> kernels) {
  auto ready = std::make_shared<ReadyForms>(ReadyForms{.kernels = std::move(kernels)});
  Errors errors;
  read_form(*ready->kernels, ready->prefill, errors);
  read_form(*ready->kernels, ready->mla, errors);
  read_form(*ready->kernels, ready->gemm, errors);
  read_form(*ready->kernels, ready->moe, errors);
  read_form(*ready->kernels, ready->all_reduce, errors);
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return [ready](const MeasuredRow& row, const Device& device) -> std::optional<Prediction> {
    return std::visit(OfRow{*ready, row, device}, row.call);
  };
}

}  // namespace roofcast
