// SPDX-License-Identifier: Apache-2.0
//
// The attack on hashed identifiers: hash every identifier there is, without a
// key, and look for the results among the codes of a file. Beside them go
// control codes, plain SHA-256 of identifiers drawn at random from those tried:
// that these are found shows that the attack works.
//
// The result holds counts only.

#ifndef PHIWIRE_POLICY_ATTACK_HASH_ATTACK_H_
#define PHIWIRE_POLICY_ATTACK_HASH_ATTACK_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "policy/attack/id_space.h"

namespace phiwire {

struct HashAttackOptions {
  std::string digest = "sha256";     // or "sha1", "md5"
  std::uint64_t tries = 20'000'000;  // at most; 0: the whole space
  std::size_t threads = 1;
  std::size_t control = 1000;  // at most
  std::uint64_t seed = 1;      // of the control's choice
};

struct HashAttackResult {
  std::uint64_t space = 0;
  std::uint64_t tried = 0;  // spread evenly over the space
  double seconds = 0;
  double whole_seconds = 0;  // what the space would take, so fast
  std::size_t threads = 1;
  std::size_t codes = 0;      // that may be hashes
  std::size_t not_codes = 0;  // too short, or of no alphabet of hashes
  std::size_t alike = 0;      // written like the identifiers themselves
  std::size_t recovered = 0;  // of codes
  std::size_t control = 0;
  std::size_t control_recovered = 0;
};

// `values`: what stands in the file, each once. kInvalidArgument for an
// unknown digest.
absl::StatusOr<HashAttackResult> AttackHashes(
    const IdSpace& space, const std::set<std::string>& values,
    const HashAttackOptions& options);

// The runs of letters and digits in a text that may be hashes.
std::set<std::string> CodesIn(std::string_view text);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ATTACK_HASH_ATTACK_H_
