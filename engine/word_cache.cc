// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <cstring>

#include "engine/tokenizer.h"

namespace phiwire {

WordCache::WordCache(const Lexicon& lexicon, const WordClasses& classes)
    : lexicon_(lexicon),
      classes_(classes),
      entries_(kEntries),
      short_entries_((std::size_t{1} << kShortBits) + 1) {}

void WordCache::Defer(std::size_t index, std::uint8_t length,
                      std::vector<Token>* tokens) {
  Add({index, length, length, false}, tokens);
}

void WordCache::DeferShort(std::size_t index, std::uint64_t key,
                           std::uint8_t length, std::vector<Token>* tokens) {
  Token& token = (*tokens)[index];
  // Little endian: base/lexicon.cc insists on it.
  std::array<char, sizeof key> bytes;
  std::memcpy(bytes.data(), &key, sizeof key);
  token.hash = HashWord({bytes.data(), length});
  if (token.kind != TokenKind::kNumber) {
    Add({index, key, length, true}, tokens);
    return;
  }
  token.classes = 0;
  token.lex = {};
  short_entries_[SlotOf(key)] = {key, token.hash, 0, {}};
}

void WordCache::Add(const Deferred& word, std::vector<Token>* tokens) {
  lexicon_.Prefetch((*tokens)[word.token].hash);
  deferred_[deferred_count_++] = word;
  if (deferred_count_ == deferred_.size()) Finish(tokens);
}

void WordCache::Finish(std::vector<Token>* tokens) {
  for (std::size_t i = 0; i < deferred_count_; ++i) {
    const Deferred& word = deferred_[i];
    Token& token = (*tokens)[word.token];
    token.classes = classes_.Find(token.hash);
    token.lex = lexicon_.Find(token.hash, word.length);
    Entry& entry = word.by_bytes ? short_entries_[SlotOf(word.key)]
                                 : entries_[token.hash % kEntries];
    entry = {word.key, token.hash, token.classes, token.lex};
  }
  deferred_count_ = 0;
}

}  // namespace phiwire
