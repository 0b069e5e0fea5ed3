// SPDX-License-Identifier: Apache-2.0

#include "policy/anonymizer_catalogue.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "anonymizers/date_shift.h"
#include "anonymizers/encrypt.h"
#include "anonymizers/fpe.h"
#include "anonymizers/generalize.h"
#include "anonymizers/hash.h"
#include "anonymizers/keep.h"
#include "anonymizers/mask.h"
#include "anonymizers/redact.h"
#include "anonymizers/replace.h"
#include "anonymizers/surrogate.h"
#include "anonymizers/token.h"
#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

using enum AnonymizerEntry::Needs;

constexpr AnonymizerEntry kEntries[] = {
    {"date_shift", kDateShiftParams, kNeedsKey, &NewDateShift},
    {"encrypt", kEncryptParams, kNeedsKey, &NewEncrypt},
    {"fpe", kFpeParams, kNeedsKey, &NewFpe},
    {"generalize", kGeneralizeParams, kNeedsNothing, &NewGeneralize},
    {"hash", kHashParams, kNeedsKey, &NewHash},
    {"keep", {}, kNeedsNothing, &NewKeep},
    {"mask", kMaskParams, kNeedsNothing, &NewMask},
    {"redact", {}, kNeedsNothing, &NewRedact},
    {"replace", kReplaceParams, kNeedsNothing, &NewReplace},
    {"surrogate", kSurrogateParams, kNeedsKey, &NewSurrogate},
    {"token", kTokenParams, kNeedsNothing, &NewToken},
};

}  // namespace

std::span<const AnonymizerEntry> AnonymizerCatalogue() { return kEntries; }

const AnonymizerEntry* FindAnonymizer(std::string_view name) {
  for (const AnonymizerEntry& entry : kEntries) {
    if (entry.name == name) return &entry;
  }
  return nullptr;
}

std::optional<std::string_view> UserName(std::string_view name) {
  constexpr std::string_view kMark = "user:";
  if (!name.starts_with(kMark)) return std::nullopt;
  name.remove_prefix(kMark.size());
  const bool good = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (name.empty() || !good) return std::nullopt;
  return name;
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
  // Of no use but to be derived from. Made once: a policy asks some sixty
  // times, and each key is a locked page.
  static const absl::StatusOr<KeyRing> kRing =
      KeyRing::Create(SecretKey(std::vector<std::uint8_t>(kMinKeyBytes)));
  if (!kRing.ok()) return kRing.status();
  AnonymizerContext context;
  context.keys = &*kRing;
  context.check_only = true;
  return entry.make(params, context).status();
}

}  // namespace phiwire
