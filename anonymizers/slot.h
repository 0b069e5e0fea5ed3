// SPDX-License-Identifier: Apache-2.0
//
// What may stand in a typed slot when its value must go (DESIGN.md, "Typed
// slots"); shared by all anonymizers. Pure functions, safe from any thread.
// Each is a fixed point: its own output comes back unchanged, so a message
// that goes through twice is the same as one that went through once.
//
//   HarborYear("19800131", 2024)      == "1980"
//   HarborYear("19300131", 2024)      == ""       94 years old
//   HarborZip("03601")                == "000"
//   HarborIdentifier("A-4711")        == "XXXXXXXXXX"

#ifndef PHIWIRE_ANONYMIZERS_SLOT_H_
#define PHIWIRE_ANONYMIZERS_SLOT_H_

#include <optional>
#include <string>
#include <string_view>

#include "engine/anonymizer.h"

namespace phiwire {

struct SlotOptions {
  // The year ages are counted to: a year more than 89 before it is removed.
  int reference_year = 0;
  // With this year (UTC).
  static SlotOptions Now();
};

// The year of an HL7 DT, TS or DTM: YYYY[MM[DD[HH[MM[SS[.S to .SSSS]]]]]] with
// an optional +ZZZZ. "" when it is no such date, or when the year could be the
// year of birth of someone over 89; of any date, for a slot doesn't say whose
// birth it is, and a visit in 1930 tells the same.
std::string HarborYear(std::string_view date, int reference_year);

// Ten zeros when no letter is in the value, else ten X: an identifier's
// alphabet but nothing of its value, length or shape, as Safe Harbor asks.
// An empty value stays empty.
std::string HarborIdentifier(std::string_view value);

// The value for slots that take no free text; nullopt for those that do
// (kFreeText, kName).
std::optional<std::string> HarborForm(const Target& target,
                                      const SlotOptions& options);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_SLOT_H_
