// SPDX-License-Identifier: Apache-2.0
//
// ZIP prefixes that Safe Harbor wants written 000: the area of the first three
// digits holds 20,000 people or fewer (45 CFR 164.514(b)(2)(i)(B)), "according
// to the current publicly available data from the Bureau of the Census". HHS's
// guidance of 2012 gives the list of the 2000 census; the other is what the
// 2020 census (ZCTA) counts. Unless told, both together, to err on the side of
// hiding: 063, 790, 830, 831 and 890 have grown past the limit since, and 202,
// 204, 205, 369, 753 and 772 are new. Source: data/zip3_restricted.csv.

#ifndef PHIWIRE_ANONYMIZERS_ZIP3_H_
#define PHIWIRE_ANONYMIZERS_ZIP3_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace phiwire {

enum class ZipList : std::uint8_t { kUnion, k2000, k2020 };

struct RestrictedZip3 {
  std::string_view prefix;
  bool in_2000;
  bool in_2020;
};

// Ascending; each is in one list at least.
inline constexpr std::array<RestrictedZip3, 23> kRestrictedZip3 = {{
    {"036", true, true},  {"059", true, true},  {"063", true, false},
    {"102", true, true},  {"202", false, true}, {"203", true, true},
    {"204", false, true}, {"205", false, true}, {"369", false, true},
    {"556", true, true},  {"692", true, true},  {"753", false, true},
    {"772", false, true}, {"790", true, false}, {"821", true, true},
    {"823", true, true},  {"830", true, false}, {"831", true, false},
    {"878", true, true},  {"879", true, true},  {"884", true, true},
    {"890", true, false}, {"893", true, true},
}};

// The prefix of a US ZIP or ZIP+4 ("02139", "02139-4307", "021394307"), 000
// when it is restricted; a prefix alone is taken too. "" for anything else,
// such as a foreign postal code.
std::string HarborZip(std::string_view zip, ZipList list = ZipList::kUnion);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_ZIP3_H_
