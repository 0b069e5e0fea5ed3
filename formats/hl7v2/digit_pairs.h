// SPDX-License-Identifier: Apache-2.0
//
// Which digits follow each other in the free text of a record, whatever stands
// between them: a known number that has another pair can't be in it, and needs
// no look. Text that may hold digits in disguise (docs/evasion.md: escapes,
// other scripts, packed runs) may hold any.
//
// Not thread-safe: one a record.

#ifndef PHIWIRE_FORMATS_HL7V2_DIGIT_PAIRS_H_
#define PHIWIRE_FORMATS_HL7V2_DIGIT_PAIRS_H_

#include <bitset>
#include <string_view>

namespace phiwire::hl7v2 {

class DigitPairs {
 public:
  void Add(std::string_view text);
  bool MayHold(std::string_view value) const;

 private:
  std::bitset<10> digits_;
  std::bitset<100> pairs_;
  bool any_ = false;  // nothing is certain
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_DIGIT_PAIRS_H_
