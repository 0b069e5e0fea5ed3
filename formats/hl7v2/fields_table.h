// SPDX-License-Identifier: Apache-2.0
//
// Which leaf of which field identifies a person, over all versions 2.1-2.8.2
// at once: senders fill fields that their declared version withdrew. The
// table is generated from data/hl7_fields.csv by tools/gen_hl7_table.py.

#ifndef PHIWIRE_FORMATS_HL7V2_FIELDS_TABLE_H_
#define PHIWIRE_FORMATS_HL7V2_FIELDS_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/field.h"

namespace phiwire::hl7v2 {

enum class LeafAction : std::uint8_t {
  kKeep,       // codes that are no identifier: sex, race, state
  kText,       // scanned
  kCodedText,  // text beside a code: scanned unless a standard code is there
  kSlot,       // replaced whole
};

// What another component of the field may change in a slot's type.
enum class LeafUse : std::uint8_t {
  kFixed,
  kByIdType,     // CX.5, table 0203: MR, SS, DL, ...
  kByEquipment,  // XTN.3, table 0202: FX is a fax
};

struct LeafRule {
  LeafAction action = LeafAction::kText;
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  LeafUse use = LeafUse::kFixed;
};

// 0 stands for the whole field or the whole component.
struct LeafEntry {
  std::uint8_t component = 0;
  std::uint8_t subcomponent = 0;
  std::uint8_t rule = 0;
};

struct FieldEntry {
  std::string_view segment;
  std::uint8_t field = 0;
  std::uint16_t first = 0;
  std::uint8_t count = 0;
};

// A segment's name as one number, in the order of the names; 0 when it is not
// three bytes long.
constexpr std::uint32_t SegmentCode(std::string_view name) {
  if (name.size() != 3) return 0;
  std::uint32_t code = 0;
  for (const char c : name) code = code << 8 | static_cast<unsigned char>(c);
  return code;
}

// Where a data type keeps the parts of a name.
struct NameLayout {
  std::uint8_t family = 0;     // component; 0: no name
  bool subcomponents = false;  // NDL: all in component 1, by subcomponent
};

// The rule for a leaf; nullptr when the table has none. `exact` tells whether
// the table names the leaf itself, or only another part of its component.
struct FoundRule {
  const LeafRule* rule = nullptr;
  bool exact = false;
};

// The rules of a field by component, for the first leaf of each: one load a
// leaf.
class ComponentRules {
 public:
  ComponentRules() = default;  // none
  explicit ComponentRules(std::span<const LeafEntry> leaves);

  static constexpr bool Covers(int component, int subcomponent) {
    return subcomponent == 1 && component >= 1 && component <= kMost;
  }
  // Of a component it covers.
  FoundRule Find(int component) const {
    const Entry& entry = entries_[static_cast<std::size_t>(component)];
    return {entry.found ? &entry.rule : nullptr, entry.exact};
  }
  // The rule of a leaf that is a slot of one type whatever stands in it; null
  // when that takes a look at the value.
  const LeafRule* FixedSlot(int component, int subcomponent) const {
    if (!Covers(component, subcomponent)) return nullptr;
    const Entry& entry = entries_[static_cast<std::size_t>(component)];
    return entry.fixed ? &entry.rule : nullptr;
  }

 private:
  static constexpr int kMost = 23;
  struct Entry {
    LeafRule rule;
    bool found = false;
    bool exact = false;
    bool fixed = false;
  };

  std::array<Entry, kMost + 1> entries_;
};

// What the table says of a field; of one it does not name, nothing.
struct FieldInfo {
  std::span<const LeafEntry> leaves;
  bool has_slot = false;  // a field without is coded or text
  bool kept = false;      // marked as no identifier: race, religion, language
  NameLayout layout;
  ComponentRules rules;
};

// The table of one segment: found once, then each field in constant time.
class SegmentTable {
 public:
  // Of a segment outside the table it knows no field.
  static SegmentTable Of(std::uint32_t code);

  const FieldInfo& operator[](int field) const {
    const bool named = field >= 1 && field <= fields_;
    return infos_[named ? index_[static_cast<std::size_t>(field)] : 0];
  }
  // Whether the table covers the segment whole, so that a field it does not
  // name is known not to identify.
  bool covered() const { return covered_; }
  // Whether the table has the segment at all.
  bool listed() const { return covered_ || fields_ > 0; }

 private:
  SegmentTable() = default;

  const FieldInfo* infos_ = nullptr;      // of all segments, the first empty
  const std::uint16_t* index_ = nullptr;  // which of them, by number
  int fields_ = 0;                        // highest number
  bool covered_ = false;
};

// The leaves of a field that the table names; empty when it names none.
std::span<const LeafEntry> LeavesOf(std::string_view segment, int field);

// The field of a data type ("XPN"), for OBX-5; without leaves when unknown.
const FieldInfo& InfoOfType(std::string_view type);
inline std::span<const LeafEntry> LeavesOfType(std::string_view type) {
  return InfoOfType(type).leaves;
}

// The rule of an entry of the table.
const LeafRule& RuleOf(const LeafEntry& entry);

FoundRule FindRule(std::span<const LeafEntry> leaves, int component,
                   int subcomponent);
// The same for a field of SegmentTable or InfoOfType: in constant time where
// the component has no subcomponents.
inline FoundRule FindRule(const FieldInfo& info, int component,
                          int subcomponent) {
  return ComponentRules::Covers(component, subcomponent)
             ? info.rules.Find(component)
             : FindRule(info.leaves, component, subcomponent);
}

// As SegmentTable::covered.
bool IsCovered(std::string_view segment);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_FIELDS_TABLE_H_
