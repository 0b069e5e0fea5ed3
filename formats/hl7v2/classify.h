// SPDX-License-Identifier: Apache-2.0
//
// What becomes of each leaf of a message: left alone, scanned as text, or
// replaced as a typed slot. The table (fields_table.h) decides for the fields
// it names; OBX-5 goes by its type in OBX-2; fields the table covers but does
// not name stay when they look like a code; everything else (Z segments,
// segments and fields outside the table) is scanned. Anywhere, a value shaped
// like a whole date is a date slot and a long run of base64 an empty one.

#ifndef PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_
#define PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_

#include <span>
#include <string_view>

#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/segments.h"

namespace phiwire::hl7v2 {

// Of the OBX that holds the field: its type and what it observes.
struct Observation {
  std::string_view value_type;  // OBX-2
  std::string_view code;        // OBX-3.1
};

struct LeafContext {
  std::string_view record;
  std::string_view segment;
  const FieldRepetition& repetition;
  const Observation& observation;
  // What the table says of the field: LeavesOf(segment, repetition.field).
  std::span<const LeafEntry> leaves;
};

struct Decision {
  enum class Kind {
    kStructure,  // never touched: delimiters, types, versions
    kKeep,       // stays unless it repeats a known value
    kText,
    kSlot,
  };
  Kind kind = Kind::kText;
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  bool required = false;
};

Decision Classify(const LeafContext& context, const Leaf& leaf);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_
