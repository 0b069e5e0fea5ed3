// SPDX-License-Identifier: Apache-2.0
//
// The anonymizers a policy can name: the one place that knows the classes of
// anonymizers/. A new one is a row in anonymizer_catalogue.cc.

#ifndef PHIWIRE_POLICY_ANONYMIZER_CATALOGUE_H_
#define PHIWIRE_POLICY_ANONYMIZER_CATALOGUE_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

struct AnonymizerEntry {
  enum Needs {
    kNeedsNothing,
    kNeedsKey,  // Policy::key_file
  };
  std::string_view name;
  std::span<const std::string_view> params;
  Needs needs = kNeedsNothing;
  absl::StatusOr<std::unique_ptr<Anonymizer>> (*make)(
      const AnonymizerParams& params, const AnonymizerContext& context);
};

// By name, in alphabetical order.
std::span<const AnonymizerEntry> AnonymizerCatalogue();
// nullptr when there is none.
const AnonymizerEntry* FindAnonymizer(std::string_view name);
// What follows "user:" in the name of a user's own anonymizer (letters,
// digits, - and _); nullopt for any other name.
std::optional<std::string_view> UserName(std::string_view name);
// "hash, keep, ...", for errors.
std::string AnonymizerNames();

// Whether the settings would be taken, without a key.
absl::Status CheckParams(const AnonymizerEntry& entry,
                         const AnonymizerParams& params);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ANONYMIZER_CATALOGUE_H_
