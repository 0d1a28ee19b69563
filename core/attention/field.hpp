#pragma once

#include <string_view>
#include <variant>

namespace roofcast {

/// Describes one member of a value struct. Readers, writers, `models show` and GUI forms walk these,
/// so that a new variant needs no edit anywhere else.
template <class Owner>
struct Field {
  std::string_view name;
  std::variant<int Owner::*, bool Owner::*> member;
  int min = 0;            ///< smallest value that makes sense (ints only)
  bool required = false;  ///< a preset must state it; others keep the struct's default
};

}  // namespace roofcast
