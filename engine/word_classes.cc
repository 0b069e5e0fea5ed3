// SPDX-License-Identifier: Apache-2.0

#include "engine/word_classes.h"

#include "base/lexicon.h"
#include "base/strings.h"

namespace phiwire {

WordClasses::WordClasses() : slots_(1024), mask_(1023) {}

absl::StatusOr<int> WordClasses::AddClass(std::string_view name) {
  const int known = Bit(name);
  if (known >= 0) return known;
  if (names_.size() == 64) {
    return absl::OutOfRangeError(
        Concat({"word class ", name, " is one more than the 64 there can be"}));
  }
  names_.emplace_back(name);
  return static_cast<int>(names_.size()) - 1;
}

void WordClasses::AddWord(int bit, std::string_view word) {
  if (used_ * 2 >= slots_.size()) Grow();
  const std::uint32_t hash = HashWord(word);
  std::size_t slot = hash & mask_;
  while (slots_[slot].bits != 0 && slots_[slot].hash != hash) {
    slot = (slot + 1) & mask_;
  }
  if (slots_[slot].bits == 0) ++used_;
  slots_[slot].hash = hash;
  slots_[slot].bits |= std::uint64_t{1} << bit;
}

void WordClasses::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& s : old) {
    if (s.bits == 0) continue;
    std::size_t slot = s.hash & mask_;
    while (slots_[slot].bits != 0) slot = (slot + 1) & mask_;
    slots_[slot] = s;
  }
}

int WordClasses::Bit(std::string_view name) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i] == name) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace phiwire
