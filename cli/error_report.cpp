#include "cli/error_report.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cassert>
#include <ostream>

namespace roofcast::cli {
namespace {

constexpr std::size_t kMaxLines = 3;

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n')
      out += "\\n";
    else if (byte < 0x20 || byte == 0x7f)
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  return out;
}

}  // namespace

Exit exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return Exit::usage;
    case ErrorKind::unsupported:
      return Exit::unsupported;
    case ErrorKind::file:
      return Exit::file;
  }
  return Exit::unsupported;
}

std::string error_line(const Error& error) {
  std::string line = error.where.empty() ? error.what : fmt::format("{}: {}", error.where, error.what);
  if (!error.hint.empty()) line += fmt::format(" ({})", error.hint);
  return printable(line);
}

Exit report(const Errors& all, Io io) {
  assert(!all.empty());
  Errors errors;  // what several arguments ran into is said once
  for (const auto& error : all)
    if (std::ranges::find(errors, error) == errors.end()) errors.push_back(error);
  const std::size_t shown = errors.size() <= kMaxLines ? errors.size() : kMaxLines - 1;
  for (std::size_t i = 0; i < shown; ++i) fmt::print(io.err, "roofcast: {}\n", error_line(errors[i]));
  if (shown < errors.size()) fmt::print(io.err, "roofcast: and {} more problems\n", errors.size() - shown);
  return exit_code(errors.front().kind);
}

}  // namespace roofcast::cli
