// SPDX-License-Identifier: Apache-2.0
//
// What shifted dates give away. A shift keeps the intervals between a patient's
// dates, that is its use; so one true date gives all of them, two true dates
// are an interval to look the patient up by, and where weekdays were kept, or
// can be told from a patient's own days off, few offsets are left to try.
//
// Results hold counts only. Pure functions.

#ifndef PHIWIRE_POLICY_ATTACK_DATE_ATTACK_H_
#define PHIWIRE_POLICY_ATTACK_DATE_ATTACK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"

namespace phiwire {

class DateAttack {
 public:
  struct Result {
    std::size_t read = 0;    // whole dates
    std::size_t unread = 0;  // cells that are none; empty ones don't count
    std::size_t patients = 0;
    std::array<std::size_t, 7> weekdays{};  // of days, Sunday first
    double weekend_share = 0;               // 2/7 when evenly spread
    double chi_square = 0;                  // of the weekdays, 6 degrees
    bool weekdays_uneven = false;           // at 1 in 1000
    // Patients with kLeastDays different days, and those of them whose days
    // leave one way alone to place a weekend without a date.
    std::size_t patients_with_days = 0;
    std::size_t weekend_found = 0;
    // Different days of a patient.
    double mean_days = 0;
    std::size_t most_days = 0;
    std::size_t days = 0;
    // Days that fall with the first one known, over all patients.
    std::size_t fall_with_one = 0;
    // Patients with an interval between two days that no other patient has.
    std::size_t patients_with_two = 0;
    std::size_t found_by_two = 0;
  };
  static constexpr std::size_t kLeastDays = 5;
  // Of a patient's days, the first ones, of which intervals are taken.
  static constexpr std::size_t kMostDays = 100;

  explicit DateAttack(DateOrder order) : order_(order) {}

  // One cell. Rows of the same patient are told by the same text.
  void Add(const std::string& patient, const std::string& date);
  Result Finish() const;

 private:
  void Weekdays(Result* result) const;
  void WeekendsFound(Result* result) const;
  void Intervals(Result* result) const;

  DateOrder order_;
  std::map<std::string, std::set<std::int64_t>> days_;  // by patient
  std::size_t read_ = 0;
  std::size_t unread_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ATTACK_DATE_ATTACK_H_
