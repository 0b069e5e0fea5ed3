// SPDX-License-Identifier: Apache-2.0

#include "engine/word_table.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "base/fold.h"
#include "engine/char_kind.h"

namespace phiwire {
namespace {

// By WordTraits::kinds.
constexpr TokenKind kWordKinds[8] = {TokenKind::kWord,   TokenKind::kWord,
                                     TokenKind::kWord,   TokenKind::kWord,
                                     TokenKind::kNumber, TokenKind::kMixed,
                                     TokenKind::kMixed,  TokenKind::kMixed};

// By: a lower-case letter in it; upper-case letters, two for more; the first
// is one of them.
constexpr Case kCases[2][3][2] = {{{Case::kNone, Case::kNone},
                                   {Case::kInitial, Case::kInitial},
                                   {Case::kUpper, Case::kUpper}},
                                  {{Case::kLower, Case::kLower},
                                   {Case::kMixed, Case::kTitle},
                                   {Case::kMixed, Case::kMixed}}};

// Words are of any length; of a word's fold so many bytes are hashed.
constexpr std::size_t kLongestFold = 256;

struct WordTraits {
  unsigned kinds = 0;  // of all its characters, together
  std::uint32_t uppers = 0;
  bool ascii = true;
  bool first_upper = false;
};

WordTraits TraitsOf(std::string_view surface) {
  WordTraits traits;
  for (std::size_t i = 0; i < surface.size();) {
    CharKind kind = KindAt(surface, i);
    std::size_t length = 1;
    if (kind == kHigh) {
      kind = HighKind(surface, i, &length);
      traits.ascii = false;
    }
    traits.kinds |= kind & kAlnum;  // an apostrophe is no part of it
    traits.uppers += kind == kUp;
    if (i == 0) traits.first_upper = kind == kUp;
    i += length;
  }
  return traits;
}

Word SignOf(std::string_view surface) {
  Word sign;
  sign.kind = surface == "\n" ? TokenKind::kNewline : TokenKind::kPunct;
  if (sign.kind == TokenKind::kPunct) {
    sign.symbol = surface.size() > 1 || KindAt(surface, 0) == kHigh
                      ? 0x80
                      : static_cast<std::uint8_t>(surface[0]);
  }
  return sign;
}

}  // namespace

// All but its id.
Word WordTable::WordOf(std::string_view surface, WordFacts* facts) const {
  const WordTraits traits = TraitsOf(surface);
  if (traits.kinds == 0) return SignOf(surface);
  Word word;
  word.kind = kWordKinds[traits.kinds];
  word.letter_case = kCases[traits.kinds & kLow][std::min(traits.uppers, 2U)]
                           [traits.first_upper ? 1 : 0];
  std::size_t folded = surface.size();
  if (traits.ascii) {
    std::uint32_t hash = HashWord("");
    for (const char c : surface.substr(0, kLongestFold)) {
      const bool upper = c >= 'A' && c <= 'Z';
      hash =
          (hash ^ static_cast<unsigned char>(upper ? c | 0x20 : c)) * 16777619u;
    }
    word.hash = hash == 0 ? 1 : hash;
  } else {
    std::array<char, kLongestFold> buffer;
    folded = FoldWord(surface, std::span(buffer));
    word.hash = HashWord(std::string_view(buffer.data(), folded));
  }
  if (word.kind == TokenKind::kNumber) return word;
  facts->classes = classes_.Find(word.hash);
  facts->lex = lexicon_.Find(
      word.hash, static_cast<std::uint8_t>(std::min<std::size_t>(folded, 255)));
  return word;
}

namespace {

// Of 64 bits and never 0: words are told apart by it.
std::uint64_t HashOf(std::string_view surface) {
  std::uint64_t hash = surface.size() + 1;
  for (std::size_t i = 0; i < surface.size(); i += 8) {
    std::uint64_t part = 0;
    std::memcpy(&part, surface.data() + i,
                std::min<std::size_t>(8, surface.size() - i));
    hash = (hash ^ part) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
  }
  hash *= 0xBF58476D1CE4E5B9u;
  hash ^= hash >> 32;
  return hash == 0 ? 1 : hash;
}

bool IsLongNumber(std::string_view surface) {
  constexpr std::size_t kTold = 4;
  return surface.size() > kTold &&
         std::all_of(surface.begin(), surface.end(),
                     [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

WordTable::WordTable(const Lexicon& lexicon, const WordClasses& classes)
    : lexicon_(lexicon), classes_(classes) {
  Forget();
}

void WordTable::Forget() {
  entries_.assign(std::size_t{1} << kShortBits, Entry{});
  slots_.assign(1024, Slot{});
  used_ = mixed_ = 0;
  next_id_ = kNumberIds;
  facts_.assign(kNumberIds, WordFacts{});
  hashes_.assign(kNumberIds, 0);
  ended_.clear();
  free_.clear();
  ends_ = 0;
  epoch_ = std::make_shared<const int>(0);
}

void WordTable::ForgetMixed() {
  ended_.clear();
  for (Slot& slot : slots_) {
    if (slot.hash == 0 || slot.word.kind != TokenKind::kMixed) continue;
    ended_.push_back(slot.word.id);
    slot = Slot{};
  }
  for (Entry& entry : entries_) {
    if (entry.word.kind == TokenKind::kMixed) entry = Entry{};
  }
  Rebuild(slots_.size());
  free_.insert(free_.end(), ended_.begin(), ended_.end());
  used_ -= mixed_;
  mixed_ = 0;
  ++ends_;
}

void WordTable::Start() {
  if (used_ > kMostWords) {
    Forget();
  } else if (mixed_ > kMostMixed) {
    ForgetMixed();
  }
}

const NumberedWord& WordTable::Find(std::string_view surface) {
  const NumberedWord& word =
      IsLongNumber(surface) ? LongNumber(surface) : FindOrAdd(surface);
  if (surface.size() <= kLongestKey) {
    WordKey key{};
    std::memcpy(&key, surface.data(), surface.size());
    entries_[SlotOf(key)] = {key, word};
  }
  return word;
}

const NumberedWord& WordTable::LongNumber(std::string_view surface) {
  WordFacts none;
  const std::size_t id = std::min(surface.size(), kNumberIds - 1);
  number_ = {WordOf(surface, &none), static_cast<std::uint32_t>(id)};
  return number_;
}

const NumberedWord& WordTable::FindOrAdd(std::string_view surface) {
  const std::uint64_t hash = HashOf(surface);
  std::size_t slot = hash & (slots_.size() - 1);
  while (slots_[slot].hash != 0 && slots_[slot].hash != hash) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  if (slots_[slot].hash == hash) return slots_[slot].word;
  const std::uint32_t id = NewId();
  WordFacts facts;
  const NumberedWord word = {WordOf(surface, &facts), id};
  facts_[id] = facts;
  hashes_[id] = word.hash;
  slots_[slot] = {hash, word};
  mixed_ += word.kind == TokenKind::kMixed ? 1 : 0;
  if (4 * ++used_ <= 3 * slots_.size()) return slots_[slot].word;
  Rebuild(2 * slots_.size());
  return FindOrAdd(surface);
}

std::uint32_t WordTable::NewId() {
  if (free_.empty()) {
    facts_.emplace_back();
    hashes_.emplace_back();
    return next_id_++;
  }
  const std::uint32_t id = free_.back();
  free_.pop_back();
  return id;
}

void WordTable::Rebuild(std::size_t slots) {
  std::vector<Slot> old(slots);
  old.swap(slots_);
  for (const Slot& from : old) {
    if (from.hash == 0) continue;
    std::size_t slot = from.hash & (slots_.size() - 1);
    while (slots_[slot].hash != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = from;
  }
}

}  // namespace phiwire
