// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_plain.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/ask_ahead.h"
#include "engine/byte_lanes.h"
#include "engine/canonical_bytes.h"
#include "engine/canonical_escapes.h"

namespace phiwire {
namespace {

constexpr std::size_t kBlock = 64;

bool IsHex(char c) { return HexValue(c) >= 0; }

// What 64 bytes are, a bit each, the first one lowest.
struct Signs {
  std::uint64_t odd = 0;    // where an escape may begin, control characters but
                            // line feeds, bytes beyond ASCII; and a few more
  std::uint64_t dash = 0;   // hyphens
  std::uint64_t blank = 0;  // spaces, control characters, bytes beyond ASCII
  std::uint64_t one = 0;    // blanks with one character before, then a blank
};

#if defined(__SSE2__)

Signs SignsOf(const char* block) {
  Signs out;
  for (unsigned at = 0; at < kBlock; at += 16) {
    const __m128i bytes = LoadLanes(block + at);
    // One more is negative for DEL and what is beyond ASCII.
    const __m128i control =
        _mm_cmplt_epi8(_mm_add_epi8(bytes, Fill(1)), Fill(' ' + 1));
    // ; < = [ \ ] { | }
    const __m128i brackets =
        InRange(_mm_or_si128(bytes, Fill(0x60)), '{', '}' - '{' + 1);
    const __m128i odd = _mm_or_si128(
        _mm_andnot_si128(_mm_cmpeq_epi8(bytes, Fill('\n')), control),
        _mm_or_si128(InRange(bytes, '%', 2), brackets));
    const __m128i blank =
        _mm_or_si128(control, _mm_cmpeq_epi8(bytes, Fill(' ')));
    out.odd |= Tops(odd) << at;
    out.dash |= Tops(_mm_cmpeq_epi8(bytes, Fill('-'))) << at;
    out.blank |= Tops(blank) << at;
  }
  return out;
}

#else

Signs SignsOf(const char* block) {
  constexpr std::string_view kMarks = "%&;<=[\\]{|}\x7F";
  Signs out;
  for (unsigned at = 0; at < kBlock; ++at) {
    const char c = block[at];
    const std::uint64_t bit = std::uint64_t{1} << at;
    const bool beyond = static_cast<unsigned char>(c) >= 0x7F;
    const bool control = beyond || c < ' ';
    if (kMarks.find(c) != std::string_view::npos || (control && c != '\n')) {
      out.odd |= bit;
    }
    if (c == '-') out.dash |= bit;
    if (control || c == ' ') out.blank |= bit;
  }
  return out;
}

#endif

// The looks below follow canonical_escapes.cc and canonical_layout.cc: where
// one of those undoes anything, one of these is true.
class Looker {
 public:
  explicit Looker(std::string_view text) : text_(text) {}

  bool IsPlain() const {
    Signs before;
    std::array<char, kBlock> rest;
    for (std::size_t at = 0; at < text_.size(); at += kBlock) {
      AskAhead(text_.data() + at, kTextAhead);
      const bool whole = text_.size() - at >= kBlock;
      if (!whole) {
        rest.fill(' ');
        text_.copy(rest.data(), kBlock, at);
      }
      Signs now = SignsOf(whole ? text_.data() + at : rest.data());
      if (Any(before, at, &now)) return false;
      before = now;
    }
    return true;
  }

 private:
  char At(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  // Whether anything in the block that begins at `at` has to be undone, or
  // ends there. Fills now->one.
  bool Any(const Signs& before, std::size_t at, Signs* now) const {
    // Bits of what stands so many bytes before.
    const auto back = [](std::uint64_t bits, std::uint64_t last, unsigned n) {
      return bits << n | last >> (kBlock - n);
    };
    const std::uint64_t blank = now->blank;
    const std::uint64_t hyphens = blank & back(now->dash, before.dash, 1);
    now->one =
        blank & ~back(blank, before.blank, 1) & back(blank, before.blank, 2);
    // "a b c ": three blanks with one character each between them.
    const std::uint64_t apart = now->one & back(now->one, before.one, 2);
    if ((now->odd | hyphens | apart) == 0) return false;
    for (std::uint64_t b = now->odd; b != 0; b &= b - 1) {
      if (OddAt(at + static_cast<unsigned>(std::countr_zero(b)))) return true;
    }
    for (std::uint64_t b = hyphens; b != 0; b &= b - 1) {
      if (HyphenAt(at + static_cast<unsigned>(std::countr_zero(b)))) {
        return true;
      }
    }
    for (std::uint64_t b = apart; b != 0; b &= b - 1) {
      if (ApartAt(at + static_cast<unsigned>(std::countr_zero(b)))) return true;
    }
    return false;
  }

  // Whether what stands at `at` may begin something to be undone.
  bool OddAt(std::size_t at) const {
    const char next = At(at + 1);
    switch (text_[at]) {
      case ';':
      case ']':
      case '{':
      case '|':
      case '}':
        return false;
      case '&':
        return next == '#' || EntityAt(at);
      case '%':
        return IsHex(next) || (next | 0x20) == 'u';
      case '=':
        return EqualsAt(at);
      case '[':
        return at > 0 && IsAlnum(text_[at - 1]) && IsLetter(next);
      case '\\':
        return next == '\\' || (next | 0x20) == 'u' || next == 'x';
      case '<':
        return at > 0 && !IsSpace(text_[at - 1]) &&
               (IsLetter(next) || next == '/' || next == '!');
      default:
        return !IsSpace(text_[at]);
    }
  }

  bool EntityAt(std::size_t at) const {
    constexpr std::size_t kLongestName = 16;
    std::size_t end = at + 1;
    while (end - at <= kLongestName && IsAlnum(At(end))) ++end;
    return At(end) == ';' &&
           HtmlEntity(text_.substr(at + 1, end - at - 1)) != 0;
  }

  // Whether blanks and a line end, or blanks only, stand from `at` on.
  bool LineEndAt(std::size_t at) const {
    while (At(at) == ' ' || At(at) == '\t') ++at;
    return At(at) == '\r' || At(at) == '\n';
  }

  // A soft line end, or what says that a text is quoted-printable.
  bool EqualsAt(std::size_t at) const {
    if (LineEndAt(at + 1)) return true;
    if (!IsHex(At(at + 1)) || !IsHex(At(at + 2))) return false;
    const std::string_view pair = text_.substr(at + 1, 2);
    return pair == "3D" || At(at + 3) == '=' ||
           (pair == "20" && LineEndAt(at + 3));
  }

  // Behind a hyphen, at the blank or line end that follows it.
  bool HyphenAt(std::size_t at) const {
    return at > 1 && text_[at - 1] == '-' && IsAlnum(text_[at - 2]) &&
           LineEndAt(at);
  }

  // Behind "a b c", at the third blank. Fewer than four are never one word.
  bool ApartAt(std::size_t at) const {
    if (at < 5) return false;
    const std::size_t first = at - 5;
    return (first == 0 || IsSpace(text_[first - 1])) &&
           (IsAlnum(text_[first]) || text_[first] == '(') && At(at + 1) > ' ' &&
           !IsAlnum(At(at + 2));
  }

  std::string_view text_;
};

}  // namespace

bool IsPlainText(std::string_view text) { return Looker(text).IsPlain(); }

}  // namespace phiwire
