// SPDX-License-Identifier: Apache-2.0
//
// A written date cut into numbers, names and what stands between them: what
// date_reader.cc gives roles to. Internal to the date anonymizers.

#ifndef PHIWIRE_ANONYMIZERS_DATE_TOKENS_H_
#define PHIWIRE_ANONYMIZERS_DATE_TOKENS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "anonymizers/date_form.h"

namespace phiwire::internal {

enum class TokenKind : std::uint8_t {
  kNumber,
  kMonth,
  kWeekday,
  kRoman,  // maybe: I to XII between two numbers
  kWord,   // "the", "of": says nothing, may be copied
  kMark,   // separators, one or more
};

// No initial values, as DatePiece has none.
struct DateToken {
  DatePiece piece;
  int value;
  std::uint8_t width;  // digits; 0 for a number in words
  TokenKind kind;
  bool is_day;   // 4th, fourth
  bool is_year;  // '98
};

class DateTokens {
 public:
  // False when something in the text is neither a date's nor known to be
  // harmless: what can't be understood can't be copied.
  bool Read(std::string_view text);

  std::string_view text() const { return text_; }
  std::size_t size() const { return count_; }
  DateToken& operator[](std::size_t i) { return tokens_[i]; }
  const DateToken& operator[](std::size_t i) const { return tokens_[i]; }

  // Indexes of the numbers in order, at most kMaxNumbers.
  static constexpr std::size_t kMaxNumbers = 3;
  std::size_t numbers() const { return number_count_; }
  DateToken& number(std::size_t i) { return tokens_[numbers_[i]]; }
  std::size_t number_index(std::size_t i) const { return numbers_[i]; }
  // Of the only month (or roman candidate); size() when there is none.
  std::size_t month_index() const { return month_; }

  // What separates token `a` from the token `b` behind it: its punctuation,
  // ' ' for white space alone, 0 for nothing, '?' for more than marks or two
  // kinds of punctuation.
  char Separator(std::size_t a, std::size_t b) const;

 private:
  bool Add(const DateToken& token);
  bool ReadNumber(std::size_t* at);
  bool ReadWord(std::size_t* at);
  bool ReadMark(std::size_t* at);
  static bool Name(std::string_view word, DateToken* token);
  bool Numeral(std::string_view word, DateToken* token);
  std::string_view Source(const DateToken& token) const {
    return text_.substr(token.piece.begin, token.piece.size);
  }

  std::string_view text_;
  std::array<DateToken, DateForm::kMaxPieces> tokens_;
  std::size_t count_ = 0;
  std::array<std::size_t, kMaxNumbers> numbers_{};
  std::size_t number_count_ = 0;
  std::size_t month_ = DateForm::kMaxPieces;
};

}  // namespace phiwire::internal

#endif  // PHIWIRE_ANONYMIZERS_DATE_TOKENS_H_
