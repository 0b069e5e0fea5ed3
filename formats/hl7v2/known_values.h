// SPDX-License-Identifier: Apache-2.0
//
// What a message says of its own people, to be looked for in its free text:
// names by part, ids and phones as written and in their usual written forms,
// dates of the patient in the forms notes write them, addresses.
//
// Not thread-safe: one collector a record.

#ifndef PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_
#define PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/field.h"

namespace phiwire::hl7v2 {

class KnownValues {
 public:
  // `value`: the decoded text of a slot of `segment`.
  void Add(std::string_view segment, PhiType type, SlotGrammar grammar,
           std::string_view value);

  // Whether a word of `text` is a known name or id; case is ignored. Only
  // words of three characters and more count: codes are that short.
  bool IsRepeatedIn(std::string_view text) const;

  // In order of value, each once. Leaves the collector empty.
  std::vector<KnownValue> Take();

 private:
  void Put(std::string value, PhiType type);
  void AddName(std::string_view value);
  void AddIdentifier(PhiType type, std::string_view value);
  void AddDate(std::string_view value);
  void AddPlace(PhiType type, std::string_view value);

  std::set<std::pair<std::string, PhiType>> values_;
  std::set<std::string, std::less<>> words_;  // upper case
  std::set<std::string, std::less<>> days_;   // YYYYMMDD already written out
};

// The ways notes write a day: "01/02/1980", "1/2/80", "1980-01-02",
// "January 2, 1980", "2 Jan 1980", ... `hl7` is YYYYMMDD...; none if invalid.
std::vector<std::string> WrittenDates(std::string_view hl7);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_
