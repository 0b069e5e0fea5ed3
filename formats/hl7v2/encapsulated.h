// SPDX-License-Identifier: Apache-2.0
//
// What an OBX-5 of type ED holds: its media type by ED.2 and ED.3 (HL7 tables
// 0191 and 0291, and what senders write there), its packing by ED.4 (table
// 0299). Pure functions.

#ifndef PHIWIRE_FORMATS_HL7V2_ENCAPSULATED_H_
#define PHIWIRE_FORMATS_HL7V2_ENCAPSULATED_H_

#include <string_view>

#include "engine/field.h"

namespace phiwire::hl7v2 {

// "text/html"; empty when the two say nothing: the content tells.
std::string_view MediaTypeOf(std::string_view type, std::string_view subtype);

// An encoding no table has is taken for base64: what can't be read goes.
Wrapping WrappingOf(std::string_view encoding, std::string_view value);

// Whether a component of an ED (2 type, 3 subtype, 4 encoding) is a word of the
// tables, which stays.
bool IsTableWord(int component, std::string_view value);

// How a run of IsBinaryText is packed.
Wrapping WrappingOfRun(std::string_view value);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_ENCAPSULATED_H_
