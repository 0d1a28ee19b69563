#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/attention_override.hpp"
#include "core/estimate.hpp"

namespace roofcast {

/// One column of a comparison as it is asked for.
struct Candidate {
  std::string label{};                           ///< what sets it apart: "gqa:8"
  bool own = false;                              ///< the model as it was trained
  std::optional<AttentionOverride> attention{};  ///< the scenario's model has this instead of its own
  Result<Scenario> scenario{};
};

/// One column with its figures.
struct ComparisonColumn {
  std::string label{};
  bool own = false;
  std::optional<AttentionOverride> attention{};
  Errors problems{};                      ///< why there are no figures; empty when there are
  std::optional<Estimate> at_maximum{};   ///< with as many full-length sequences as fit (and keep the SLOs)
  std::optional<Estimate> at_common{};    ///< with the batch that all columns share
  std::optional<double> users_context{};  ///< longest context for `users` sequences; absent: no end
  double copies = 1;                      ///< of the cache in one tensor-parallel group: 1 unless heads are replicated
};

/// Columns that differ in KV heads and yet store the same on each GPU, because heads are replicated.
struct SharedFootprint {
  std::vector<std::size_t> columns{};  ///< of the comparison, two or more
  Bytes per_token_per_gpu{};
  std::size_t dcp_column = 0;  ///< the one with most copies ...
  int dcp = 1;                 ///< ... the --dcp that would store each of its tokens once; 1: none can
  Bytes per_token_with_dcp{};  ///< ... and what one GPU stores then
};

/// Several candidates under the same load, side by side.
struct Comparison {
  std::vector<ComparisonColumn> columns{};
  double common_batch = 0;  ///< --batch, else the smallest maximum of the columns that hold any; 0: none does
  bool batch_given = false;
  double users = 16;  ///< `users_context` is for so many: --batch, else 16
  std::vector<SharedFootprint> shared{};
};

/// Some column holds what was asked for, --batch or one conversation, and keeps the SLOs.
[[nodiscard]] bool any_serves(const Comparison& c);

/// The SLOs that hold some column's maximum back: "--tpot", "--tpot and --ttft"; empty: memory does everywhere.
[[nodiscard]] std::string binding_slos(const Comparison& c);

/// THE FACADE for `compare`. A candidate that makes no sense (heads that tp does not divide) becomes a
/// column with its reason; when none makes sense, all reasons are the error.
[[nodiscard]] Result<Comparison> compare(const std::vector<Candidate>& candidates);

}  // namespace roofcast
