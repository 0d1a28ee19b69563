#include "hwmodels/digest.hpp"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace roofcast {
namespace {

EVP_MD_CTX* context(const std::shared_ptr<void>& p) {
  return static_cast<EVP_MD_CTX*>(p.get());
}

}  // namespace

Sha256::Sha256() : context_{EVP_MD_CTX_new(), [](void* p) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(p)); }} {
  EVP_DigestInit_ex(context(context_), EVP_sha256(), nullptr);
}

void Sha256::update(std::string_view bytes) {
  EVP_DigestUpdate(context(context_), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(context(context_), digest.data(), &length);
  std::string text;
  for (unsigned int i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

}  // namespace roofcast
