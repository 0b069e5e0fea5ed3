// SPDX-License-Identifier: Apache-2.0
//
// Finds values that are known to be PHI (from PID, a roster, a deny list) in
// a document's tokens, in any case and whatever stands between their words.
// Names are looked for word by word ("DOE", "JOHN") and must not be common
// words in lower case ("will" of Will Hope): there they are evidence only.
//
// One index serves one list of values; it is cheap to build (a few hundred
// nanoseconds a value) and belongs to one thread.

#ifndef PHIWIRE_RULES_KNOWN_VALUES_H_
#define PHIWIRE_RULES_KNOWN_VALUES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "engine/document.h"

namespace phiwire {

struct KnownMatch {
  std::uint32_t first = 0;  // tokens [first, last]
  std::uint32_t last = 0;
  PhiType type = PhiType::kName;
};

class KnownValueIndex {
 public:
  void Build(std::span<const KnownValue> values);
  // Appends the matches in order; longer ones win over those inside them.
  void Find(const Document& document, std::vector<KnownMatch>* matches) const;
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::uint32_t first_hash = 0;
    std::uint32_t begin = 0;  // into hashes_
    std::uint32_t end = 0;
    PhiType type = PhiType::kName;
  };
  std::size_t MatchLength(const Document& document, std::size_t token,
                          const Entry& entry) const;
  std::vector<Entry> entries_;  // sorted by first_hash
  std::vector<std::uint32_t> hashes_;
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_KNOWN_VALUES_H_
