// SPDX-License-Identifier: Apache-2.0

#include "recognizers/validators/validators.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

struct Row {
  std::string validator;
  std::string text;
  bool holds;
};

// Calendars, addresses and phones; the check digits' own vectors are in
// tests/base/check_digits_test.cc.
const std::vector<Row>& Rows() {
  static const std::vector<Row>* const kRows = new std::vector<Row>{
      {"date_numeric", "3/14/21", true},
      {"date_numeric", "14.03.2021", true},
      {"date_numeric", "2021-03-14", true},
      {"date_numeric", "2/29/2020", true},
      {"date_numeric", "2/29/2021", false},
      {"date_numeric", "13/13/2021", false},
      {"date_numeric", "3/14-21", false},
      {"date_numeric", "0/14/21", false},
      {"date_md", "3/14", true},
      {"date_md", "14/3", true},
      {"date_md", "2/29", true},
      {"date_md", "2/30", false},
      {"date_md", "20/40", false},
      {"date_md", "24/7", true},
      {"date_compact", "20210314", true},
      {"date_compact", "20210314083000", true},
      {"date_compact", "20210314243000", false},
      {"date_compact", "20211314", false},
      {"date_compact", "031421", true},
      {"date_compact", "993399", false},
      {"date_text", "12MAR2019", true},
      {"date_text", "March 14, 2019", true},
      {"date_text", "Mar '98", true},
      {"date_text", "Feb 30", false},
      {"date_text", "Feb 29 2019", false},
      {"date_text", "Mar 2019", true},
      {"date_text", "March 145", false},
      {"date_ocr", "ll.28.O7", true},
      {"date_ocr", "11.28.07", false},
      {"date_ocr", "ll.lI.OO", false},
      {"day_of_month", "31st", true},
      {"day_of_month", "32nd", false},
      {"age_over_89", "90", true},
      {"age_over_89", "119", true},
      {"age_over_89", "89", false},
      {"age_over_89", "120", false},
      {"birth_year_over_89", "1924", true},
      {"birth_year_over_89", "1936", false},
      {"ipv4", "10.20.4.118", true},
      {"ipv4", "10.20.4.256", false},
      {"ipv4", "10.20.4", false},
      {"ipv6", "2001:db8::4f", true},
      {"ipv6", "::1", false},
      {"ipv6", "12:30:45", false},
      {"hex_mixed", "deadbeef12", true},
      {"hex_mixed", "1234567890", false},
      {"login_shape", "jdoe3", true},
      {"login_shape", "b12", false},
      {"login_shape", "grade2", false},
      {"phone_nanp", "617-555-0142", true},
      {"phone_nanp", "1 (617) 555-0142", true},
      {"phone_nanp", "117-555-0142", false},
      {"phone_nanp", "617-155-0142", false},
      {"phone_nanp", "911-555-0142", false},
      {"phone_local", "555-0142", true},
      {"phone_local", "155-0142", false},
      {"phone_international", "+44 20 7946 0958", true},
      {"phone_international", "+1234567", false},
      {"phone_trunk", "020 7946 0958", true},
      {"phone_trunk", "00 44 20 7946", false},
  };
  return *kRows;
}

TEST(Validators, HoldOnTheTable) {
  for (const Row& row : Rows()) {
    const Validator check = FindValidator(row.validator);
    ASSERT_NE(check, nullptr) << row.validator;
    EXPECT_EQ(check(row.text), row.holds) << row.validator << " " << row.text;
  }
}

TEST(Validators, TakeAnyBytes) {
  const std::vector<std::string> odd = {
      "",   " ",  "-", "'", "\xFF", std::string(300, '1'), std::string(3, '\0'),
      "1/", "/1", "a", "+", "::",   std::string(64, ':')};
  for (const NamedValidator& v : AllValidators()) {
    for (const std::string& text : odd) {
      if (text.size() != 300) {
        EXPECT_FALSE(v.check(text)) << v.name;
      } else {
        v.check(text);
      }
    }
  }
}

TEST(Validators, AreFoundByNameOnly) {
  EXPECT_EQ(FindValidator("no such"), nullptr);
  for (std::size_t i = 1; i < AllValidators().size(); ++i) {
    EXPECT_LT(AllValidators()[i - 1].name, AllValidators()[i].name);
  }
}

}  // namespace
}  // namespace phiwire
