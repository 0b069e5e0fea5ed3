// SPDX-License-Identifier: Apache-2.0
//
// When two values are the same thing, however they are written: what hash and
// numbered placeholders go by.
//
//   NAME                     the person (person_book.h): name order, case, a
//                            surname alone
//   numbers and identifiers  letters and digits only, ASCII letters in lower
//                            case; a North American phone without its leading 1
//   all others               ASCII case and white space (FoldForHash)
//
// Pure but for the session's person book.

#ifndef PHIWIRE_ANONYMIZERS_IDENTITY_H_
#define PHIWIRE_ANONYMIZERS_IDENTITY_H_

#include <string>

#include "engine/anonymizer.h"

namespace phiwire {

// Never empty unless the surface is.
std::string ValueIdentity(const Target& target, Session& session);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_IDENTITY_H_
