// SPDX-License-Identifier: Apache-2.0
//
// What an HL7 v3 element hands on to what is inside it, and what becomes of
// the text directly inside it.

#ifndef PHIWIRE_FORMATS_CCDA_FRAME_RULES_H_
#define PHIWIRE_FORMATS_CCDA_FRAME_RULES_H_

#include <string_view>

#include "formats/ccda/attribute_reader.h"
#include "formats/ccda/frame.h"
#include "formats/ccda/record_builder.h"

namespace phiwire::ccda {

// `parent` is null at the root; it counts its given names, and learns from its
// templates.
Frame EnterHl7(std::string_view local, Frame* parent, const TagAttributes& tag,
               RecordBuilder* builder);

// False when the text is to be scanned. `value` is without blanks around it.
bool PutText(Frame* frame, const Value& value, std::string_view text,
             RecordBuilder* builder);

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_FRAME_RULES_H_
