#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "hwmodels/sweep_manifest.hpp"

namespace roofcast {

/// What is beside a partial CSV ("roofcast/partial/1", docs/cli.md): whose rows these are.
[[nodiscard]] std::string sweep_plan_json(const SweepRequest& request);

/// An error where the rows of `plan` are not those of `request`; `partial` names their file.
[[nodiscard]] Result<void> check_sweep_plan(const std::string& plan, const SweepRequest& request,
                                            const std::string& partial);

/// Is `file` all that `request` asks for? Its manifest says so and its bytes have the hash that is written there.
[[nodiscard]] bool is_complete_sweep(const std::filesystem::path& file, const SweepRequest& request);

}  // namespace roofcast
