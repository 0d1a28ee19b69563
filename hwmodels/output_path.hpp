#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace roofcast {

/// "out.csv: cannot be written: No space left on device"; `code` as in errno.
[[nodiscard]] std::unexpected<Errors> write_error(const std::string& shown, int code);

/// All bytes, whatever the system takes at once; `shown` names the file in errors.
[[nodiscard]] Result<void> write_all(int descriptor, std::string_view bytes, const std::string& shown);

/// Where the bytes end up: a link is followed, so that it stays a link.
[[nodiscard]] std::string link_target(const std::filesystem::path& path);

/// A device or a pipe: written directly, never replaced, nothing beside it.
[[nodiscard]] bool is_device_or_pipe(const std::filesystem::path& path);

/// Renaming over a file that may not be written would succeed: the folder decides. Users expect the file to.
[[nodiscard]] Result<void> check_replaceable(const std::string& target, const std::string& shown);

/// Permissions of the file that is replaced, or those that an ordinary open would have made.
[[nodiscard]] mode_t replacement_mode(const std::string& target);

}  // namespace roofcast
