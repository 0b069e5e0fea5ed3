// SPDX-License-Identifier: Apache-2.0
//
// ZIP prefixes that Safe Harbor wants written 000: the area of the first three
// digits holds 20,000 people or fewer (45 CFR 164.514(b)(2)(i)(B)). The list is
// the union of the one HHS gives from the 2000 census (its guidance of 2012)
// and what the 2020 census (ZCTA) counts, so it errs on the side of hiding:
// 063, 790, 830, 831 and 890 have grown past the limit since.

#ifndef PHIWIRE_ANONYMIZERS_ZIP3_H_
#define PHIWIRE_ANONYMIZERS_ZIP3_H_

#include <array>
#include <string>
#include <string_view>

namespace phiwire {

inline constexpr std::array<std::string_view, 23> kRestrictedZip3 = {
    "036", "059", "063", "102", "202", "203", "204", "205",
    "369", "556", "692", "753", "772", "790", "821", "823",
    "830", "831", "878", "879", "884", "890", "893"};

// The prefix of a US ZIP or ZIP+4 ("02139", "02139-4307", "021394307"), 000
// when it is restricted; a prefix alone is taken too. "" for anything else,
// such as a foreign postal code.
std::string HarborZip(std::string_view zip);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_ZIP3_H_
