// SPDX-License-Identifier: Apache-2.0
//
// Slots as formats spell them and as anonymizers know them: FHIR's dates and
// dates as people write them go through anonymizers as HL7's
// (SlotGrammar::kHl7Date), FHIR's resource ids as identifiers. Pure functions,
// safe from any thread.
//
//   ToPlain(Spelling::kIsoDate, "1980-01-31T10:15:00Z") ==
//   "19800131101500+0000" FromPlain(Spelling::kIsoDate, "1980-01-31", "1980")
//   == "1980" FromPlain(Spelling::kIsoInstant, ..., "1980")  ==
//   "1980-01-01T00:00:00Z" FromPlain(Spelling::kAnyDate, "Jan 31, 1980",
//   "19800207") == "Feb 7, 1980"

#ifndef PHIWIRE_POLICY_SPELLING_H_
#define PHIWIRE_POLICY_SPELLING_H_

#include <string>
#include <string_view>

#include "engine/field.h"

namespace phiwire {

// What anonymizers are given. A value that is no date under its spelling comes
// back as it is, which kHl7Date then empties.
std::string ToPlain(Spelling spelling, std::string_view surface);

// `replaced` is what an anonymizer made of ToPlain(spelling, surface). Gives
// the surface again when nothing was changed; a resource id that was a UUID
// becomes another UUID, by its replacement alone.
std::string FromPlain(Spelling spelling, std::string_view surface,
                      std::string_view replaced);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_SPELLING_H_
