// SPDX-License-Identifier: Apache-2.0

#include "recognizers/validators/validators.h"

#include <array>

#include "base/check_digits.h"

namespace phiwire {
namespace {

constexpr std::array kValidators = {
    NamedValidator{"aba", IsAba},
    NamedValidator{"age_over_89", IsAgeOver89},
    NamedValidator{"au_medicare", IsAuMedicare},
    NamedValidator{"birth_year_over_89", IsBirthYearOver89},
    NamedValidator{"card", IsPaymentCard},
    NamedValidator{"code_shape", IsCodeShape},
    NamedValidator{"date_compact", IsCompactDate},
    NamedValidator{"date_md", IsMonthDayText},
    NamedValidator{"date_numeric", IsNumericDate},
    NamedValidator{"date_ocr", IsOcrDate},
    NamedValidator{"date_text", IsTextualDate},
    NamedValidator{"day_of_month", IsDayOfMonth},
    NamedValidator{"dea", IsDea},
    NamedValidator{"gtin", IsGtin},
    NamedValidator{"hex_mixed", IsMixedHex},
    NamedValidator{"iban", IsIban},
    NamedValidator{"ipv4", IsIpv4},
    NamedValidator{"ipv6", IsIpv6},
    NamedValidator{"login_shape", IsLoginShape},
    NamedValidator{"luhn", IsLuhn},
    NamedValidator{"mbi", IsMbi},
    NamedValidator{"nhs", IsNhs},
    NamedValidator{"npi", IsNpi},
    NamedValidator{"phone_international", IsInternationalPhone},
    NamedValidator{"phone_local", IsLocalPhone},
    NamedValidator{"phone_nanp", IsNanpPhone},
    NamedValidator{"phone_trunk", IsTrunkPhone},
    NamedValidator{"ssn", IsSsn},
    NamedValidator{"vin", IsVin},
};

}  // namespace

std::span<const NamedValidator> AllValidators() { return kValidators; }

Validator FindValidator(std::string_view name) {
  for (const NamedValidator& v : kValidators) {
    if (v.name == name) return v.check;
  }
  return nullptr;
}

}  // namespace phiwire
