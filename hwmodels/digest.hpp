#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace roofcast {

/// Streamed SHA-256, so that anyone can check a figure with `sha256sum`.
class Sha256 {
 public:
  Sha256();

  void update(std::string_view bytes);
  /// Hex digest of everything so far; the object is finished afterwards.
  [[nodiscard]] std::string hex();

 private:
  std::shared_ptr<void> context_;
};

[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace roofcast
