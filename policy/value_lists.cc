// SPDX-License-Identifier: Apache-2.0

#include "policy/value_lists.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "base/fold.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

constexpr std::string_view kIgnoreCase = "(?i)";

absl::Status EntryError(std::string_view list, std::size_t index,
                        std::string_view reason) {
  return absl::InvalidArgumentError(
      Concat({list, " entry ", std::to_string(index + 1), ": ", reason}));
}

// "DATE:1 May" is of that type, "Ward: 7" is all value.
KnownValue ParseDeny(std::string_view entry) {
  const std::size_t colon = entry.find(':');
  if (colon != entry.npos) {
    const std::optional<PhiType> type = ParseType(entry.substr(0, colon));
    if (type) return {std::string(entry.substr(colon + 1)), *type};
  }
  return {std::string(entry), PhiType::kId};
}

absl::StatusOr<std::vector<KnownValue>> ReadDeny(const Policy& policy) {
  std::vector<KnownValue> values;
  for (std::size_t i = 0; i < policy.deny.size(); ++i) {
    KnownValue value = ParseDeny(policy.deny[i]);
    if (SplitWords(value.value).empty()) {
      return EntryError("deny", i, "no letter or digit in it");
    }
    if (!policy[value.type].enabled) {
      return EntryError(
          "deny", i,
          Concat({"the policy has the type ", TypeName(value.type), " off"}));
    }
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace

absl::StatusOr<ValueLists> ValueLists::Create(const Policy& policy) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<KnownValue> deny,
                           ReadDeny(policy));
  ValueLists lists(deny);
  for (std::size_t i = 0; i < policy.allow.size(); ++i) {
    const std::string_view entry = policy.allow[i];
    const bool fold = entry.starts_with(kIgnoreCase);
    const std::string_view value =
        fold ? entry.substr(kIgnoreCase.size()) : entry;
    if (value.empty()) return EntryError("allow", i, "no text in it");
    if (fold) {
      lists.folded_.insert(Folded(value));
    } else {
      lists.exact_.emplace(value);
    }
  }
  for (std::size_t i = 0; i < deny.size(); ++i) {
    if (lists.Allows(deny[i].value)) {
      return EntryError("deny", i, "it is on the allow list too");
    }
  }
  return lists;
}

bool ValueLists::Allows(std::string_view surface) const {
  return exact_.contains(std::string(surface)) ||
         (!folded_.empty() && folded_.contains(Folded(surface)));
}

}  // namespace phiwire
