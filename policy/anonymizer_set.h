// SPDX-License-Identifier: Apache-2.0
//
// The anonymizers of a policy, one a type, ready to use. Build reads the key
// file when (and only when) an enabled type's anonymizer is keyed. Immutable
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
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/slot.h"
#include "base/key_ring.h"
#include "engine/anonymizer.h"
#include "phiwire/policy.h"

namespace phiwire {

using UserAnonymizers =
    std::map<std::string, std::shared_ptr<const Anonymizer>>;

class AnonymizerSet {
 public:
  // kInvalidArgument names the policy, the type and what is wrong: an unknown
  // anonymizer or setting, no key where one is needed, a bad key file. A type
  // that is not enabled gets its anonymizer too, unless that is keyed and the
  // policy has no key: then it gets "replace".
  static absl::StatusOr<AnonymizerSet> Build(
      const Policy& policy, const SlotOptions& options = SlotOptions::Now(),
      std::string_view data_dir = {}, const UserAnonymizers& own = {});

  const Anonymizer& For(PhiType type) const {
    return *by_type_[static_cast<std::size_t>(type)];
  }

 private:
  AnonymizerSet() = default;
  std::unique_ptr<const KeyRing> keys_;  // outlives by_type_
  std::array<std::shared_ptr<const Anonymizer>, kPhiTypeCount> by_type_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ANONYMIZER_SET_H_
