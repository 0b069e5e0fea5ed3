// SPDX-License-Identifier: Apache-2.0
//
// Where the attributes of a start tag stand. Debian's expat is built without
// XML_GetAttributeInfo, so they are found in the raw tag, and each is held
// against the name and value that expat read: what differs is not trusted.
//
// Pure function, safe from any thread.

#ifndef PHIWIRE_FORMATS_XML_START_TAG_H_
#define PHIWIRE_FORMATS_XML_START_TAG_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "formats/xml/parser.h"

namespace phiwire::xml {

// `tag` is "<name a='b' ...>" and begins at `at`; `read` is expat's array of
// names and values, ended by a null. False when the two do not agree.
bool FindAttributes(std::string_view tag, std::size_t at,
                    const char* const* read, std::vector<Attribute>* out);

}  // namespace phiwire::xml

#endif  // PHIWIRE_FORMATS_XML_START_TAG_H_
