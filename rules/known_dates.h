// SPDX-License-Identifier: Apache-2.0
//
// Days that are known (dates of birth), found as they are written: 1/2/1980,
// 01-02-80, 1980-01-02, 19800102, January 2, 1980, 2nd Jan 1980, 02-JAN-1980.
// Month first and day first are both looked for, two digits of a year are of
// the 20th or 21st century. A day without its year is not.
//
// Filled by Add, immutable after that, safe from any thread. 18 KiB.

#ifndef PHIWIRE_RULES_KNOWN_DATES_H_
#define PHIWIRE_RULES_KNOWN_DATES_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "engine/document.h"

namespace phiwire {

class KnownDates {
 public:
  // False outside the years 1800 to 2199.
  bool Add(const CivilDate& date);
  // The day that begins at token i; first > last: none.
  KnownMatch Match(const Document& document, std::size_t i) const;

 private:
  bool Has(int year, int month, int day) const;
  bool HasDigits(std::string_view digits) const;
  bool HasOrdered(int first, int second, int year, bool two_digits) const;

  std::vector<bool> days_;  // since 1800-01-01
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_KNOWN_DATES_H_
