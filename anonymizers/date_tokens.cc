// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/date_tokens.h"

#include <algorithm>

#include "anonymizers/number_words.h"
#include "base/ascii.h"

namespace phiwire::internal {
namespace {

bool IsHigh(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }
bool IsLetter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
bool IsSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

// Punctuation of UTF-8 that dates hold, each read as one of ASCII.
struct Mark {
  std::string_view bytes;
  char ascii;
};
constexpr std::array<Mark, 5> kMarks = {{
    {"\xE2\x80\x93", '-'},   // en dash
    {"\xE2\x80\x91", '-'},   // hyphen that doesn't break
    {"\xE2\x80\x99", '\''},  // apostrophe
    {"\xE2\x80\x98", '\''},
    {"\xC2\xA0", ' '},
}};

// The ASCII that stands for the mark at `at`, and its bytes; 0 for none.
char MarkAt(std::string_view text, std::size_t at, std::size_t* size) {
  *size = 1;
  const char c = text[at];
  if (IsSpace(c)) return ' ';
  constexpr std::string_view kPlain = "/.-,|'";
  if (kPlain.find(c) != std::string_view::npos) return c;
  for (const Mark& mark : kMarks) {
    if (text.substr(at).starts_with(mark.bytes)) {
      *size = mark.bytes.size();
      return mark.ascii;
    }
  }
  return 0;
}

// Words that may stand in a date and say nothing that identifies.
bool IsPlainWord(std::string_view word) {
  constexpr std::array<std::string_view, 18> kWords = {
      "the", "of", "on",  "in",        "mid", "early", "late", "last", "end",
      "day", "de", "del", "beginning", "le",  "el",    "next", "den",  "inst",
  };
  return std::any_of(kWords.begin(), kWords.end(), [word](std::string_view w) {
    return EqualsFolded(word, w);
  });
}

// The end of an ordinal's suffix behind a number, `at` when there is none.
std::size_t SuffixEnd(std::string_view text, std::size_t at, bool* first) {
  *first = false;
  if (text.substr(at).starts_with("\xC2\xBA")) {  // 1 with a raised o
    *first = true;
    return at + 2;
  }
  std::size_t end = at;
  while (end < text.size() && IsLetter(text[end])) ++end;
  if (end != at + 2) return at;
  const std::string_view suffix = text.substr(at, 2);
  for (std::string_view s : {"st", "nd", "rd", "th"}) {
    if (EqualsFolded(suffix, s)) return end;
  }
  for (std::string_view s : {"er", "ro"}) {
    if (EqualsFolded(suffix, s)) {
      *first = true;
      return end;
    }
  }
  return at;
}

DatePiece PieceAt(std::size_t begin, std::size_t end) {
  DatePiece piece{};
  piece.begin = static_cast<std::uint16_t>(begin);
  piece.size = static_cast<std::uint16_t>(end - begin);
  return piece;
}

}  // namespace

bool DateTokens::Add(const DateToken& token) {
  if (count_ == tokens_.size()) return false;
  if (token.kind == TokenKind::kNumber) {
    if (number_count_ == kMaxNumbers) return false;
    numbers_[number_count_++] = count_;
  } else if (token.kind == TokenKind::kMonth ||
             token.kind == TokenKind::kRoman) {
    if (month_ != DateForm::kMaxPieces) return false;
    month_ = count_;
  } else if (token.kind == TokenKind::kWeekday) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (tokens_[i].kind == TokenKind::kWeekday) return false;
    }
  }
  tokens_[count_++] = token;
  return true;
}

bool DateTokens::ReadNumber(std::size_t* at) {
  DateToken token{};
  token.kind = TokenKind::kNumber;
  const std::size_t begin = *at;
  std::size_t end = begin;
  while (end < text_.size() && IsDigit(text_[end])) {
    if (end - begin == 4) return false;
    token.value = token.value * 10 + (text_[end++] - '0');
  }
  token.width = static_cast<std::uint8_t>(end - begin);
  if (end < text_.size() && !IsSpace(text_[end])) {
    bool first = false;
    const std::size_t suffix = SuffixEnd(text_, end, &first);
    if (suffix > end) {
      token.is_day = true;
      token.piece.style = first ? DateStyle::kFirst : DateStyle::kOrdinal;
      token.piece.letter_case = text_[end] >= 'A' && text_[end] <= 'Z'
                                    ? LetterCase::kUpper
                                    : LetterCase::kLower;
      end = suffix;
    }
  }
  const DatePiece where = PieceAt(begin, end);
  token.piece.begin = where.begin;
  token.piece.size = where.size;
  token.is_year = token.width == 2 && begin > 0 && count_ > 0 &&
                  (text_[begin - 1] == '\'' ||
                   text_.substr(0, begin).ends_with("\xE2\x80\x99") ||
                   text_.substr(0, begin).ends_with("\xE2\x80\x98"));
  *at = end;
  return Add(token);
}

// Names of months and weekdays; false when the word is neither.
bool DateTokens::Name(std::string_view word, DateToken* token) {
  if (const MonthName m = ReadMonth(word); m.month != 0) {
    token->kind = TokenKind::kMonth;
    token->value = m.month;
    token->piece.language = m.language;
    token->piece.style = m.cut ? DateStyle::kCut : DateStyle::kName;
    return true;
  }
  const WeekdayName w = ReadWeekday(word);
  if (w.weekday < 0) return false;
  token->kind = TokenKind::kWeekday;
  token->value = w.weekday;
  token->piece.style = w.cut ? DateStyle::kCut : DateStyle::kName;
  return true;
}

// Numbers in words, which may go on behind the first word, and Roman ones.
bool DateTokens::Numeral(std::string_view word, DateToken* token) {
  if (const auto n = ReadNumberWords(text_.substr(token->piece.begin))) {
    token->kind = TokenKind::kNumber;
    token->value = n->value;
    token->is_day = n->ordinal;
    token->is_year = !n->ordinal;
    token->piece.style = DateStyle::kWords;
    token->piece.size = static_cast<std::uint16_t>(n->size);
    return true;
  }
  const int roman = ReadRomanMonth(word);
  if (roman == 0) return false;
  token->kind = TokenKind::kRoman;
  token->value = roman;
  token->piece.style = DateStyle::kRoman;
  // A single letter, I or V, is in one case too.
  token->piece.letter_case =
      word[0] >= 'a' ? LetterCase::kLower : LetterCase::kUpper;
  return true;
}

bool DateTokens::ReadWord(std::size_t* at) {
  const std::size_t begin = *at;
  std::size_t end = begin;
  std::size_t unused = 0;
  while (end < text_.size() &&
         (IsLetter(text_[end]) ||
          (IsHigh(text_[end]) && MarkAt(text_, end, &unused) == 0))) {
    ++end;
  }
  if (end == begin) return false;
  const std::string_view word = text_.substr(begin, end - begin);
  DateToken token{};
  token.piece = PieceAt(begin, end);
  token.piece.letter_case = CaseOf(word);
  if (!Name(word, &token) && !Numeral(word, &token)) {
    // "week of 9 Aug", but no "third week of".
    const bool week = EqualsFolded(word, "week") && count_ == 0;
    if (!week && !IsPlainWord(word)) return false;
    token.kind = TokenKind::kWord;
  }
  *at = begin + token.piece.size;
  return Add(token);
}

bool DateTokens::ReadMark(std::size_t* at) {
  const std::size_t begin = *at;
  std::size_t size = 0;
  while (*at < text_.size() && MarkAt(text_, *at, &size) != 0) *at += size;
  if (*at == begin) return false;
  DateToken token{};
  token.kind = TokenKind::kMark;
  token.piece = PieceAt(begin, *at);
  return Add(token);
}

bool DateTokens::Read(std::string_view text) {
  text_ = text;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t size = 0;
    bool good = false;
    if (IsDigit(text[at])) {
      good = ReadNumber(&at);
    } else if (MarkAt(text, at, &size) != 0) {
      good = ReadMark(&at);
    } else {
      good = ReadWord(&at);
    }
    if (!good) return false;
  }
  if (month_ == DateForm::kMaxPieces) month_ = count_;
  return count_ > 0;
}

char DateTokens::Separator(std::size_t a, std::size_t b) const {
  char found = 0;
  for (std::size_t i = a + 1; i < b; ++i) {
    if (tokens_[i].kind != TokenKind::kMark) return '?';
    const std::string_view source = Source(tokens_[i]);
    for (std::size_t at = 0; at < source.size();) {
      std::size_t size = 0;
      const char c = MarkAt(source, at, &size);
      at += size;
      if (c == ' ') {
        if (found == 0) found = ' ';
      } else if (found == 0 || found == ' ') {
        found = c;
      } else {
        return '?';
      }
    }
  }
  return found;
}

}  // namespace phiwire::internal
