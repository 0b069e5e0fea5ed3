// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/number_words.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "anonymizers/letter_case.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::array<std::string_view, 20> kSmallWords = {
    "zero",    "one",     "two",       "three",    "four",
    "five",    "six",     "seven",     "eight",    "nine",
    "ten",     "eleven",  "twelve",    "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> kTensWords = {
    "",      "",      "twenty",  "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety"};
constexpr std::array<std::string_view, 20> kOrdinals = {
    "zeroth",    "first",     "second",      "third",      "fourth",
    "fifth",     "sixth",     "seventh",     "eighth",     "ninth",
    "tenth",     "eleventh",  "twelfth",     "thirteenth", "fourteenth",
    "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"};

bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

enum class Kind : std::uint8_t { kNone, kSmall, kTens, kHundred, kThousand };

struct Word {
  Kind kind = Kind::kNone;
  int value = 0;
  bool ordinal = false;
};

template <std::size_t N>
int IndexOf(const std::array<std::string_view, N>& words,
            std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (!words[i].empty() && EqualsFolded(word, words[i])) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

Word Classify(std::string_view word) {
  if (const int n = IndexOf(kSmallWords, word); n >= 0) {
    return {Kind::kSmall, n, false};
  }
  if (const int n = IndexOf(kTensWords, word); n >= 0) {
    return {Kind::kTens, n * 10, false};
  }
  if (const int n = IndexOf(kOrdinals, word); n >= 0) {
    return {Kind::kSmall, n, true};
  }
  if (EqualsFolded(word, "twentieth")) return {Kind::kTens, 20, true};
  if (EqualsFolded(word, "thirtieth")) return {Kind::kTens, 30, true};
  if (EqualsFolded(word, "hundred")) return {Kind::kHundred, 100, false};
  if (EqualsFolded(word, "hundredth")) return {Kind::kHundred, 100, true};
  if (EqualsFolded(word, "thousand")) return {Kind::kThousand, 1000, false};
  if (EqualsFolded(word, "oh")) return {Kind::kSmall, 0, false};
  if (EqualsFolded(word, "a")) return {Kind::kSmall, 1, false};
  return {};
}

std::size_t LettersAt(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && IsLetter(text[end])) ++end;
  return end - at;
}

// Where the next word begins behind a hyphen, white space or " and ".
std::size_t NextWord(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() && (IsSpace(text[at]) || text[at] == '-')) ++at;
  if (at == begin) return text.size();
  if (LettersAt(text, at) == 3 && EqualsFolded(text.substr(at, 3), "and")) {
    at += 3;
    while (at < text.size() && IsSpace(text[at])) ++at;
  }
  return at;
}

// Adds words one by one; false when a word doesn't continue the number.
class Sum {
 public:
  bool Add(const Word& word) {
    switch (word.kind) {
      case Kind::kNone:
        return false;
      case Kind::kHundred:
        if (!any_ || open_ < 1 || open_ > 99) return false;
        total_ += open_ * 100;
        open_ = 0;
        room_ = 100;
        return true;
      case Kind::kThousand:
        if (!any_ || open_ < 1 || open_ > 9 || total_ > 0) return false;
        total_ = open_ * 1000;
        open_ = 0;
        room_ = 1000;
        return true;
      case Kind::kTens:
      case Kind::kSmall:
        return AddSmall(word);
    }
    return false;
  }
  int value() const { return total_ + open_; }

 private:
  bool AddSmall(const Word& word) {
    const int value = word.value;
    if (!any_ || (open_ == 0 && room_ > value)) {
      open_ = value;
    } else if (open_ >= 20 && open_ % 10 == 0 && value > 0 && value < 10) {
      open_ += value;
    } else if (open_ >= 10 && open_ <= 99 && total_ == 0 && value >= 10) {
      total_ = open_ * 100;  // nineteen thirty
      open_ = value;
    } else if (open_ >= 10 && open_ <= 99 && total_ == 0 && value == 0) {
      total_ = open_ * 100;  // nineteen oh five
      open_ = 0;
      room_ = 10;
    } else {
      return false;
    }
    any_ = true;
    return true;
  }

  int total_ = 0;
  int open_ = 0;  // below 100: may still be multiplied
  int room_ = 0;  // what the word before leaves room for
  bool any_ = false;
};

}  // namespace

std::optional<NumberWords> ReadNumberWords(std::string_view text) {
  Sum sum;
  NumberWords read;
  bool article = false;
  for (std::size_t at = 0; at < text.size() && !read.ordinal;) {
    const std::size_t size = LettersAt(text, at);
    if (size == 0) break;
    const Word word = Classify(text.substr(at, size));
    if (at > 0 && size == 1) break;  // an article inside ends it
    if (!sum.Add(word)) break;
    article = at == 0 && size == 1;
    read.value = sum.value();
    read.size = at + size;
    read.ordinal = word.ordinal;
    at = NextWord(text, at + size);
  }
  if (read.size == 0 || article) return std::nullopt;
  return read;
}

std::string OrdinalInWords(int number, char joint) {
  if (number == 20) return "twentieth";
  if (number == 30) return "thirtieth";
  if (number < 20) {
    const auto index = static_cast<std::size_t>(std::max(number, 0));
    return std::string(kOrdinals[index]);
  }
  std::string out(kTensWords[static_cast<std::size_t>(number / 10 % 10)]);
  out += joint;
  out += kOrdinals[static_cast<std::size_t>(number % 10)];
  return out;
}

namespace {

std::string BelowHundred(int n, char joint) {
  if (n < 20) return std::string(kSmallWords[static_cast<std::size_t>(n)]);
  std::string out(kTensWords[static_cast<std::size_t>(n / 10)]);
  if (n % 10 == 0) return out;
  out += joint;
  return out += kSmallWords[static_cast<std::size_t>(n % 10)];
}

}  // namespace

std::string YearInWords(int year, char joint) {
  year = std::clamp(year, 0, 9999);
  if (year < 100) return BelowHundred(year, joint);
  const int rest = year % 100;
  const std::string low = BelowHundred(rest, joint);
  if (year / 100 % 10 == 0 && year >= 1000) {
    const std::string high = BelowHundred(year / 1000, joint);
    return rest == 0 ? Concat({high, " thousand"})
                     : Concat({high, " thousand ", low});
  }
  const std::string high = BelowHundred(year / 100, joint);
  if (rest == 0) return Concat({high, " hundred"});
  return Concat({high, rest < 10 ? " oh " : " ", low});
}

}  // namespace phiwire
