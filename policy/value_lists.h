// SPDX-License-Identifier: Apache-2.0
//
// A policy's allow and deny lists, ready for use. An entry of `allow` is the
// whole surface of a finding, "(?i)" before it ignores case and accents; an
// entry of `deny` is a value that is always found, of type ID or, written
// "TYPE:value", of another. Immutable, safe from any thread.
//
//   allow: [Foley, "(?i)alzheimer"]
//   deny: [ZZ-9, "FACILITY:Ward 7 special"]

#ifndef PHIWIRE_POLICY_VALUE_LISTS_H_
#define PHIWIRE_POLICY_VALUE_LISTS_H_

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/policy.h"
#include "rules/known_values.h"

namespace phiwire {

class ValueLists {
 public:
  // kInvalidArgument, naming an entry by its place and never its text: one
  // without a letter or digit, one whose type is off, one on both lists.
  static absl::StatusOr<ValueLists> Create(const Policy& policy);

  bool allows_any() const { return !exact_.empty() || !folded_.empty(); }
  bool Allows(std::string_view surface) const;
  const KnownValueIndex& deny() const { return deny_; }

 private:
  explicit ValueLists(const std::vector<KnownValue>& deny)
      : deny_(deny, KnownValueIndex::Telling::kAlways) {}

  std::unordered_set<std::string> exact_;
  std::unordered_set<std::string> folded_;
  KnownValueIndex deny_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_VALUE_LISTS_H_
