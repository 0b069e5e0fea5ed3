// SPDX-License-Identifier: Apache-2.0
//
// What becomes of each leaf of a message: left alone, scanned as text, or
// replaced as a typed slot. The table (fields_table.h) decides for the fields
// it names; OBX-5 goes by its type in OBX-2; fields the table covers but does
// not name stay when they look like a code; everything else (Z segments,
// segments and fields outside the table) is scanned. Anywhere, a value shaped
// like a whole date is a date slot and a long run of base64 a document. What a
// site says of a place comes before all this.

#ifndef PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_
#define PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_

#include <cstdint>
#include <string_view>

#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/segments.h"
#include "formats/hl7v2/site_rules.h"

namespace phiwire::hl7v2 {

// Of the OBX that holds the field: its type and what it observes.
struct Observation {
  std::string_view value_type;  // OBX-2
  std::string_view code;        // OBX-3.1
};

// The segment a leaf stands in.
struct SegmentContext {
  std::string_view name;
  std::uint32_t code = 0;  // SegmentCode(name)
  SegmentTable table;
};

struct LeafContext {
  std::string_view record;
  const SegmentContext& segment;
  const FieldRepetition& repetition;
  const Observation& observation;
  const FieldInfo& info;  // of the field
  const SiteTable& site;
};

struct Decision {
  enum class Kind {
    kStructure,  // never touched: delimiters, types, versions
    kKeep,       // stays unless it repeats a known value
    kText,
    kSlot,
    kDocument,
  };
  Kind kind = Kind::kText;
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  bool required = false;
  Wrapping wrapping = Wrapping::kNone;  // kDocument
  std::string_view media_type = {};     // kDocument; static
};

// Whether the field's text goes on in the next repetition and in the next
// segment of its kind: NTE-3, and OBX-5 of TX, FT and ST.
bool IsRunningText(const SegmentContext& segment, int field,
                   const Observation& observation);

Decision Classify(const LeafContext& context, const Leaf& leaf);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_
