// SPDX-License-Identifier: Apache-2.0
//
// What a stage keeps of each word, by its number, from text to text: a load in
// place of a look-up. A new T{} says that nothing is known yet. Belongs to one
// thread.
//
//   WordMemo<Sums> memo;
//   memo.Start(*document.words);
//   Sums& sums = memo[document.ids[i]];

#ifndef PHIWIRE_ENGINE_WORD_MEMO_H_
#define PHIWIRE_ENGINE_WORD_MEMO_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/word_table.h"

namespace phiwire {

template <class T>
class WordMemo {
 public:
  // Before each text, after it was cut into tokens. Whether all that was known
  // is void. `end(entry)` is told of each that ends without that.
  template <class End>
  bool Start(const WordTable& words, End end) {
    // Only those of the last time are listed.
    const bool anew = epoch_ != words.epoch() || words.ends() > ends_ + 1;
    if (anew) {
      entries_.clear();
      epoch_ = words.epoch();
    } else if (words.ends() != ends_) {
      for (const std::uint32_t id : words.ended()) {
        if (id >= entries_.size()) continue;
        end(entries_[id]);
        entries_[id] = T{};
      }
    }
    ends_ = words.ends();
    if (entries_.size() < words.size()) entries_.resize(words.size());
    return anew;
  }
  bool Start(const WordTable& words) {
    return Start(words, [](const T&) {});
  }
  T& operator[](std::uint32_t id) { return entries_[id]; }
  const T& operator[](std::uint32_t id) const { return entries_[id]; }

 private:
  std::vector<T> entries_;
  std::shared_ptr<const int> epoch_;  // held, so that none other has its place
  std::uint32_t ends_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_WORD_MEMO_H_
