// SPDX-License-Identifier: Apache-2.0

#include "policy/anonymizer_catalogue.h"

#include <array>

#include "anonymizers/hash.h"
#include "anonymizers/keep.h"
#include "anonymizers/mask.h"
#include "anonymizers/redact.h"
#include "anonymizers/replace.h"
#include "base/strings.h"

namespace phiwire {
namespace {

using Made = absl::StatusOr<std::unique_ptr<Anonymizer>>;

Made MakeKeep(const AnonymizerParams& params, const SlotOptions&,
              const KeyedHash*) {
  return NewKeep(params);
}
Made MakeMask(const AnonymizerParams& params, const SlotOptions& options,
              const KeyedHash*) {
  return NewMask(params, options);
}
Made MakeRedact(const AnonymizerParams& params, const SlotOptions&,
                const KeyedHash*) {
  return NewRedact(params);
}
Made MakeReplace(const AnonymizerParams& params, const SlotOptions& options,
                 const KeyedHash*) {
  return NewReplace(params, options);
}

constexpr std::array<AnonymizerEntry, 5> kEntries = {{
    {"hash", kHashParams, true, &NewHash},
    {"keep", {}, false, &MakeKeep},
    {"mask", kMaskParams, false, &MakeMask},
    {"redact", {}, false, &MakeRedact},
    {"replace", kReplaceParams, false, &MakeReplace},
}};

}  // namespace

std::span<const AnonymizerEntry> AnonymizerCatalogue() { return kEntries; }

const AnonymizerEntry* FindAnonymizer(std::string_view name) {
  for (const AnonymizerEntry& entry : kEntries) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

std::string AnonymizerNames() {
  std::string list;
  for (const AnonymizerEntry& entry : kEntries) {
    list += Concat({list.empty() ? "" : ", ", entry.name});
  }
  return list;
}

absl::Status CheckParams(const AnonymizerEntry& entry,
                         const AnonymizerParams& params) {
  const KeyedHash no_key{SecretKey()};
  return entry.make(params, SlotOptions(), &no_key).status();
}

}  // namespace phiwire
