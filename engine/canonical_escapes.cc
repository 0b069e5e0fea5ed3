// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_escapes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "base/ask_ahead.h"
#include "base/next_place.h"
#include "base/utf8.h"
#include "engine/canonical_bytes.h"

namespace phiwire {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

bool IsWordByte(char c) {
  return IsAlnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

// Whether a reader sees one word or number go on from `left` to `right`.
bool Continues(char left, char right) {
  static constexpr std::string_view kJoins = "-/@_:'";
  const auto joins = [](char joint, char other) {
    return IsWordByte(other) &&
           (kJoins.find(joint) != kNone || (joint == '.' && IsDigit(other)));
  };
  return (IsWordByte(left) && IsWordByte(right)) || joins(left, right) ||
         joins(right, left);
}

// Elements that do not break a word where they begin or end.
bool IsInlineElement(std::string_view name) {
  constexpr std::array<std::string_view, 16> kNames = {
      "a", "abbr", "b",     "big", "em",     "font", "i", "mark",
      "s", "span", "small", "sub", "strong", "tt",   "u", "wbr"};
  return std::any_of(kNames.begin(), kNames.end(), [name](std::string_view n) {
    return n.size() == name.size() &&
           std::equal(n.begin(), n.end(), name.begin(), [](char x, char y) {
             return x == static_cast<char>(y | 0x20);
           });
  });
}

// Where an escape may begin, or a control character stands. Arithmetic only,
// so that compilers vectorise the loop over it; of more plain comparisons g++
// makes a table of bits, which is 20 times slower.
constexpr std::uint8_t IsTrigger(std::uint8_t c) {
  return static_cast<std::uint8_t>(
      (static_cast<std::uint8_t>(c - '%') <= 1) |        // % &
      ((c | 0x10) == '=') |                              // - =
      ((c | 1) == '=') |                                 // < =
      ((static_cast<std::uint8_t>(c + 1) | 1) == ']') |  // [ backslash
      (c == 0x7F) | ((c < 0x20) & (static_cast<std::uint8_t>(c - '\t') > 4)));
}

// Walks the triggers of a text, 64 bytes at a time.
class TriggerScanner {
 public:
  explicit TriggerScanner(std::string_view text) : text_(text) {}

  // First trigger at or after `from`, text.size() when there is none; `from`
  // never decreases.
  std::size_t Next(std::size_t from) {
    while (true) {
      if (from < end_) {
        const std::uint64_t mask = mask_ >> (from - (end_ - kBlock));
        if (mask != 0) {
          return from + static_cast<std::size_t>(std::countr_zero(mask));
        }
        from = end_;
      }
      if (from >= text_.size()) return text_.size();
      from = LoadBlock(from);
    }
  }

  bool saw_non_ascii() const { return seen_ >= 0x80; }

 private:
  static constexpr std::size_t kBlock = 64;

  // Loads the first block from `from` on that has a trigger, or the last one;
  // returns where it begins.
  std::size_t LoadBlock(std::size_t from) {
    std::array<std::uint8_t, kBlock> flags;
    std::uint8_t all = 0;
    std::uint8_t any = 0;
    for (; from + kBlock <= text_.size(); from += kBlock) {
      AskAhead(text_.data() + from, kTextAhead);
      any = Flag(text_.data() + from, &flags, &all);
      if (any != 0) break;
    }
    if (any == 0) {
      // The rest, padded with bytes that are no triggers.
      std::array<char, kBlock> rest;
      rest.fill(' ');
      text_.copy(rest.data(), kBlock, from);
      Flag(rest.data(), &flags, &all);
    }
    seen_ = static_cast<std::uint8_t>(seen_ | all);
    mask_ = 0;
    for (std::size_t i = 0; i < kBlock; i += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, flags.data() + i, 8);
      // Eight bytes of 0 or 1 to eight bits, the first one lowest.
      mask_ |= ((eight * 0x0102040810204080u) >> 56) << i;
    }
    end_ = from + kBlock;
    return from;
  }

  static std::uint8_t Flag(const char* block,
                           std::array<std::uint8_t, kBlock>* flags,
                           std::uint8_t* all) {
    std::uint8_t seen = 0;
    std::uint8_t any = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const auto c = static_cast<std::uint8_t>(block[i]);
      const std::uint8_t flag = IsTrigger(c);
      (*flags)[i] = flag;
      seen = static_cast<std::uint8_t>(seen | c);
      any = static_cast<std::uint8_t>(any | flag);
    }
    *all = static_cast<std::uint8_t>(*all | seen);
    return any;
  }

  std::string_view text_;
  std::size_t end_ = 0;  // of the block that mask_ is of
  std::uint64_t mask_ = 0;
  std::uint8_t seen_ = 0;
};

// What an escape stands for, and where it ends in the source.
struct Decoded {
  std::string bytes;
  std::size_t end = 0;
};

bool Acceptable(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= 0x20 && !(c >= 0x7F && c < 0xA0);
}

std::optional<Decoded> Character(char32_t value, std::size_t end) {
  // Made in its place: a short string that was just written is slow to move.
  std::optional<Decoded> out(Decoded{{}, end});
  if (!Acceptable(value) || !AppendUtf8(value, &out->bytes)) out.reset();
  return out;
}

class EscapeUndoer {
 public:
  EscapeUndoer(std::string_view source, TextLayer* layer)
      : text_(source), layer_(layer) {}

  EscapeScan Run() {
    EscapeScan scan;
    TriggerScanner triggers(text_);
    for (std::size_t at = triggers.Next(0); at < text_.size();
         at = triggers.Next(at)) {
      if (text_[at] == '\0') {
        scan.nul_at = at;
        break;
      }
      const std::optional<Decoded> decoded = DecodeAt(at);
      if (!decoded) {
        ++at;
        continue;
      }
      for (char c : decoded->bytes) {
        if (static_cast<unsigned char>(c) >= 0x80) {
          scan.decoded_non_ascii = true;
        }
      }
      layer_->Atom(decoded->bytes, at, decoded->end);
      at = decoded->end;
    }
    scan.non_ascii = triggers.saw_non_ascii();
    return scan;
  }

 private:
  char At(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  std::optional<Decoded> DecodeAt(std::size_t at) {
    switch (text_[at]) {
      case '&':
        return Entity(at);
      case '%':
        return Percent(at);
      case '\\':
        return Backslash(at);
      case '=':
        return QuotedPrintable(at);
      case '-':
        return Hyphenation(at);
      case '<':
        return Markup(at);
      case '[':
        return SpelledOut(at);
      default:
        return Decoded{{}, at + 1};  // a control character
    }
  }

  // Up to max_digits hex digits from `at`; *end after them. kNone when none.
  std::optional<char32_t> Hex(std::size_t at, std::size_t min_digits,
                              std::size_t max_digits, std::size_t* end) const {
    char32_t value = 0;
    std::size_t n = 0;
    while (n < max_digits && HexValue(At(at + n)) >= 0) {
      value = value * 16 + static_cast<char32_t>(HexValue(At(at + n)));
      ++n;
    }
    *end = at + n;
    if (n < min_digits) return std::nullopt;
    return value;
  }

  std::optional<Decoded> Entity(std::size_t at) const {
    if (At(at + 1) == '#') return NumericEntity(at);
    constexpr std::size_t kLongestName = 16;
    std::size_t end = at + 1;
    while (end - at <= kLongestName && IsAlnum(At(end))) ++end;
    if (At(end) != ';') return std::nullopt;
    const char32_t value = HtmlEntity(text_.substr(at + 1, end - at - 1));
    if (value == 0) return std::nullopt;
    return Character(value, end + 1);
  }

  // The semicolon may be missing, as browsers have it.
  std::optional<Decoded> NumericEntity(std::size_t at) const {
    char32_t value = 0;
    std::size_t end = at + 2;
    if ((At(end) | 0x20) == 'x') {
      const auto hex = Hex(end + 1, 1, 7, &end);
      if (!hex) return std::nullopt;
      value = *hex;
    } else {
      const std::size_t first = end;
      while (end - first < 8 && IsDigit(At(end))) {
        value = value * 10 + static_cast<char32_t>(At(end++) - '0');
      }
      if (end == first) return std::nullopt;
    }
    if (At(end) == ';') {
      ++end;
    } else if (IsAlnum(At(end))) {
      return std::nullopt;
    }
    return Character(FromWindows1252(value), end);
  }

  // One code point out of escaped bytes, each `prefix` and two hex digits.
  std::optional<Decoded> EscapedUtf8(std::size_t at,
                                     std::string_view prefix) const {
    std::string bytes;
    std::size_t need = 1;
    while (bytes.size() < need) {
      std::size_t end = 0;
      if (text_.substr(at, prefix.size()) != prefix) return std::nullopt;
      const auto value = Hex(at + prefix.size(), 2, 2, &end);
      if (!value) return std::nullopt;
      bytes.push_back(static_cast<char>(*value));
      if (bytes.size() == 1) {
        need = *value < 0xC0 ? 1 : *value < 0xE0 ? 2 : *value < 0xF0 ? 3 : 4;
      }
      at = end;
    }
    if (FirstInvalidUtf8(bytes)) return std::nullopt;
    return Character(DecodeUtf8(bytes, 0).value, at);
  }

  // The white-space-free run around a percent sign.
  void ReadToken(std::size_t at) {
    constexpr std::size_t kReach = 4096;
    std::size_t begin = at;
    while (begin > 0 && at - begin < kReach && !IsSpace(text_[begin - 1])) {
      --begin;
    }
    token_end_ = at;
    token_escapes_ = 0;
    while (token_end_ < text_.size() && token_end_ - at < kReach &&
           !IsSpace(text_[token_end_])) {
      if (text_[token_end_] == '%' && HexValue(At(token_end_ + 1)) >= 0 &&
          HexValue(At(token_end_ + 2)) >= 0) {
        ++token_escapes_;
      }
      ++token_end_;
    }
    const std::string_view token = text_.substr(begin, token_end_ - begin);
    token_is_url_ = token.find("://") != kNone || token.starts_with("www.");
  }

  std::optional<Decoded> Percent(std::size_t at) {
    std::size_t end = 0;
    if ((At(at + 1) | 0x20) == 'u') {
      const auto value = Hex(at + 2, 4, 4, &end);
      return value ? Character(*value, end) : std::nullopt;
    }
    std::optional<Decoded> out = EscapedUtf8(at, "%");
    if (!out) return std::nullopt;
    if (at >= token_end_) ReadToken(at);
    // "5%20 ml" is no escape; "John%20Doe", "1980%2D01", "%20John" are.
    const char before = at > 0 ? text_[at - 1] : ' ';
    const char after = At(out->end);
    const bool in_word = IsWordByte(before) && IsWordByte(after) &&
                         (!IsDigit(before) || !IsDigit(At(at + 2)));
    const bool opens_word = out->bytes[0] == ' ' && !IsDigit(before) &&
                            IsWordByte(after) && !IsDigit(after);
    if (token_escapes_ < 2 && !in_word && !opens_word) return std::nullopt;
    // A URL must stay in one piece for its recognizer.
    constexpr std::string_view kEndsUrl = " \t\r\n\"<>'";
    if (token_is_url_ && kEndsUrl.find(out->bytes[0]) != kNone) {
      return std::nullopt;
    }
    return out;
  }

  // Several backslashes are one: JSON in JSON doubles them.
  std::optional<Decoded> Backslash(std::size_t at) const {
    constexpr std::size_t kMaxBackslashes = 8;
    std::size_t kind = at;
    while (At(kind) == '\\' && kind - at < kMaxBackslashes) ++kind;
    std::size_t end = 0;
    if (At(kind) == 'x') return EscapedUtf8(kind - 1, "\\x");
    if (At(kind) == 'U') {
      const auto value = Hex(kind + 1, 8, 8, &end);
      return value ? Character(*value, end) : std::nullopt;
    }
    if (At(kind) != 'u') return std::nullopt;
    if (At(kind + 1) == '{') {
      const auto value = Hex(kind + 2, 1, 6, &end);
      if (!value || At(end) != '}') return std::nullopt;
      return Character(*value, end + 1);
    }
    const auto value = Hex(kind + 1, 4, 4, &end);
    if (!value) return std::nullopt;
    if (*value < 0xD800 || *value > 0xDBFF) return Character(*value, end);
    const std::size_t high_end = end;
    while (At(end) == '\\') ++end;
    if (end == high_end || At(end) != 'u') return std::nullopt;
    const auto low = Hex(end + 1, 4, 4, &end);
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
    return Character(0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00),
                     end);
  }

  // Offset after the line end at `at` (after blanks), kNone when there is none.
  std::size_t AfterLineEnd(std::size_t at) const {
    constexpr std::size_t kMaxBlanks = 16;
    const std::size_t first = at;
    while ((At(at) == ' ' || At(at) == '\t') && at - first < kMaxBlanks) ++at;
    if (At(at) == '\r') ++at;
    return At(at) == '\n' ? at + 1 : kNone;
  }

  bool IsHexPair(std::size_t at) const {
    return At(at) == '=' && HexValue(At(at + 1)) >= 0 &&
           HexValue(At(at + 2)) >= 0;
  }

  // Quoted-printable throughout: no '=' that is no escape, and at least two
  // that no prose would have ("HR=72 RR=20 O2=98" has none).
  bool IsQuotedPrintable() const {
    std::size_t evidence = 0;
    for (std::size_t at = text_.find('='); at != kNone;
         at = text_.find('=', at + 1)) {
      if (IsHexPair(at)) {
        const std::string_view pair = text_.substr(at + 1, 2);
        evidence += pair == "3D" || IsHexPair(at + 3) ||
                    (pair == "20" && AfterLineEnd(at + 3) != kNone);
      } else if (AfterLineEnd(at + 1) != kNone) {
        evidence += at > 0 && IsAlnum(text_[at - 1]);
      } else {
        return false;
      }
    }
    return evidence >= 2;
  }

  std::optional<Decoded> QuotedPrintable(std::size_t at) {
    const std::size_t next_line = AfterLineEnd(at + 1);
    if (next_line == kNone && !IsHexPair(at)) return std::nullopt;
    if (!quoted_printable_) quoted_printable_ = IsQuotedPrintable();
    if (next_line != kNone) {
      const char before = at > 0 ? text_[at - 1] : ' ';
      const char after = At(next_line);
      const bool inside = (IsLetter(before) && IsLower(after)) ||
                          (IsDigit(before) && IsDigit(after));
      if (!*quoted_printable_ && !inside) return std::nullopt;
      return Decoded{{}, next_line};
    }
    const std::optional<Decoded> out = EscapedUtf8(at, "=");
    if (!out) return std::nullopt;
    if (!*quoted_printable_ && last_pair_end_ != at && !IsHexPair(at + 3)) {
      return std::nullopt;
    }
    last_pair_end_ = out->end;
    return out;
  }

  // The parts of an address: "jane[dot]doe[at]example[dot]org".
  std::optional<Decoded> SpelledOut(std::size_t at) const {
    const std::size_t close = text_.substr(at, 5).find(']');
    if (at == 0 || close == kNone || !IsAlnum(text_[at - 1]) ||
        !IsAlnum(At(at + close + 1))) {
      return std::nullopt;
    }
    std::string name;
    for (char c : text_.substr(at + 1, close - 1)) {
      name += static_cast<char>(c | 0x20);
    }
    if (name != "at" && name != "dot") return std::nullopt;
    return Decoded{name == "at" ? "@" : ".", at + close + 1};
  }

  // Offset after the inline tag or comment at `at`, kNone when it is none.
  std::size_t AfterTag(std::size_t at) {
    constexpr std::size_t kLongest = 512;
    const std::string_view reach = text_.substr(at, kLongest);
    if (reach.starts_with("<!--")) {
      const std::size_t end = CommentEnd(at);
      return end - at > kLongest ? kNone : end;
    }
    std::size_t end = at + 1;
    if (At(end) == '/') ++end;
    const std::size_t name = end;
    while (IsAlnum(At(end))) ++end;
    if (!IsInlineElement(text_.substr(name, end - name))) return kNone;
    const std::size_t close = reach.find('>');
    return close == kNone ? kNone : at + close + 1;
  }

  // Behind the first "-->" at or behind `at`.
  std::size_t CommentEnd(std::size_t at) {
    const std::size_t close = comment_close_.From(
        at, [this](std::size_t from) { return text_.find("-->", from); });
    return close == kNone ? kNone : close + 3;
  }

  std::optional<Decoded> Markup(std::size_t at) {
    if (at == 0 || IsSpace(text_[at - 1])) return std::nullopt;
    constexpr int kMostTags = 8;
    std::size_t end = at;
    for (int i = 0; i < kMostTags && At(end) == '<'; ++i) {
      end = AfterTag(end);
      if (end == kNone) return std::nullopt;
    }
    if (!Continues(text_[at - 1], At(end))) return std::nullopt;
    return Decoded{{}, end};
  }

  std::optional<Decoded> Hyphenation(std::size_t at) const {
    if (at == 0) return std::nullopt;
    std::size_t next = AfterLineEnd(at + 1);
    if (next == kNone) return std::nullopt;
    constexpr std::size_t kMaxIndent = 16;
    const std::size_t line = next;
    while (At(next) == ' ' && next - line < kMaxIndent) ++next;
    const char before = text_[at - 1];
    if (IsDigit(before) && IsDigit(At(next))) return Decoded{"-", next};
    if (IsLetter(before) && IsLower(At(next))) return Decoded{{}, next};
    return std::nullopt;
  }

  std::string_view text_;
  TextLayer* layer_;
  std::size_t token_end_ = 0;
  std::size_t token_escapes_ = 0;
  bool token_is_url_ = false;
  std::optional<bool> quoted_printable_;
  std::size_t last_pair_end_ = kNone;
  NextPlace comment_close_;
};

}  // namespace

EscapeScan UndoEscapes(std::string_view source, TextLayer* layer) {
  return EscapeUndoer(source, layer).Run();
}

}  // namespace phiwire
