// SPDX-License-Identifier: Apache-2.0
//
// HMAC-SHA-256 of bytes that come piece by piece, as 32 hexadecimal digits
// (128 bits): tells whether a file is still what it was, and to nobody without
// the key what it holds. Threads: one at a time; Copy from any.

#ifndef PHIWIRE_APPS_CLI_CONTENT_MAC_H_
#define PHIWIRE_APPS_CLI_CONTENT_MAC_H_

#include <memory>
#include <string>
#include <string_view>

#include "base/secret_key.h"

struct evp_mac_ctx_st;  // OpenSSL's EVP_MAC_CTX

namespace phiwire::cli {

class ContentMac {
 public:
  // One that has failed.
  ContentMac() = default;
  // `purpose` keeps the MACs of one key apart: "input", "output", "path".
  ContentMac(const SecretKey& key, std::string_view purpose);
  ContentMac(ContentMac&&) noexcept;
  ContentMac& operator=(ContentMac&&) noexcept;
  ~ContentMac();

  // With what it was told so far. A small part of the cost of a new one.
  ContentMac Copy() const;
  void Add(std::string_view bytes);
  // Once; empty when OpenSSL has failed, which equals no other.
  std::string Hex();

 private:
  struct Free {
    void operator()(evp_mac_ctx_st* context) const;
  };
  std::unique_ptr<evp_mac_ctx_st, Free> context_;  // null: failed
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_CONTENT_MAC_H_
