// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/identity.h"

#include <string_view>
#include <utility>

#include "anonymizers/person_book.h"
#include "base/keyed_hash.h"
#include "engine/numbered_types.h"

namespace phiwire {
namespace {

std::string LettersAndDigits(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
        static_cast<unsigned char>(c) >= 0x80) {
      out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

}  // namespace

std::string ValueIdentity(const Target& target, Session& session) {
  std::string identity;
  if (target.type == PhiType::kName) {
    identity = PersonIdentity(target, session);
  } else if (IsNumbered(target.type)) {
    identity = LettersAndDigits(target.surface);
    const bool phone =
        target.type == PhiType::kPhone || target.type == PhiType::kFax;
    if (phone && identity.size() == 11 && identity.front() == '1') {
      identity.erase(0, 1);
    }
  } else {
    identity = FoldForHash(target.surface);
  }
  // Of punctuation only: still told apart from other such values.
  return identity.empty() ? std::string(target.surface) : identity;
}

}  // namespace phiwire
