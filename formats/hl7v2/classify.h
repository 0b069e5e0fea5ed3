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
  SegmentTable table = SegmentTable::Of(0);
};

// Whether a field is never touched but by a site's rule: what receivers route
// and parse by.
inline bool IsStructure(std::uint32_t segment, int field) {
  // MSH's, by the field's bit.
  constexpr std::uint32_t kHeader = 1u << 9 | 1u << 11 | 1u << 12 | 1u << 13 |
                                    1u << 15 | 1u << 16 | 1u << 17 | 1u << 18 |
                                    1u << 20;
  if (segment == SegmentCode("MSH")) {
    return field <= 20 && (kHeader >> field & 1u) != 0;
  }
  return (segment == SegmentCode("OBX") && field == 2) ||
         (segment == SegmentCode("MSA") && field == 1);
}

// Whether a slot of the field must not become empty: receivers need a control
// id to acknowledge by.
inline bool IsRequired(std::uint32_t segment, int field) {
  return (segment == SegmentCode("MSH") && field == 10) ||
         (segment == SegmentCode("MSA") && field == 2);
}

// A repetition of a field, and what holds for all its leaves.
struct LeafContext {
  std::string_view record;
  const SegmentContext& segment;
  const FieldRepetition& repetition;
  const Observation& observation;
  const SiteTable& site;
  const FieldInfo& info = segment.table[repetition.field];
  bool structure = IsStructure(segment.code, repetition.field);
  // The rules alone decide, but for leaves whose value they ask about.
  bool by_rules =
      !structure && site.empty() && segment.code != SegmentCode("OBX");
};

struct Decision {
  enum class Kind : std::uint8_t {
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

// Of a leaf that is not empty.
Decision ClassifyByValue(const LeafContext& context, const Leaf& leaf);

inline Decision Classify(const LeafContext& context, const Leaf& leaf) {
  // Most leaves of a message are slots of one type. Blanks and HL7's null ("")
  // are none.
  if (context.by_rules) {
    const LeafRule* const rule =
        context.info.rules.FixedSlot(leaf.component, leaf.subcomponent);
    const char first = context.record[leaf.begin];
    if (rule != nullptr && first != ' ' && first != '"') {
      Decision slot;
      slot.kind = Decision::Kind::kSlot;
      slot.type = rule->type;
      slot.grammar = rule->grammar;
      slot.required =
          IsRequired(context.segment.code, context.repetition.field);
      return slot;
    }
  }
  return ClassifyByValue(context, leaf);
}

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_CLASSIFY_H_
