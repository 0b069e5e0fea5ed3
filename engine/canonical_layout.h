// SPDX-License-Identifier: Apache-2.0
//
// Undoes what layout does to the order and distance of characters.
//   U+202E 9876 U+202C   text stored backwards that an override shows forwards
//                        (both marks on one line, none between them)
//   "1 2 3 - 4 5 - 6 ..", "J o h n"
//                        characters set apart by one space each: from 4
//                        letters or 6 digits on, mixed only in a mail address.
//                        Rows of equal or counted digits (scales) stay.

#ifndef PHIWIRE_ENGINE_CANONICAL_LAYOUT_H_
#define PHIWIRE_ENGINE_CANONICAL_LAYOUT_H_

#include <string_view>

#include "engine/canonical_layer.h"

namespace phiwire {

// Cheap looks first; each may say true of a text with nothing to undo.
bool HasOverride(std::string_view text);
bool HasSpacedOut(std::string_view text);

// Fill layer from source (Finish not yet called); source is valid UTF-8.
void UndoOverrides(std::string_view source, TextLayer* layer);
void CloseSpacedOut(std::string_view source, TextLayer* layer);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_LAYOUT_H_
