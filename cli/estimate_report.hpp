#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/report_section.hpp"
#include "core/estimate.hpp"
#include "core/remedies.hpp"

namespace roofcast::cli {

/// What `estimate` prints for people: the verdict, then the figures behind it, each labelled exact,
/// measured, estimated or theoretical.
[[nodiscard]] std::string estimate_report(const Estimate& e, const std::vector<Remedy>& remedies,
                                          const Terminal& terminal);

/// What the figures are for, in a sentence.
[[nodiscard]] std::string subject_text(const Estimate& e);

/// All sections in the order they are read: what would make it fit first, assumptions last.
[[nodiscard]] std::vector<ReportSection> estimate_sections(const Estimate& e, const std::vector<Remedy>& remedies);

/// Its parts. Sections of figures that do not exist are empty.
[[nodiscard]] ReportSection memory_section(const Estimate& e);
[[nodiscard]] ReportSection cache_section(const Estimate& e);
[[nodiscard]] ReportSection limits_section(const Estimate& e);
[[nodiscard]] ReportSection decode_section(const Estimate& e);
[[nodiscard]] ReportSection prefill_section(const Estimate& e);
[[nodiscard]] ReportSection serving_section(const Estimate& e);
[[nodiscard]] ReportSection arrivals_section(const Estimate& e);

/// "Roofs of one GPU: 3.35 TB/s of memory, ..."
[[nodiscard]] std::string roofs_text(const Device& device);

}  // namespace roofcast::cli
