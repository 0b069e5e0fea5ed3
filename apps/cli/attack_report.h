// SPDX-License-Identifier: Apache-2.0
//
// What `phiwire attack` found, as a table for people and as JSON. Counts,
// shares and the names of columns given on the command line, no values.

#ifndef PHIWIRE_APPS_CLI_ATTACK_REPORT_H_
#define PHIWIRE_APPS_CLI_ATTACK_REPORT_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/attack/date_attack.h"
#include "policy/attack/hash_attack.h"
#include "policy/attack/table_risk.h"

namespace phiwire::cli {

struct AttackReport {
  std::string space;   // "ssn" or a shape
  std::string digest;  // "sha256"
  std::optional<HashAttackResult> hashes;
  std::optional<DateAttack::Result> dates;
  std::vector<std::pair<std::string, DomainRisk>> domains;  // by column
  std::vector<std::string> quasi;                           // columns
  std::optional<KAnonymity> k_anonymity;
};

std::string AttackText(const AttackReport& report);
std::string AttackJson(const AttackReport& report);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ATTACK_REPORT_H_
