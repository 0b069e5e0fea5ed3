// SPDX-License-Identifier: Apache-2.0
//
// The secret of a site, for keyed anonymizers. A key file is one of
//   the line  phiwire-key-1:<base64 of the bytes>  as `phiwire keygen` writes;
//   any other bytes, taken as they are (openssl rand -out site.key 32).
// At least 32 bytes (256 bits) after decoding, at most 4096. A file that begins
// with the "phiwire-key-" mark but can't be decoded is an error, never a raw
// key. So is a raw file of less than 32 bytes once a trailing line end is gone.
// A file that every user of the machine may read or write is refused: chmod
// 600.
//
// A key's source may also be "fd:N", a file descriptor that stays open, or
// "env:NAME", an environment variable; the content is the same. "file:PATH" is
// for files whose names begin like one of these.
//
// Errors name the source and the reason, never the content.

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

// From any source, as above. The environment is read only here, and only when
// a source names it.
absl::StatusOr<SecretKey> ReadKey(std::string_view source);
// Whether a source is "fd:" or "env:" and so no path.
bool IsKeyPath(std::string_view source);

// What ReadKeyFile does with the file's bytes; `path` stands in errors.
absl::StatusOr<SecretKey> ParseKey(std::string_view content,
                                   std::string_view path);

// 32 bytes of OpenSSL's random generator.
absl::StatusOr<SecretKey> GenerateKey();

// The line of a key file, with its line end. The caller owns the secret now.
std::string FormatKey(const SecretKey& key);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_KEY_FILE_H_
