// SPDX-License-Identifier: Apache-2.0
//
// Texts of feature values, for the names in a weights file and in explain.
// Scoring never calls them. Pure functions.

#ifndef PHIWIRE_RULES_FEATURE_TEXT_H_
#define PHIWIRE_RULES_FEATURE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "rules/document_view.h"

namespace phiwire {

// ASCII letters in lower case.
std::string LowerText(std::string_view text);

// "Xxdd" of tokens [first, last]: letters in runs of at most two.
std::string ShapeText(const DocumentView& view, std::size_t first,
                      std::size_t last);

// What stands `offset` tokens from token i: a word, a mark, "<3 digits>",
// "<line>" or "<edge>".
std::string NearText(const DocumentView& view, std::size_t i, int offset);

// A word known only by its hash, found again in the document; "#HASH" when it
// isn't there (a hash of two words).
std::string HashText(const DocumentView& view, std::uint32_t hash);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURE_TEXT_H_
