// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes are XML, by their first ones. Pure functions.

#ifndef PHIWIRE_FORMATS_CCDA_SNIFF_H_
#define PHIWIRE_FORMATS_CCDA_SNIFF_H_

#include <string_view>

namespace phiwire::ccda {

// The root element's name without prefix; "" when `head` does not reach it or
// is no XML.
std::string_view RootName(std::string_view head);

// A C-CDA document or a fragment of one.
bool LooksLikeCcda(std::string_view head);

// XML at all: an XML declaration, or a root element that is not HTML's.
bool LooksLikeXml(std::string_view head);

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_SNIFF_H_
