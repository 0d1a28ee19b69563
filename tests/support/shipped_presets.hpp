#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "hwmodels/catalog.hpp"

/// The presets of the source tree alone: no environment, no user folder.
inline roofcast::PresetRoots shipped_presets() {
  return {{std::filesystem::path(ROOFCAST_SOURCE_DIR) / "presets"}};
}

/// All errors as lines "where what (hint)": tests compare texts as a user reads them.
inline std::string error_lines(const roofcast::Errors& errors) {
  std::string lines;
  for (const auto& e : errors) lines += e.where + " " + e.what + (e.hint.empty() ? "" : " (" + e.hint + ")") + "\n";
  return lines;
}

template <class T>
T shipped(const roofcast::Result<T>& result) {
  if (!result) FAIL(error_lines(result.error()));
  return *result;
}
