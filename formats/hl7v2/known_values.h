// SPDX-License-Identifier: Apache-2.0
//
// What a message says of its own people, to be looked for in its free text:
// names by part, ids and phones as written and in their usual written forms,
// dates of the patient in the forms notes write them, addresses.
//
// Not thread-safe: one collector a record. Values are kept as views, looked at
// when a text or a code asks for them and written out by Take(): most messages
// have texts that none of their values stands in.

#ifndef PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_
#define PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_

#include <array>
#include <cstdint>
#include <forward_list>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
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
  bool IsRepeatedIn(std::string_view text) {
    return MayRepeat(text) && Repeats(text);
  }

  // In order of value, each once; of numbers and dates only what the texts
  // may hold (null: all). Leaves the collector empty.
  std::vector<KnownValue> Take(const DigitPairs* texts = nullptr);

  // Calls visit for texts such that whatever Take gives has a digit in it or
  // is one of them.
  void ForEachText(absl::FunctionRef<void(std::string_view)> visit) const;
  bool empty() const { return added_.empty(); }

 private:
  struct Slot {
    PhiType type = PhiType::kName;
    std::string_view value;
  };
  // Whose values a segment has.
  struct Owner {
    std::uint32_t segment = 0;
    bool personal = false;
    bool numbered = false;
  };

  bool IsKnown(std::string_view segment, PhiType type, SlotGrammar grammar);
  void AddUndone(PhiType type, std::string_view value);
  void Settle();
  void AddName(std::string_view value);
  void AddIdentifier(PhiType type, std::string_view value);
  void AddPlace(PhiType type, std::string_view value);
  void WriteDays(const DigitPairs* texts, std::vector<KnownValue>* out);
  void ScreenAll();
  void Screen(std::string_view word);
  bool IsScreened(std::string_view word) const;
  bool MayRepeat(std::string_view text);
  bool Repeats(std::string_view text);

  Owner owner_;
  std::vector<Slot> added_;                // by Add, trimmed
  std::forward_list<std::string> undone_;  // viewed by slots
  std::size_t settled_ = 0;   // of added_: in slots_, days_ and words_
  std::size_t screened_ = 0;  // of added_: in screen_
  std::vector<Slot> slots_;
  std::vector<std::string_view> days_;  // YYYYMMDD
  // Hashes of upper-case words, sorted by Repeats. Two words of one hash would
  // have a code scanned that need not be.
  std::vector<std::uint64_t> words_;
  // A bit a word, by its size and first letters: most words of a message are
  // none of these.
  std::array<std::uint64_t, 64> screen_ = {};
};

// The ways notes write a day: "01/02/1980", "1/2/80", "1980-01-02",
// "January 2, 1980", "2 Jan 1980", ... `hl7` is YYYYMMDD...; none if invalid.
std::vector<std::string> WrittenDates(std::string_view hl7);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_KNOWN_VALUES_H_
