// SPDX-License-Identifier: Apache-2.0
//
// The casing of a written word, to write another one the same way: MARCH,
// march, March. Letters are those of ASCII; others are copied as they are.
// Pure functions.

#ifndef PHIWIRE_ANONYMIZERS_LETTER_CASE_H_
#define PHIWIRE_ANONYMIZERS_LETTER_CASE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace phiwire {

enum class LetterCase : std::uint8_t { kTitle, kLower, kUpper };

// A word of mixed case counts as kTitle, as does one without letters.
LetterCase CaseOf(std::string_view word);

// Appends `word`, which is written in lower case; kTitle raises its first
// letter only.
void AppendCased(std::string_view word, LetterCase letter_case,
                 std::string* out);

// `text` in lower case equals `lower`.
bool EqualsFolded(std::string_view text, std::string_view lower);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_LETTER_CASE_H_
