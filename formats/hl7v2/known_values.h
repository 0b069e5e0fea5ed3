// SPDX-License-Identifier: Apache-2.0
//
// What a message says of its own people, to be looked for in its free text:
// names by part, ids and phones as written and in their usual written forms,
// dates of the patient in the forms notes write them, addresses.
//
// Not thread-safe: one collector a record. Values are kept as views and written
// out by Take(), which costs nothing for what no text can hold.

#ifndef PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_
#define PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/field.h"
#include "formats/hl7v2/digit_pairs.h"

namespace phiwire::hl7v2 {

class KnownValues {
 public:
  // `value`: the decoded text of a slot of `segment`; it must outlive the
  // collector.
  void Add(std::string_view segment, PhiType type, SlotGrammar grammar,
           std::string_view value);

  // Whether a word of `text` is a known name or id; case is ignored. Only
  // words of three characters and more count: codes are that short.
  bool IsRepeatedIn(std::string_view text);

  // In order of value, each once; of numbers and dates only what the texts
  // may hold (null: all). Leaves the collector empty.
  std::vector<KnownValue> Take(const DigitPairs* texts = nullptr);

 private:
  struct Slot {
    PhiType type = PhiType::kName;
    std::string_view value;
  };
  void AddName(std::string_view value);
  void AddIdentifier(PhiType type, std::string_view value);
  void AddPlace(PhiType type, std::string_view value);
  void WriteDays(const DigitPairs* texts, std::vector<KnownValue>* out);
  void AddWord(std::uint64_t hash);
  bool HasWord(std::uint64_t hash) const;

  std::vector<Slot> slots_;
  std::vector<std::string_view> days_;  // YYYYMMDD
  // Hashes of upper-case words, sorted by IsRepeatedIn. Two words of one hash
  // would have a code scanned that need not be.
  std::vector<std::uint64_t> words_;
  bool sorted_ = true;
  // One bit a hash: most words of a message are none of these.
  std::array<std::uint64_t, 16> seen_ = {};
};

// The ways notes write a day: "01/02/1980", "1/2/80", "1980-01-02",
// "January 2, 1980", "2 Jan 1980", ... `hl7` is YYYYMMDD...; none if invalid.
std::vector<std::string> WrittenDates(std::string_view hl7);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_
