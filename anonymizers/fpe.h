// SPDX-License-Identifier: Apache-2.0
//
// fpe: format-preserving encryption, FF1 (base/ff1.h). A value of the same
// form takes the place: digits become digits, punctuation and spaces stay where
// they are ("078-05-1120" gives "931-44-0287"). Reversible with the key.
//
//   check  none (unless given), luhn, npi, aba, nhs: a value whose check digit
//          is right becomes one whose check digit is right, a wrong one a wrong
//          one, so that systems which verify it go on as before
//
// Values of digits only are encrypted over the ten digits; with capital letters
// over the 36, with small ones over the 62 digits and letters, walking the
// cycle until the outcome is of the same class again. A domain under 1,000,000
// (six digits, four letters and digits) is refused, and so are letters beyond
// ASCII; the policy's on_failure says what then.
//
// Dates, ZIPs and codes in typed slots get their Safe Harbor form. No key id
// stands in the output: with several keys the current one is tried alone.

#ifndef PHIWIRE_ANONYMIZERS_FPE_H_
#define PHIWIRE_ANONYMIZERS_FPE_H_

#include <array>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"
#include "anonymizers/context.h"
#include "anonymizers/params.h"
#include "engine/anonymizer.h"

namespace phiwire {

inline constexpr std::array<std::string_view, 1> kFpeParams = {"check"};

absl::StatusOr<std::unique_ptr<Anonymizer>> NewFpe(
    const AnonymizerParams& params, const AnonymizerContext& context);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_FPE_H_
