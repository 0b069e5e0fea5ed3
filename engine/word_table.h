// SPDX-License-Identifier: Apache-2.0
//
// What each word is by itself (its fold, case, kind, lexicon entry, classes),
// worked out when it is first met and kept from text to text, and a number for
// it: later stages keep what they make of a word in arrays by that number.
// Words are told apart by their bytes, so "Will", "will" and "WILL" are three.
//
// Nineteen words in twenty have at most sixteen bytes and were met before: one
// load from a direct-mapped table, compared byte by byte. The others are told
// apart by a hash of 64 bits.
//
// A number of more than four digits is known by its length alone, so that
// running numbers don't fill the memory: its id is shared, the hash is not.
//
// Words of letters are soon all known; those with digits in them ("A1234567")
// are new in every text and seldom come back. When there are many of them Start
// forgets them alone, and their numbers are given out again.
//
// Belongs to one thread, and what it holds is of that thread's texts. Memory:
// 1 MB, and 60 to 110 bytes a word; Start forgets all words when there are too
// many. Lexicon and classes must outlive it and not change.

#ifndef PHIWIRE_ENGINE_WORD_TABLE_H_
#define PHIWIRE_ENGINE_WORD_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/lexicon.h"
#include "engine/document.h"
#include "engine/word_classes.h"

namespace phiwire {

// The id goes beside the token (Document::ids).
struct NumberedWord : Word {
  std::uint32_t id = 0;
};

// The bytes of a word of up to sixteen, zeros behind them. Not set when made:
// it is filled at once, for every word of a text.
struct WordKey {
  std::uint64_t low;
  std::uint64_t high;
};

class WordTable {
  static constexpr std::size_t kShortBits = 15;
  struct alignas(32) Entry {
    WordKey key{};
    NumberedWord word;
  };
  static std::size_t SlotOf(const WordKey& key) {
    return (key.low + key.high * 0xD6E8FEB86659FD93u) * 0x9E3779B97F4A7C15u >>
           (64 - kShortBits);
  }

 public:
  static constexpr std::size_t kLongestKey = sizeof(WordKey);

  WordTable(const Lexicon& lexicon, const WordClasses& classes);

  // Before each text. Every id given out so far may end here.
  void Start();
  // All ids are smaller.
  std::uint32_t size() const { return next_id_; }
  // Another object after all ids have ended: what was kept by id is void then.
  const std::shared_ptr<const int>& epoch() const { return epoch_; }
  // How often some ids have ended in this epoch, and which did the last time.
  std::uint32_t ends() const { return ends_; }
  std::span<const std::uint32_t> ended() const { return ended_; }

  // Words met before, until the next Find.
  class Known {
   public:
    // The word or sign with these bytes, or nullptr: then it is Find's.
    const NumberedWord* Find(const WordKey& key) const {
      const Entry& entry = entries_[SlotOf(key)];
      const bool same =
          ((entry.key.low ^ key.low) | (entry.key.high ^ key.high)) == 0;
      return same ? &entry.word : nullptr;
    }

   private:
    friend class WordTable;
    explicit Known(const Entry* entries) : entries_(entries) {}
    const Entry* entries_;
  };
  Known known() const { return Known(entries_.data()); }
  // What else is known of words, by id; until the next Find.
  const WordFacts* facts() const { return facts_.data(); }
  const std::uint32_t* hashes() const { return hashes_.data(); }
  // The same, worked out when it is new. `surface` is a word of any length or
  // one sign; valid until the next call.
  const NumberedWord& Find(std::string_view surface);

 private:
  static constexpr std::size_t kMostWords = 1 << 16;
  static constexpr std::size_t kMostMixed = 1 << 13;  // TokenKind::kMixed
  // Ids of numbers of so many digits; 0 is no word's.
  static constexpr std::size_t kNumberIds = 33;
  struct Slot {
    std::uint64_t hash = 0;
    NumberedWord word;
  };
  void Forget();
  void ForgetMixed();
  Word WordOf(std::string_view surface, WordFacts* facts) const;
  const NumberedWord& LongNumber(std::string_view surface);
  const NumberedWord& FindOrAdd(std::string_view surface);
  std::uint32_t NewId();
  void Rebuild(std::size_t slots);

  const Lexicon& lexicon_;
  const WordClasses& classes_;
  std::vector<Entry> entries_;         // by SlotOf
  std::vector<Slot> slots_;            // by hash, a quarter of them free
  std::vector<WordFacts> facts_;       // by id
  std::vector<std::uint32_t> hashes_;  // by id, 0 of long numbers
  std::size_t used_ = 0;
  std::size_t mixed_ = 0;  // of them
  std::uint32_t next_id_ = 0;
  std::uint32_t ends_ = 0;
  std::vector<std::uint32_t> ended_;
  std::vector<std::uint32_t> free_;  // of those that ended
  NumberedWord number_;              // the last long one
  std::shared_ptr<const int> epoch_;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_WORD_TABLE_H_
