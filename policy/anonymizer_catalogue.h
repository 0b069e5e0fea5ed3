// SPDX-License-Identifier: Apache-2.0
//
// The anonymizers a policy can name: the one place that knows the classes of
// anonymizers/. A new one is a row in anonymizer_catalogue.cc.

#ifndef PHIWIRE_POLICY_ANONYMIZER_CATALOGUE_H_
#define PHIWIRE_POLICY_ANONYMIZER_CATALOGUE_H_

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/params.h"
#include "anonymizers/slot.h"
#include "base/keyed_hash.h"
#include "engine/anonymizer.h"

namespace phiwire {

struct AnonymizerEntry {
  std::string_view name;
  std::span<const std::string_view> params;
  bool keyed = false;  // needs Policy::key_file
  // `hash` may be null where keyed is false, else it must outlive the result.
  absl::StatusOr<std::unique_ptr<Anonymizer>> (*make)(
      const AnonymizerParams& params, const SlotOptions& options,
      const KeyedHash* hash);
};

// By name, in alphabetical order.
std::span<const AnonymizerEntry> AnonymizerCatalogue();
// nullptr when there is none.
const AnonymizerEntry* FindAnonymizer(std::string_view name);
// "hash, keep, ...", for errors.
std::string AnonymizerNames();

// Whether the settings would be taken, without a key.
absl::Status CheckParams(const AnonymizerEntry& entry,
                         const AnonymizerParams& params);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ANONYMIZER_CATALOGUE_H_
