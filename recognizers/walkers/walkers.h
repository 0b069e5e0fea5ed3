// SPDX-License-Identifier: Apache-2.0
//
// Walkers: where a regular expression would be slow or blind (runs of
// capitalised words before "Street", the value behind a label), a rule gives
// an anchor only and names a function that walks from it over the tokens or
// bytes to both ends of the candidate.
//
// Pure functions of the document, no allocation, bounded steps (a few dozen
// tokens or bytes), safe from any thread.

#ifndef PHIWIRE_RECOGNIZERS_WALKERS_WALKERS_H_
#define PHIWIRE_RECOGNIZERS_WALKERS_WALKERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/document.h"

namespace phiwire {

// The anchor: tokens [first, last) of a phrase or label. A regular
// expression's hit is the byte `end` only; first and last are then both the
// first token that begins at or after it.
struct WalkStart {
  std::size_t first = 0;
  std::size_t last = 0;
  std::uint32_t end = 0;
};

// What was found; `strong`: in its full form (a house number, a colon behind
// the label), scored with `score`, else with `invalid`.
struct Walked {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool strong = false;
};

using Walker = bool (*)(const Document& document, const WalkStart& start,
                        Walked* out);

// What a walker asks of its anchor before anything else, so that it needn't be
// called where that fails.
using CaseMask = std::uint8_t;  // a bit a Case
inline constexpr std::array kAllCases = {Case::kNone,  Case::kLower,
                                         Case::kUpper, Case::kInitial,
                                         Case::kTitle, Case::kMixed};
inline constexpr CaseMask kAnyCase = 0x3F;
inline constexpr CaseMask kCapitalCases =
    1U << static_cast<unsigned>(Case::kUpper) |
    1U << static_cast<unsigned>(Case::kInitial) |
    1U << static_cast<unsigned>(Case::kTitle) |
    1U << static_cast<unsigned>(Case::kMixed);
enum class WalkBehind : std::uint8_t {
  kAnything,
  kCapital,        // a capitalised word
  kCapitalOrMark,  // or punctuation, or a line feed
  kJoinedLower,    // a word in lower case, without white space before it
};

struct NamedWalker {
  std::string_view name;
  Walker walk;
  CaseMask cases = kAnyCase;                  // of the anchor's first word
  WalkBehind behind = WalkBehind::kAnything;  // a mark or label
};

std::span<const NamedWalker> AllWalkers();
const NamedWalker* FindWalker(std::string_view name);  // nullptr: none

// street.cc
bool WalkStreet(const Document&, const WalkStart&, Walked*);
bool WalkStreetNumbered(const Document&, const WalkStart&, Walked*);
bool WalkStreetPrefix(const Document&, const WalkStart&, Walked*);
bool WalkLabelledAddress(const Document&, const WalkStart&, Walked*);
// organisation.cc
bool WalkOrganisation(const Document&, const WalkStart&, Walked*);
bool WalkOrganisationOrPhrase(const Document&, const WalkStart&, Walked*);
bool WalkOrganisationRight(const Document&, const WalkStart&, Walked*);
bool WalkLabelledOrganisation(const Document&, const WalkStart&, Walked*);
bool WalkSaint(const Document&, const WalkStart&, Walked*);
// place.cc
bool WalkCityState(const Document&, const WalkStart&, Walked*);
bool WalkCounty(const Document&, const WalkStart&, Walked*);
bool WalkCountyPrefix(const Document&, const WalkStart&, Walked*);
bool WalkPlaceLeft(const Document&, const WalkStart&, Walked*);
bool WalkPlaceRight(const Document&, const WalkStart&, Walked*);
bool WalkLabelledPlace(const Document&, const WalkStart&, Walked*);
// person.cc
bool WalkPersonTitle(const Document&, const WalkStart&, Walked*);
bool WalkPersonCredential(const Document&, const WalkStart&, Walked*);
bool WalkNameList(const Document&, const WalkStart&, Walked*);
bool WalkNameCaret(const Document&, const WalkStart&, Walked*);
bool WalkLabelledName(const Document&, const WalkStart&, Walked*);
// label.cc
bool WalkLabelledId(const Document&, const WalkStart&, Walked*);
bool WalkLabelledSsn(const Document&, const WalkStart&, Walked*);
bool WalkLabelledPlate(const Document&, const WalkStart&, Walked*);
bool WalkLabelledPhone(const Document&, const WalkStart&, Walked*);
bool WalkLabelledUser(const Document&, const WalkStart&, Walked*);
bool WalkUserDotted(const Document&, const WalkStart&, Walked*);
bool WalkLabelledWords(const Document&, const WalkStart&, Walked*);
// network.cc: on bytes, from the hit's end
bool WalkEmail(const Document&, const WalkStart&, Walked*);
bool WalkEmailSpaced(const Document&, const WalkStart&, Walked*);
bool WalkEmailSpelled(const Document&, const WalkStart&, Walked*);
bool WalkUrl(const Document&, const WalkStart&, Walked*);
bool WalkBareDomain(const Document&, const WalkStart&, Walked*);
bool WalkRequestPath(const Document&, const WalkStart&, Walked*);
bool WalkUrlSpelled(const Document&, const WalkStart&, Walked*);
bool WalkIpv6(const Document&, const WalkStart&, Walked*);
// simple.cc
bool WalkMonth(const Document&, const WalkStart&, Walked*);
bool WalkLastWord(const Document&, const WalkStart&, Walked*);
bool WalkHoliday(const Document&, const WalkStart&, Walked*);
bool WalkUdi(const Document&, const WalkStart&, Walked*);
bool WalkFileName(const Document&, const WalkStart&, Walked*);

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_WALKERS_WALKERS_H_
