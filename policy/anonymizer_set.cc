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
    if (!policy.types[i].enabled || entry == nullptr ||
        entry->needs == AnonymizerEntry::kNeedsNothing)
      continue;
    *type = static_cast<PhiType>(i);
    return &policy.types[i];
  }
  return nullptr;
}

absl::StatusOr<std::unique_ptr<const KeyRing>> ReadKey(const Policy& policy) {
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
  PHIWIRE_ASSIGN_OR_RETURN(KeyRing ring, KeyRing::Create(*std::move(key)));
  return std::make_unique<const KeyRing>(std::move(ring));
}

}  // namespace

absl::StatusOr<AnonymizerSet> AnonymizerSet::Build(const Policy& policy,
                                                   const SlotOptions& options,
                                                   std::string_view data_dir,
                                                   const UserAnonymizers& own) {
  AnonymizerSet set;
  PHIWIRE_ASSIGN_OR_RETURN(set.keys_, ReadKey(policy));
  AnonymizerContext context;
  context.slots = options;
  context.keys = set.keys_.get();
  context.data_dir = std::string(data_dir);
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    const TypePolicy& wanted = policy.types[i];
    if (const auto name = UserName(wanted.anonymizer)) {
      const auto it = own.find(std::string(*name));
      if (it == own.end() || it->second == nullptr) {
        return TypeError(policy, type,
                         Concat({"no anonymizer of that name is registered: ",
                                 wanted.anonymizer}));
      }
      set.by_type_[i] = it->second;
      continue;
    }
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
    const bool no_key =
        entry->needs != AnonymizerEntry::kNeedsNothing && set.keys_ == nullptr;
    if (no_key) entry = FindAnonymizer("replace");
    PHIWIRE_ASSIGN_OR_RETURN(
        set.by_type_[i],
        entry->make(no_key ? AnonymizerParams() : wanted.params, context));
  }
  return set;
}

}  // namespace phiwire
