// SPDX-License-Identifier: Apache-2.0

#include "policy/attack/date_attack.h"

#include <algorithm>
#include <unordered_map>

#include "anonymizers/date_form.h"

namespace phiwire {
namespace {

// Chi square of 6 degrees of freedom at p = 0.001.
constexpr double kUneven = 22.46;

std::size_t WeekdayOf(std::int64_t day) {
  const std::int64_t rest = (day + 4) % 7;  // 1 January 1970 was a Thursday
  return static_cast<std::size_t>(rest < 0 ? rest + 7 : rest);
}

std::size_t WaysToPlaceAWeekend(const std::set<std::int64_t>& days) {
  std::array<bool, 7> used{};
  for (const std::int64_t day : days) used[WeekdayOf(day)] = true;
  std::size_t ways = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    if (!used[i] && !used[(i + 1) % 7]) ++ways;
  }
  return ways;
}

}  // namespace

void DateAttack::Add(const std::string& patient, const std::string& date) {
  if (date.empty()) return;
  std::string repaired;
  const auto written = ReadDisguisedDate(date, order_, &repaired);
  if (!written || written->range) {
    ++unread_;
    return;
  }
  const CivilDate& civil = written->values.first.date;
  if (!IsDate(civil.year, civil.month, civil.day)) {
    ++unread_;
    return;
  }
  ++read_;
  days_[patient].insert(DaysFromCivil(civil));
}

void DateAttack::Weekdays(Result* result) const {
  for (const auto& [unused, days] : days_) {
    for (const std::int64_t day : days) ++result->weekdays[WeekdayOf(day)];
  }
  if (result->days == 0) return;
  const double all = static_cast<double>(result->days);
  result->weekend_share =
      static_cast<double>(result->weekdays[0] + result->weekdays[6]) / all;
  for (const std::size_t count : result->weekdays) {
    const double off = static_cast<double>(count) - all / 7;
    result->chi_square += off * off / (all / 7);
  }
  result->weekdays_uneven = result->chi_square > kUneven;
}

void DateAttack::WeekendsFound(Result* result) const {
  for (const auto& [unused, days] : days_) {
    if (days.size() < kLeastDays) continue;
    ++result->patients_with_days;
    if (WaysToPlaceAWeekend(days) == 1) ++result->weekend_found;
  }
}

void DateAttack::Intervals(Result* result) const {
  // The patient who has an interval, or kSeveral.
  constexpr std::size_t kSeveral = ~std::size_t{0};
  std::unordered_map<std::int64_t, std::size_t> owner;
  std::size_t patient = 0;
  for (const auto& [unused, days] : days_) {
    const std::vector<std::int64_t> list(days.begin(), days.end());
    const std::size_t size = std::min(list.size(), kMostDays);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = i + 1; j < size; ++j) {
        const auto [it, fresh] = owner.emplace(list[j] - list[i], patient);
        if (!fresh && it->second != patient) it->second = kSeveral;
      }
    }
    ++patient;
  }
  std::set<std::size_t> found;
  for (const auto& [unused, who] : owner) {
    if (who != kSeveral) found.insert(who);
  }
  result->found_by_two = found.size();
}

DateAttack::Result DateAttack::Finish() const {
  Result result;
  result.read = read_;
  result.unread = unread_;
  result.patients = days_.size();
  for (const auto& [unused, days] : days_) {
    result.days += days.size();
    result.fall_with_one += days.size() - 1;
    result.most_days = std::max(result.most_days, days.size());
    if (days.size() > 1) ++result.patients_with_two;
  }
  Weekdays(&result);
  WeekendsFound(&result);
  Intervals(&result);
  if (result.patients > 0) {
    result.mean_days =
        static_cast<double>(result.days) / static_cast<double>(result.patients);
  }
  return result;
}

}  // namespace phiwire
