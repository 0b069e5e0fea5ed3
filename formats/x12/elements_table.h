// SPDX-License-Identifier: Apache-2.0
//
// What becomes of each element of each segment, by the qualifier beside it.
// The table is generated from data/x12_elements.csv by tools/gen_x12_table.py.
// Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_X12_ELEMENTS_TABLE_H_
#define PHIWIRE_FORMATS_X12_ELEMENTS_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "phiwire/anonymizer.h"
#include "phiwire/types.h"

namespace phiwire::x12 {

enum class Action : std::uint8_t {
  kKeep,  // qualifiers, amounts, codes: stays when it looks like one
  kCode,  // stays when it looks like one and repeats no known value
  kText,
  kSlot,
  kStay,  // stays, whatever it looks like, unless it repeats a known value
  kDate,  // dates and ranges of dates, as the format qualifier says
};

struct ElementRule {
  std::uint8_t element = 0;    // 0: any
  std::uint8_t component = 0;  // 0: any
  std::uint8_t when = 0;       // the qualifying element; 0: always
  std::uint16_t first = 0;     // its values: kValues[first, first + count)
  std::uint8_t count = 0;
  Action action = Action::kText;
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  bool short_year = false;  // kDate: YYMMDD
};

struct SegmentRules {
  std::uint32_t code = 0;
  std::uint16_t first = 0;
  std::uint16_t count = 0;
};

// A segment's name or a qualifier's value as one number, in the order of the
// texts; 0 when it is empty or longer than four bytes.
constexpr std::uint32_t Code(std::string_view text) {
  if (text.empty() || text.size() > 4) return 0;
  std::uint32_t code = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    code = code << 8 |
           (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
  }
  return code;
}

// Empty: no segment of the table, all of it is scanned.
std::span<const ElementRule> RulesOf(std::uint32_t segment);

// Whether `value` is one of the rule's.
bool HasValue(const ElementRule& rule, std::uint32_t value);

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_ELEMENTS_TABLE_H_
