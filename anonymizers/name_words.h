// SPDX-License-Identifier: Apache-2.0
//
// The words around a name that are none: titles, suffixes, credentials; and
// particles, which are part of a family name. Matched without full stops,
// ASCII case apart.

#ifndef PHIWIRE_ANONYMIZERS_NAME_WORDS_H_
#define PHIWIRE_ANONYMIZERS_NAME_WORDS_H_

#include <optional>
#include <string_view>

#include "anonymizers/fake_lists.h"

namespace phiwire {

// The sex a title tells (kUnknown: none, as Dr); nullopt when it is no title.
std::optional<Sex> FindTitle(std::string_view word);

// Jr, III, Esq.
bool IsGeneration(std::string_view word);

// MD, PhD, RN. Not DO, MA, PA and the like, which are names too.
bool IsCredential(std::string_view word);
// Those: a credential only after a comma that follows a whole name.
bool IsShortCredential(std::string_view word);

// "van", "de la": begins a family name when another word follows.
bool IsParticle(std::string_view word);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_NAME_WORDS_H_
