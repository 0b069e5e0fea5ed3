// SPDX-License-Identifier: Apache-2.0
//
// surrogate: a realistic fake in the written form of the value, drawn by the
// key, so that the same value has the same fake in every record and format and
// nobody without the key can tell which. Never the value itself.
//
//   names    by person: "Doe", "Mr. Doe", "DOE, JOHN" and DOE^JOHN are one
//            (person_book.h); the sex of the first name is kept
//   others   fake_place.h, fake_contact.h, fake_shape.h
//   ages     kept under 90, else 90
//   dates    not this one's business: the slot's Safe Harbor form, "[DATE]"
//
//   sex      keep (default) or any: the sex of a fake first name
//   initial  any (default) or keep: the initials of a name stay
//
// A fake that is also a value of the record is written all the same and counted
// ("fake_collision"). Not Safe Harbor: derived from the value (45 CFR
// 164.514(c)).

#ifndef PHIWIRE_ANONYMIZERS_SURROGATE_H_
#define PHIWIRE_ANONYMIZERS_SURROGATE_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 2> kSurrogateParams = {"initial",
                                                                     "sex"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewSurrogate(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_SURROGATE_H_
