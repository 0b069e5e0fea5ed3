// SPDX-License-Identifier: Apache-2.0

#include "policy/anonymizer_set.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/anonymizer_catalogue.h"

namespace phiwire {
namespace {

absl::Status TypeError(const Policy& policy, PhiType type,
                       std::string_view message) {
  return absl::InvalidArgumentError(Concat(
      {"policy ", policy.name, ": type ", TypeName(type), ": ", message}));
}

// The first enabled type whose anonymizer needs the key; null when none does.
const TypePolicy* FirstKeyed(const Policy& policy, PhiType* type) {
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const AnonymizerEntry* entry = FindAnonymizer(policy.types[i].anonymizer);
    if (!policy.types[i].enabled || entry == nullptr || !entry->keyed) continue;
    *type = static_cast<PhiType>(i);
    return &policy.types[i];
  }
  return nullptr;
}

absl::StatusOr<std::unique_ptr<const KeyedHash>> ReadKey(const Policy& policy) {
  PhiType type{};
  const TypePolicy* keyed = FirstKeyed(policy, &type);
  if (keyed == nullptr) return nullptr;
  if (policy.key_file.empty()) {
    return TypeError(policy, type,
                     Concat({"anonymizer ", keyed->anonymizer,
                             " needs a key file, and the policy names none "
                             "(key: FILE, made by phiwire keygen)"}));
  }
  absl::StatusOr<SecretKey> key = ReadKeyFile(policy.key_file);
  if (!key.ok()) {
    return absl::InvalidArgumentError(
        Concat({"policy ", policy.name, ": ", ToStd(key.status().message())}));
  }
  return std::make_unique<const KeyedHash>(*std::move(key));
}

}  // namespace

absl::StatusOr<AnonymizerSet> AnonymizerSet::Build(const Policy& policy,
                                                   const SlotOptions& options) {
  AnonymizerSet set;
  PHIWIRE_ASSIGN_OR_RETURN(set.hash_, ReadKey(policy));
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    const TypePolicy& wanted = policy.types[i];
    const AnonymizerEntry* entry = FindAnonymizer(wanted.anonymizer);
    if (entry == nullptr) {
      return TypeError(
          policy, type,
          Concat({"unknown anonymizer; known: ", AnonymizerNames()}));
    }
    absl::Status status = CheckParams(*entry, wanted.params);
    if (!status.ok()) {
      return TypeError(policy, type, ToStd(status.message()));
    }
    const bool no_key = entry->keyed && set.hash_ == nullptr;
    if (no_key) entry = FindAnonymizer("replace");
    PHIWIRE_ASSIGN_OR_RETURN(
        set.by_type_[i],
        entry->make(no_key ? AnonymizerParams() : wanted.params, options,
                    set.hash_.get()));
  }
  return set;
}

}  // namespace phiwire
