// SPDX-License-Identifier: Apache-2.0
//
// Phones, addresses of the net and accounts that can belong to nobody. Pure
// functions of the surface and the stream.
//
//   phone   ten digits (+1 or not): any area code, 555-01dd; seven: 555-01dd
//           (fiction's: NANPA), as written; other lengths digit for digit, an
//           international one with a national number that begins with 0.
//           Extensions are redrawn; "ext", "pager" and the like stay.
//   email   given.familyNN@example.org (RFC 2606), of the person's fake where
//           the account is made of both names ("john.doe@")
//   URL     scheme and "www." stay, example.org, a path of its own
//   IP      192.0.2, 198.51.100, 203.0.113 (RFC 5737), 2001:db8 (RFC 3849), a
//           MAC locally administered; port and prefix length stay
//   user    initial, family and as many digits; or like the email

#ifndef PHIWIRE_ANONYMIZERS_FAKE_CONTACT_H_
#define PHIWIRE_ANONYMIZERS_FAKE_CONTACT_H_

#include <optional>
#include <string>
#include <string_view>

#include "anonymizers/fake_shape.h"
#include "anonymizers/person_name.h"

namespace phiwire {

std::string FakePhone(std::string_view surface, FakeStream& stream);
// `person`: whose account it is, or null.
std::string FakeEmail(const FakeName* person, FakeStream& stream);
std::string FakeUrl(std::string_view surface, FakeStream& stream);
std::string FakeIp(std::string_view surface, FakeStream& stream);
std::string FakeUser(std::string_view surface, const FakeName* person,
                     FakeStream& stream);

// The person of "john.doe@clinic.org" or "john_doe"; nullopt where the account
// doesn't begin with a first name that the census has and a family name.
std::optional<NameParts> PersonOfAccount(std::string_view surface);

// What a phone number is known by: its digits, without the 1 of +1.
std::string PhoneKey(std::string_view surface);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_FAKE_CONTACT_H_
