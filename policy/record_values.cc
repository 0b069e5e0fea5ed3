// SPDX-License-Identifier: Apache-2.0

#include "policy/record_values.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "engine/canonical_plain.h"
#include "policy/placeholders.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

// In longer texts the index pays for itself.
constexpr std::size_t kFewTokens = 32;
// Then the values are put together: a record may have as many texts as values,
// and values enough to make each ask a long one.
constexpr std::size_t kMostAsked = 64;
constexpr std::size_t kMostFolded = 1'024;

// By the first byte of a word: a letter whatever its case, a digit; one bit
// for all that may be anything (other alphabets, accents).
constexpr std::uint64_t kAny = std::uint64_t{1} << 63;
constexpr auto kBits = [] {
  std::array<std::uint64_t, 256> bits{};  // 0: no byte of a word
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const std::size_t small = i | 0x20;
    if (small >= 'a' && small <= 'z' && i < 0x80) {
      bits[i] = std::uint64_t{1} << (small - 'a');
    } else if (i >= '0' && i <= '9') {
      bits[i] = std::uint64_t{1} << (26 + i - '0');
    } else if (i >= 0x80) {
      bits[i] = kAny;
    }
  }
  return bits;
}();

std::uint64_t BitAt(std::string_view text, std::size_t at) {
  return kBits[static_cast<unsigned char>(text[at])];
}

// Behind a sign it tells only of plain text: otherwise an escape may begin
// there, which the value's words are without (rules/value_words.h).
std::uint64_t FirstBit(std::string_view value) {
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::uint64_t bit = BitAt(value, i);
    if (bit == 0) continue;
    if (i == 0) return bit;
    return IsPlainText(value) ? bit : kAny;
  }
  return 0;
}

// The words of a short text, and what any of them begins with.
class Words {
 public:
  explicit Words(const Document& document) {
    for (const Token& t : document.tokens) {
      if (!IsWordToken(t)) continue;
      hashes_[count_++] = t.hash;
      begins_ |= BitAt(document.text, t.begin);
      digits_ = digits_ || t.kind != TokenKind::kWord;
    }
  }
  bool digits() const { return digits_; }
  std::size_t folded() const { return folded_; }  // values, by HoldFirstOf

  // Whether the first word of `value` is one of them.
  bool HoldFirstOf(std::string_view value) {
    const std::uint64_t bit = FirstBit(value);
    if (((bit & begins_) == 0 && ((bit | begins_) & kAny) == 0) || bit == 0) {
      return false;
    }
    value_.clear();
    ++folded_;
    AppendWordHashes(value, &canonical_, &value_);
    const auto end = hashes_.begin() + static_cast<std::ptrdiff_t>(count_);
    return !value_.empty() &&
           std::find(hashes_.begin(), end, value_.front()) != end;
  }

 private:
  std::array<std::uint32_t, kFewTokens> hashes_;
  std::size_t count_ = 0;
  std::uint64_t begins_ = 0;
  bool digits_ = false;
  CanonicalText canonical_;
  std::vector<std::uint32_t> value_;  // hashes of its words
  std::size_t folded_ = 0;
};

}  // namespace

bool RecordValues::MayStandIn(const Document& document) const {
  Words words(document);
  bool may = false;
  if (fields_->late_known == nullptr) {
    may = std::any_of(fields_->known.begin(), fields_->known.end(),
                      [&](const KnownValue& known) {
                        return words.HoldFirstOf(known.value);
                      });
  } else {
    may = words.digits();
    if (may) return true;
    fields_->late_known->ForEachText(
        [&](std::string_view text) { may = may || words.HoldFirstOf(text); });
  }
  folded_ += words.folded();
  return may;
}

void RecordValues::Build() const {
  if (fields_->late_known != nullptr) {
    fields_->known = fields_->late_known->Take(fields_->fields);
    fields_->late_known = nullptr;
  }
  LeaveOutPlaceholders(record_, &fields_->known);
  index_.emplace(fields_->known);
}

void RecordValues::Find(const Document& document,
                        std::vector<KnownMatch>* matches) const {
  if (!index_) {
    const bool few = document.tokens.size() <= kFewTokens;
    if (few && ++asked_ <= kMostAsked && folded_ <= kMostFolded &&
        !MayStandIn(document)) {
      return;
    }
    Build();
  }
  index_->Find(document, matches);
}

}  // namespace phiwire
