// SPDX-License-Identifier: Apache-2.0
//
// Check digits of published identifiers. Every function takes the identifier
// as it is written; blanks, hyphens and full stops between the characters are
// skipped, anything else that does not belong makes it false. Pure functions.
//
//   IsNpi("1234567893")       IsDea("AB1234563")       IsNhs("943 476 5919")

#ifndef PHIWIRE_BASE_CHECK_DIGITS_H_
#define PHIWIRE_BASE_CHECK_DIGITS_H_

#include <string_view>

namespace phiwire {

// ISO/IEC 7812-1 annex B, any number of digits from 2 to 30.
bool IsLuhn(std::string_view text);

// National Provider Identifier: ten digits, 1 or 2 first, Luhn with 80840
// before them.
bool IsNpi(std::string_view text);

// DEA registration: registrant letter, letter or 9, seven digits the last of
// which is (d1+d3+d5 + 2(d2+d4+d6)) mod 10; a suffix of a hospital is skipped.
bool IsDea(std::string_view text);

// Medicare Beneficiary Identifier: eleven characters of fixed kinds, without
// S L O I B Z. It has no check digit.
bool IsMbi(std::string_view text);

// Vehicle identification number: 17 characters, check digit at nine
// (49 CFR 565.15).
bool IsVin(std::string_view text);

// US Social Security number: nine digits, area not 000, 666 or 9xx, group not
// 00, serial not 0000.
bool IsSsn(std::string_view text);

// ABA bank routing number: nine digits, weights 3 7 1; Federal Reserve prefix.
bool IsAba(std::string_view text);

// GS1 check digit of 8, 12, 13, 14 or 18 digits (GTIN, SSCC).
bool IsGtin(std::string_view text);

// NHS number (and CHI): ten digits, mod 11.
bool IsNhs(std::string_view text);

// IBAN, ISO 13616: mod 97.
bool IsIban(std::string_view text);

// Australian Medicare number: ten or eleven digits, 2 to 6 first, weights
// 1 3 7 9 1 3 7 9.
bool IsAuMedicare(std::string_view text);

// Payment card: 13 to 19 digits with a card scheme's first digit, Luhn.
bool IsPaymentCard(std::string_view text);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_CHECK_DIGITS_H_
