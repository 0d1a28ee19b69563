#pragma once

#include "core/calibrated/calibrated_attention.hpp"
#include "core/calibration.hpp"

/// A decode-attention calibration with the values that fits start from.
inline roofcast::Calibration sample_calibration() {
  using namespace roofcast;
  Calibration c{.key = {.op = "decode_attention",
                        .hardware = "h100-sxm",
                        .framework = "vllm",
                        .kernel = "vllm_flash_attn_fa3",
                        .dtype = "bf16"},
                .framework_version = "0.24.0",
                .residuals = {.low = -0.2, .high = 0.25, .widenings = {{"cache_edge", 1}, {"launch_share", -0.4}}},
                .errors = {{.rows_of = "fitted",
                            .rows = 576,
                            .median_percent = 6.3,
                            .p90_percent = 18.3,
                            .time_weighted_percent = 8.7}},
                .source = "a sample",
                .date = "2026-01-01"};
  for (const auto& field : DecodeAttentionParameters::fields())
    if (!field.optional)
      c.parameters.push_back({.name = std::string(field.name),
                              .unit = std::string(field.unit),
                              .value = DecodeAttentionParameters{}.*field.member,
                              .deviation = 0.02,
                              .at_bound = field.name == "cache_edge"});
  constexpr double kMost[] = {2048, 16384, 128, 64, 256, 8192};
  for (std::size_t i = 0; i < kDecodeAttentionInputs.size(); ++i)
    c.ranges.push_back({std::string(kDecodeAttentionInputs[i]), i == 5 ? 0.0 : 1.0, kMost[i]});
  return c;
}
