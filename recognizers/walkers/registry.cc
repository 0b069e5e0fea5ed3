// SPDX-License-Identifier: Apache-2.0

#include <array>

#include "recognizers/walkers/walkers.h"

namespace phiwire {
namespace {

constexpr std::array kWalkers = {
    NamedWalker{"bare_domain", WalkBareDomain},
    NamedWalker{"city_state", WalkCityState, kCapitalCases},
    NamedWalker{"county", WalkCounty},
    NamedWalker{"county_prefix", WalkCountyPrefix, kCapitalCases},
    NamedWalker{"email", WalkEmail},
    NamedWalker{"email_spaced", WalkEmailSpaced},
    NamedWalker{"email_spelled", WalkEmailSpelled},
    NamedWalker{"file_name", WalkFileName},
    NamedWalker{"holiday", WalkHoliday},
    NamedWalker{"ipv6", WalkIpv6},
    NamedWalker{"labelled_address", WalkLabelledAddress},
    NamedWalker{"labelled_id", WalkLabelledId},
    NamedWalker{"labelled_name", WalkLabelledName, kAnyCase,
                WalkBehind::kCapitalOrMark},
    NamedWalker{"labelled_organisation", WalkLabelledOrganisation},
    NamedWalker{"labelled_phone", WalkLabelledPhone},
    NamedWalker{"labelled_place", WalkLabelledPlace},
    NamedWalker{"labelled_plate", WalkLabelledPlate},
    NamedWalker{"labelled_ssn", WalkLabelledSsn},
    NamedWalker{"labelled_user", WalkLabelledUser},
    NamedWalker{"labelled_words", WalkLabelledWords},
    NamedWalker{"last_word", WalkLastWord},
    NamedWalker{"month", WalkMonth},
    NamedWalker{"name_caret", WalkNameCaret},
    NamedWalker{"name_list", WalkNameList, kAnyCase, WalkBehind::kCapital},
    NamedWalker{"organisation", WalkOrganisation, kCapitalCases},
    NamedWalker{"organisation_or_phrase", WalkOrganisationOrPhrase,
                kCapitalCases},
    NamedWalker{"organisation_right", WalkOrganisationRight, kCapitalCases},
    NamedWalker{"person_credential", WalkPersonCredential, kCapitalCases},
    NamedWalker{"person_title", WalkPersonTitle},
    NamedWalker{"place_left", WalkPlaceLeft, kCapitalCases},
    NamedWalker{"place_right", WalkPlaceRight, kCapitalCases},
    NamedWalker{"request_path", WalkRequestPath},
    NamedWalker{"saint", WalkSaint, kCapitalCases},
    NamedWalker{"street", WalkStreet, kCapitalCases},
    NamedWalker{"street_numbered", WalkStreetNumbered},
    NamedWalker{"street_prefix", WalkStreetPrefix, kCapitalCases},
    NamedWalker{"udi", WalkUdi},
    NamedWalker{"url", WalkUrl},
    NamedWalker{"url_spelled", WalkUrlSpelled},
    NamedWalker{"user_dotted", WalkUserDotted, kAnyCase,
                WalkBehind::kJoinedLower},
};

}  // namespace

std::span<const NamedWalker> AllWalkers() { return kWalkers; }

const NamedWalker* FindWalker(std::string_view name) {
  for (const NamedWalker& w : kWalkers) {
    if (w.name == name) return &w;
  }
  return nullptr;
}

}  // namespace phiwire
