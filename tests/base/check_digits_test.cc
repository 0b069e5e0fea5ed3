// SPDX-License-Identifier: Apache-2.0

#include "base/check_digits.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

struct Vector {
  const char* name;
  bool (*check)(std::string_view);
  std::string text;  // holds
  // Whether every other last digit must fail: where there is a check digit.
  bool last_digit_checks;
};

const std::vector<Vector>& Published() {
  static const std::vector<Vector>* const kVectors = new std::vector<Vector>{
      // ISO/IEC 7812-1; https://en.wikipedia.org/wiki/Luhn_algorithm
      {"luhn", IsLuhn, "17893729974", true},
      // IMEI of the GSMA's example, 3GPP TS 23.003 annex B
      {"imei", IsLuhn, "490154203237518", true},
      // https://www.cms.gov, NPIcheckdigit.pdf
      {"npi", IsNpi, "1234567893", true},
      // https://en.wikipedia.org/wiki/DEA_number
      {"dea", IsDea, "F91234563", true},
      {"dea", IsDea, "AB1234563", true},
      // https://www.cms.gov/medicare/new-medicare-card
      {"mbi", IsMbi, "1EG4-TE5-MK73", false},
      {"mbi", IsMbi, "1eg4te5mk73", false},
      // 49 CFR 565.15(c), example; https://vpic.nhtsa.dot.gov
      {"vin", IsVin, "1M8GDM9AXKP042788", true},
      {"vin", IsVin, "11111111111111111", true},
      {"ssn", IsSsn, "212-09-9999", false},
      // https://en.wikipedia.org/wiki/ABA_routing_transit_number
      {"aba", IsAba, "111000025", true},
      {"aba", IsAba, "021000021", true},
      // GS1 General Specifications 7.9
      {"gtin", IsGtin, "6291041500213", true},
      {"gtin", IsGtin, "00643169007222", true},
      // https://www.datadictionary.nhs.uk/attributes/nhs_number.html
      {"nhs", IsNhs, "943 476 5919", true},
      // ISO 13616; https://www.iban.com
      {"iban", IsIban, "GB82 WEST 1234 5698 7654 32", true},
      {"iban", IsIban, "DE89370400440532013000", true},
      // Weights 1 3 7 9 1 3 7 9, check digit at nine, issue number at ten
      {"au_medicare", IsAuMedicare, "2123 45670 1", false},
      {"card", IsPaymentCard, "4111 1111 1111 1111", true},
      {"card", IsPaymentCard, "5500-0000-0000-0004", true},
  };
  return *kVectors;
}

TEST(CheckDigits, HoldForPublishedVectors) {
  for (const Vector& v : Published()) {
    EXPECT_TRUE(v.check(v.text)) << v.name << " " << v.text;
  }
}

TEST(CheckDigits, FailWhenTheLastDigitChanges) {
  for (const Vector& v : Published()) {
    if (!v.last_digit_checks) continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = v.text;
      if (changed.back() == digit) continue;
      changed.back() = digit;
      EXPECT_FALSE(v.check(changed)) << v.name << " " << changed;
    }
  }
}

TEST(CheckDigits, FailWhenALetterStrays) {
  for (const Vector& v : Published()) {
    EXPECT_FALSE(v.check(v.text + "!")) << v.name;
    // A GTIN-14 that begins with 0 is a GTIN-13 too.
    if (v.text[0] != '0') {
      EXPECT_FALSE(v.check(v.text.substr(1))) << v.name;
    }
    EXPECT_FALSE(v.check("")) << v.name;
  }
}

struct Row {
  bool (*check)(std::string_view);
  std::string text;
};

TEST(CheckDigits, KnowWhatIsNeverIssued) {
  const std::vector<Row> rows = {
      {IsSsn, "000-12-3456"},
      {IsSsn, "666-12-3456"},
      {IsSsn, "900-12-3456"},
      {IsSsn, "212-00-3456"},
      {IsSsn, "212-09-0000"},
      {IsMbi, "0EG4TE5MK73"},  // begins with 0
      {IsMbi, "1EG4TE5MK7A"},  // letter at the end
      {IsMbi, "1SG4TE5MK73"},  // S
      {IsMbi, "1E44TE5M473"},
      {IsVin, "1M8GDM9AXKPO42788"},  // O
      {IsNpi, "3234567893"},
      {IsNpi, "123456789"},
      {IsDea, "QB1234563"},
      {IsDea, "A11234563"},
      {IsAba, "000000000"},
      {IsNhs, "0000000000"},
      {IsPaymentCard, "9111111111111111"},
  };
  for (const Row& row : rows) EXPECT_FALSE(row.check(row.text)) << row.text;
}

}  // namespace
}  // namespace phiwire
