// SPDX-License-Identifier: Apache-2.0
//
// Finds values that are known to be PHI (from PID, a deny list) in a
// document's tokens, in any case and whatever stands between their words.
// Names are looked for word by word ("DOE", "JOHN") and must not be common
// words in lower case ("will" of Will Hope): there they are evidence only.
//
// One index serves one list of values: built once (a few hundred nanoseconds a
// value), immutable, safe from any thread. A look-up is one probe a token.

#ifndef PHIWIRE_RULES_KNOWN_VALUES_H_
#define PHIWIRE_RULES_KNOWN_VALUES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "engine/document.h"
#include "engine/stages.h"
#include "rules/flat_table.h"

namespace phiwire {

class KnownValueIndex : public KnownMatcher {
 public:
  enum class Telling {
    kByValue,  // short words and common names in lower case are passed over
    kAlways,   // a deny list: every value that has a word is looked for
  };
  explicit KnownValueIndex(std::span<const KnownValue> values,
                           Telling telling = Telling::kByValue);

  // Appends the matches in order; longer ones win over those inside them.
  void Find(const Document& document,
            std::vector<KnownMatch>* matches) const override;
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::uint32_t first_hash = 0;
    std::uint32_t second_hash = 0;  // 0: a value of one word
    std::uint32_t begin = 0;        // into hashes_
    std::uint32_t end = 0;
    PhiType type = PhiType::kName;
  };
  struct Best {
    std::size_t length = 0;  // tokens
    PhiType type = PhiType::kName;
  };
  void SortEntries();
  Best LongestAt(const Document& document, std::size_t token,
                 std::uint32_t start) const;

  Telling telling_;
  std::vector<Entry> entries_;       // sorted by their words' hashes
  FlatTable<std::uint32_t> starts_;  // first hash -> its first entry
  std::vector<std::uint32_t> hashes_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_KNOWN_VALUES_H_
