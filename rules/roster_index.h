// SPDX-License-Identifier: Apache-2.0
//
// Known patients, prepared for looking up: their names in every written form
// and with slips (rules/known_names.h), numbers whatever separates their
// digits, dates of birth as they are written, and addresses, mail and other
// values word by word.
//
// Filled by the Add functions and Finish, immutable after that and shared by
// threads. Building takes a few microseconds a patient; a word that is in no
// name costs a look-up one probe.
//
//   RosterIndex roster;
//   roster.AddName("Jane", "Q", "Roe");
//   roster.AddDate({1980, 1, 2});
//   roster.AddValue("0012345", PhiType::kMedicalRecord);
//   roster.Finish(1);

#ifndef PHIWIRE_RULES_ROSTER_INDEX_H_
#define PHIWIRE_RULES_ROSTER_INDEX_H_

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/field.h"
#include "engine/stages.h"
#include "rules/known_dates.h"
#include "rules/known_names.h"
#include "rules/known_numbers.h"
#include "rules/known_values.h"

namespace phiwire {

class RosterIndex : public KnownMatcher {
 public:
  void AddName(std::string_view first, std::string_view middle,
               std::string_view last);
  // False when the date is none, or outside the years 1800 to 2199.
  bool AddDate(const CivilDate& date);
  void AddValue(std::string_view value, PhiType type);
  void Finish(std::size_t people);

  void Find(const Document& document,
            std::vector<KnownMatch>* matches) const override;
  std::size_t people() const { return people_; }
  // Of names and numbers, which are the bulk.
  std::size_t bytes() const { return names_.bytes() + numbers_.bytes(); }

 private:
  void AddStreet(std::string_view value);
  KnownMatch MatchAt(const Document& document, std::size_t i) const;

  std::size_t people_ = 0;
  KnownNames names_;
  KnownNumbers numbers_;
  KnownDates dates_;
  // Values by words; the set lives until Finish.
  std::set<std::pair<std::string, PhiType>> pending_;
  std::optional<KnownValueIndex> phrases_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_ROSTER_INDEX_H_
