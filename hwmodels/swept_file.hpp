#pragma once

#include <filesystem>

#include "core/result.hpp"

namespace roofcast {

/// Where a manifest lies beside the file: is it the file that the sweep wrote? Its size is compared, and up to
/// kMaxCsvBytes its SHA-256: reading one row of a larger file shall not read it all. Errors: ErrorKind::file, or those
/// of the manifest. Without a manifest there is nothing to compare.
[[nodiscard]] Result<void> check_swept_file(const std::filesystem::path& file);

}  // namespace roofcast
