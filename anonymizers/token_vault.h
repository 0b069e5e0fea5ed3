// SPDX-License-Identifier: Apache-2.0
//
// Random tokens and the values they stand for. A token says nothing of its
// value, so it is no code derived from it (45 CFR 164.514(c)); the vault is the
// only way back. One SQLite file: each value is sealed with AES-256-SIV before
// it is stored, and found again by a keyed hash, so the file alone tells
// neither values nor equal values of another vault. Without a file the tokens
// last as long as the object ("per run") and nothing leads back.
//
// Tokens reach the disk (write-ahead log, fsync) by Commit, which callers do
// before they let a token out; a process that is killed loses none that it has
// given away. Several processes may share one file.
//
// Threads: safe from any; calls run one at a time. After an error of the disk
// every later call fails.

#ifndef PHIWIRE_ANONYMIZERS_TOKEN_VAULT_H_
#define PHIWIRE_ANONYMIZERS_TOKEN_VAULT_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/key_ring.h"
#include "phiwire/types.h"

namespace phiwire {

class TokenVault {
 public:
  struct Value {
    PhiType type = PhiType::kName;
    std::string text;
  };
  virtual ~TokenVault() = default;

  // In memory, for one run, without a way back.
  static absl::StatusOr<std::unique_ptr<TokenVault>> ForRun();
  // kInvalidArgument "vault PATH: REASON": made with another key, damaged, no
  // vault, or not to be written. `create`: a missing file is made (0600).
  static absl::StatusOr<std::unique_ptr<TokenVault>> Open(
      const std::string& path, const KeyRing& keys, bool create);

  // Eight base32 characters that name the vault in its tokens.
  virtual std::string_view id() const = 0;
  // The value's token, `length` characters of `alphabet`; a new one when the
  // value has none of that length and alphabet yet.
  virtual absl::StatusOr<std::string> TokenFor(PhiType type,
                                               std::string_view value,
                                               std::string_view alphabet,
                                               std::size_t length) = 0;
  // Keeps what a token of other making stands for.
  virtual absl::Status Remember(PhiType type, std::string_view value,
                                std::string_view token) = 0;
  // kNotFound when it is none of this vault's.
  virtual absl::StatusOr<Value> ValueOf(std::string_view token) = 0;
  // What was given since the last Commit is on the disk when this returns.
  virtual absl::Status Commit() = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_TOKEN_VAULT_H_
