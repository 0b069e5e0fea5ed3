// SPDX-License-Identifier: Apache-2.0
//
// Part of DocumentView: how words are used in the whole document.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/ask_ahead.h"
#include "base/computed.h"
#include "rules/document_view.h"

namespace phiwire {

// How the words of some tokens are used in the document.
class DocumentView::Counter {
 public:
  Counter(DocumentView* view, const ClassMasks& masks)
      : view_(*view), tokens_(view->document_->tokens), masks_(masks) {}

  void Run(std::span<const std::uint32_t> wanted) {
    view_.uses_.assign(1, WordUse{});
    view_.use_at_.Reset(view_.size_);
    std::size_t slots = 64;
    while (slots < std::min(wanted.size() * kRoom, kFirstSlots)) slots *= 2;
    Reserve(slots);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      view_.AskBehind(wanted, k, DocumentView::kFastAhead);
      Add(tokens_[wanted[k]].hash);
    }
    const std::span<const std::uint32_t> words = view_.words();
    for (std::size_t w = 0; w < words.size(); w += kBlock) {
      CountBlock(words.subspan(w, std::min(kBlock, words.size() - w)));
    }
  }

 private:
  static constexpr std::size_t kBlock = 512;
  static constexpr std::size_t kAhead = 512;  // tokens
  static constexpr std::size_t kRoom = 4;     // slots for a word
  static constexpr std::size_t kFirstSlots = 1 << 14;

  void Reserve(std::size_t slots) {
    view_.use_slots_.assign(slots, 0);
    view_.use_bits_.assign(slots / 8, 0);  // 8 bits a slot
    SetBit(0);  // long numbers are told by their tokens alone
    for (std::uint32_t u = 1; u < view_.uses_.size(); ++u) {
      const std::uint32_t hash = view_.uses_[u].hash;
      SlotOf(hash) = u;
      SetBit(hash);
    }
  }
  // Those that may be counted first, by their number; then whether they are.
  void CountBlock(std::span<const std::uint32_t> words) {
    const std::uint32_t* const ids = view_.document_->ids.data();
    const std::uint32_t* const hashes = view_.document_->word_hashes;
    const std::uint64_t* const bits = view_.use_bits_.data();
    const std::size_t mask = view_.use_bits_.size() - 1;
    std::array<std::uint32_t, kBlock> counted;
    std::size_t count = 0;
    for (const std::uint32_t i : words) {
      AskAhead(ids + i, kAhead);
      const std::uint32_t hash = hashes[ids[i]];
      counted[count] = i;
      count += bits[hash >> 6 & mask] >> (hash & 63) & 1;
    }
    for (std::size_t c = 0; c < count; ++c) Count(counted[c]);
  }

  // The slot of a word, a free one when it isn't counted.
  std::uint32_t& SlotOf(std::uint32_t hash) const {
    std::vector<std::uint32_t>& slots = view_.use_slots_;
    std::size_t slot = hash & (slots.size() - 1);
    while (slots[slot] != 0 && view_.uses_[slots[slot]].hash != hash) {
      slot = (slot + 1) & (slots.size() - 1);
    }
    return slots[slot];
  }
  void Add(std::uint32_t hash) {
    std::uint32_t& slot = SlotOf(hash);
    if (slot != 0) return;
    slot = static_cast<std::uint32_t>(view_.uses_.size());
    view_.uses_.push_back(WordUse{.hash = hash});
    SetBit(hash);
    const std::size_t slots = view_.use_slots_.size();
    if (view_.uses_.size() * kRoom > slots * 2) Reserve(slots * 2);
  }
  void SetBit(std::uint32_t hash) {
    view_.use_bits_[hash >> 6 & (view_.use_bits_.size() - 1)] |=
        std::uint64_t{1} << (hash & 63);
  }
  void Count(std::size_t i) {
    view_.AskBehind(i);
    const Token& t = tokens_[i];
    const std::uint32_t index = SlotOf(t.hash);
    if (index == 0) return;
    view_.use_at_.Set(i, index);
    WordUse& use = view_.uses_[index];
    ++use.count;
    const bool lower = t.letter_case == Case::kLower;
    const bool word = t.kind == TokenKind::kWord;
    use.lower += lower & word;
    if (Computed(lower | !word)) return;
    use.upper += t.letter_case == Case::kUpper;
    use.title += t.letter_case == Case::kTitle || t.letter_case == Case::kMixed;
    use.titled += Titled(i);
  }

  // Behind a title or before a credential, with one token between at most.
  bool Titled(std::size_t i) const {
    const std::int32_t previous = view_.previous_word(i);
    if (previous >= 0 && i - static_cast<std::size_t>(previous) <= 2 &&
        (view_.facts(static_cast<std::size_t>(previous)).classes &
         masks_.title) != 0) {
      return true;
    }
    std::size_t next = i + 1;
    if (next < tokens_.size() && !IsWordLike(tokens_[next])) ++next;
    return next < tokens_.size() && IsWordLike(tokens_[next]) &&
           tokens_[next].letter_case != Case::kLower &&
           (view_.facts(next).classes & masks_.credential) != 0;
  }

  DocumentView& view_;
  const std::vector<Token>& tokens_;
  const ClassMasks& masks_;
};

void DocumentView::CountUses(std::span<const std::uint32_t> tokens,
                             const ClassMasks& masks) {
  Counter(this, masks).Run(tokens);
}

}  // namespace phiwire
