#pragma once

#include "cli/record_output.hpp"
#include "core/device.hpp"
#include "core/record_table.hpp"

namespace roofcast::cli {

/// One record a device: what `hardware list` shows and `hardware show --csv` prints.
[[nodiscard]] RecordTable device_records(const std::vector<Device>& devices);

/// What `hardware show` prints of one.
[[nodiscard]] Facts device_facts(const Device& device);

/// What --search looks through.
[[nodiscard]] std::vector<std::string> search_texts(const Device& device);

}  // namespace roofcast::cli
