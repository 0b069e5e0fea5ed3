// SPDX-License-Identifier: Apache-2.0
//
// phiwire attack: what somebody without the key can get out of a file that was
// de-identified. For the privacy officer, on the own output, before release.

#ifndef PHIWIRE_APPS_CLI_ATTACK_CMD_H_
#define PHIWIRE_APPS_CLI_ATTACK_CMD_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace phiwire::cli {

struct AttackFlags {
  std::string path;                 // "-": standard input
  std::vector<std::string> codes;   // columns; none of any: the whole text
  std::vector<std::string> dates;   // columns
  std::string patient;              // column
  std::vector<std::string> domain;  // columns
  std::vector<std::string> quasi;   // columns
  std::string space = "ssn";
  std::string range;
  std::string digest = "sha256";
  std::int64_t tries = 20'000'000;
  bool whole = false;
  bool day_first = false;
  bool json = false;
  std::size_t jobs = 1;
};

int RunAttack(const AttackFlags& flags);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ATTACK_CMD_H_
