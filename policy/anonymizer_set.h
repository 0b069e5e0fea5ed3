// SPDX-License-Identifier: Apache-2.0
//
// The anonymizers of a policy, one a type and override, ready to use. Build
// reads keys and opens the vault when (and only when) an anonymizer of an
// enabled type asks for them. Immutable
// and safe from any thread.
//
//   PHIWIRE_ASSIGN_OR_RETURN(AnonymizerSet set, AnonymizerSet::Build(policy));
//   auto text = set.For(finding.type).Apply({finding.type, grammar, surface},
//   session);

#ifndef PHIWIRE_POLICY_ANONYMIZER_SET_H_
#define PHIWIRE_POLICY_ANONYMIZER_SET_H_

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "anonymizers/slot.h"
#include "anonymizers/token_vault.h"
#include "base/key_ring.h"
#include "engine/anonymizer.h"
#include "phiwire/policy.h"

namespace phiwire {

using UserAnonymizers =
    std::map<std::string, std::shared_ptr<const Anonymizer>>;

// Where a value stands, as far as a policy may tell places apart.
struct ValuePlace {
  PhiType type = PhiType::kName;
  Format format = Format::kText;
  bool slot = false;
  std::string_view path;
};

class AnonymizerSet {
 public:
  // kInvalidArgument names the policy, the type and what is wrong: an unknown
  // anonymizer or setting, no key where one is needed, a bad key file. A type
  // that is not enabled gets its anonymizer too, unless that is keyed and the
  // policy has no key: then it gets "replace".
  static absl::StatusOr<AnonymizerSet> Build(
      const Policy& policy, const SlotOptions& options = SlotOptions::Now(),
      std::string_view data_dir = {}, const UserAnonymizers& own = {});

  // Whether Build would make or open a vault.
  static bool WantsVault(const Policy& policy);

  struct Choice {
    std::shared_ptr<const Anonymizer> anonymizer;
    OnFailure on_failure = OnFailure::kRefuse;
    std::string place = {};  // in the policy's file, for errors
  };

  const Anonymizer& For(PhiType type) const {
    return *by_type_[static_cast<std::size_t>(type)].anonymizer;
  }
  // What the policy says of this place.
  const Choice& At(const ValuePlace& place) const {
    return overrides_.empty() ? by_type_[static_cast<std::size_t>(place.type)]
                              : Overridden(place);
  }
  // What takes the place of a value under OnFailure::kReplace.
  const Anonymizer& fallback() const { return *fallback_; }
  // Every anonymizer a record may have used: Anonymizer::Finish is called on.
  std::span<const std::shared_ptr<const Anonymizer>> all() const {
    return all_;
  }
  // Ids of the keys in use, the current one first; none without a key.
  std::vector<std::string> key_ids() const;
  TokenVault* vault() const { return vault_.get(); }
  const KeyRing* keys() const { return keys_.get(); }  // null: no key

 private:
  struct Override {
    PolicyOverride where;
    Choice choice;
  };
  class Builder;
  AnonymizerSet();
  const Choice& Overridden(const ValuePlace& place) const;

  std::unique_ptr<const KeyRing> keys_;  // these outlive the anonymizers
  std::unique_ptr<TokenVault> vault_;
  std::unique_ptr<Anonymizer> fallback_;
  std::vector<Override> overrides_;
  std::vector<std::shared_ptr<const Anonymizer>> all_;
  std::array<Choice, kPhiTypeCount> by_type_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ANONYMIZER_SET_H_
