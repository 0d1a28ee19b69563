// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/result.hpp"

namespace roofcast::gui {

/// What a file that is opened or dropped is.
enum class FileKind { scenario, sweep, measurements, model, hardware };

/// By its beginning, not by its name. Errors: it cannot be read, or is none of these.
[[nodiscard]] Result<FileKind> file_kind(const QString& file);

}  // namespace roofcast::gui
