// SPDX-License-Identifier: Apache-2.0
//
// A short list of lower-case words, asked about every word of a name or
// address: nearly all are turned away by length and first letter, without a
// comparison. Built at compile time.
//
//   constexpr WordSet kUnits(kUnitWords);   // an array, sorted
//   kUnits.Has("apt")

#ifndef PHIWIRE_ANONYMIZERS_WORD_SET_H_
#define PHIWIRE_ANONYMIZERS_WORD_SET_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace phiwire {

class WordSet {
 public:
  static constexpr std::size_t kLongest = 15;

  // `words` must be sorted, of static storage, none longer than kLongest.
  explicit constexpr WordSet(std::span<const std::string_view> words)
      : words_(words) {
    for (std::string_view word : words) firsts_[word.size()] |= Bit(word[0]);
  }

  bool Has(std::string_view word) const { return Find(word) != words_.size(); }

  // Its place in the list, or the list's size.
  std::size_t Find(std::string_view word) const {
    if (word.empty() || word.size() > kLongest ||
        (firsts_[word.size()] & Bit(word[0])) == 0) {
      return words_.size();
    }
    const auto at = std::lower_bound(words_.begin(), words_.end(), word);
    return at != words_.end() && *at == word
               ? static_cast<std::size_t>(at - words_.begin())
               : words_.size();
  }

 private:
  static constexpr std::uint32_t Bit(char c) {
    return std::uint32_t{1} << (static_cast<unsigned char>(c) % 32);
  }

  std::span<const std::string_view> words_;
  std::array<std::uint32_t, kLongest + 1> firsts_{};
};

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_WORD_SET_H_
