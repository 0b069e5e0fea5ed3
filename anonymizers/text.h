// SPDX-License-Identifier: Apache-2.0
//
// UTF-8 as anonymizers need it: character by character, bad bytes one by one.

#ifndef PHIWIRE_ANONYMIZERS_TEXT_H_
#define PHIWIRE_ANONYMIZERS_TEXT_H_

#include <cstddef>
#include <string_view>

namespace phiwire {

// Valid UTF-8 without control characters (line ends and tabs are some: they
// would cut a record in two).
bool IsPrintable(std::string_view text);

// Bytes of the first character of a text that is not empty; 1 for a bad byte.
std::size_t CharacterSize(std::string_view text);

// Letters, digits and whatever else is neither white space nor punctuation:
// what a mask hides. Combining marks and bad bytes too.
bool IsHidden(std::string_view character);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_TEXT_H_
