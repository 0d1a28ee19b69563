#include "hwmodels/import/byte_reader.hpp"

#include <utility>

#include <fmt/format.h>

namespace roofcast {

void ByteReader::fail(std::string what) {
  if (ok()) problem_ = std::move(what);
}

bool ByteReader::reserve(std::uint64_t bytes) {
  if (!ok()) return false;
  if (bytes > left())
    fail(fmt::format("{} bytes expected at offset {}, but the file ends at {}", bytes, position_, size_));
  else if (bytes > limit_ - position_)
    fail(fmt::format("the header reaches beyond {} bytes: not a model", limit_));
  return ok();
}

void ByteReader::read(char* into, std::uint64_t bytes) {
  if (!reserve(bytes)) return;
  in_.read(into, static_cast<std::streamsize>(bytes));
  if (static_cast<std::uint64_t>(in_.gcount()) != bytes)
    return fail(fmt::format("cannot read {} bytes at offset {}", bytes, position_));
  position_ += bytes;
}

std::string ByteReader::text(std::uint64_t length) {
  if (!reserve(length)) return {};
  std::string out(length, '\0');
  read(out.data(), length);
  return ok() ? out : std::string{};
}

void ByteReader::skip(std::uint64_t bytes) {
  if (!reserve(bytes)) return;
  in_.ignore(static_cast<std::streamsize>(bytes));
  if (static_cast<std::uint64_t>(in_.gcount()) != bytes)
    return fail(fmt::format("cannot read {} bytes at offset {}", bytes, position_));
  position_ += bytes;
}

}  // namespace roofcast
