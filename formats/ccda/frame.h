// SPDX-License-Identifier: Apache-2.0
//
// What the reader knows of an element that is open: where it is, of what data
// type, about whom, and what becomes of the text directly inside it. Most of
// it is handed down to the elements inside.

#ifndef PHIWIRE_FORMATS_CCDA_FRAME_H_
#define PHIWIRE_FORMATS_CCDA_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "formats/ccda/elements.h"
#include "formats/ccda/path_table.h"
#include "formats/ccda/record_builder.h"
#include "phiwire/types.h"

namespace phiwire::ccda {

enum class TextUse : std::uint8_t {
  kScan,
  kBlock,     // scanned as one with all that is in the element
  kSlot,      // Frame::slot
  kNamePart,  // the same, of Frame::slot.person
  kWord,      // a state or country: stays if it is one
  kCode,      // a lot number
  kDocument,  // base64
};

struct Frame {
  bool hl7 = false;  // HL7 v3; else any XML
  const Element* element = nullptr;
  PathPlace place;
  DataType type = DataType::kUnknown;
  Entity entity = Entity::kUnknown;
  Party party = Party::kStaff;
  bool payer = false;      // policy holder, covered party, policy
  bool facility = false;   // a service delivery location
  bool narrative = false;  // inside a text: mark-up only
  TextUse text = TextUse::kScan;
  SlotUse slot;
  int given = 0;  // given names so far, of a name
  const SiteRule* site = nullptr;
  std::size_t path_size = 0;        // of the path without this element
  std::size_t document = SIZE_MAX;  // the field of its base64
  std::string media_type;           // of it
};

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_FRAME_H_
