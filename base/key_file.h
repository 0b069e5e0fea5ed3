// SPDX-License-Identifier: Apache-2.0
//
// The secret of a site, for keyed anonymizers. A key file is one of
//   the line  phiwire-key-1:<base64 of the bytes>  as `phiwire keygen` writes;
//   any other bytes, taken as they are (openssl rand -out site.key 32).
// At least 32 bytes (256 bits) after decoding, at most 4096. A file that begins
// with the "phiwire-key-" mark but can't be decoded is an error, never a raw
// key. So is a raw file of less than 32 bytes once a trailing line end is gone.
// Who may read the file is for the caller to judge.
//
// Errors name the path and the reason, never the content.

#ifndef PHIWIRE_BASE_KEY_FILE_H_
#define PHIWIRE_BASE_KEY_FILE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/keyed_hash.h"

namespace phiwire {

inline constexpr std::size_t kMinKeyBytes = 32;
inline constexpr std::size_t kMaxKeyBytes = 4096;

// kInvalidArgument in every case: a policy that names a bad key is bad.
absl::StatusOr<SecretKey> ReadKeyFile(std::string_view path);

// What ReadKeyFile does with the file's bytes; `path` stands in errors.
absl::StatusOr<SecretKey> ParseKey(std::string_view content,
                                   std::string_view path);

// 32 bytes of OpenSSL's random generator.
absl::StatusOr<SecretKey> GenerateKey();

// The line of a key file, with its line end. The caller owns the secret now.
std::string FormatKey(const SecretKey& key);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_KEY_FILE_H_
