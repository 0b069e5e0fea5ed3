// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <cstring>
#include <optional>
#include <string>

#include "base/utf8.h"

namespace phiwire {
namespace {

constexpr char32_t kSoftHyphen = 0xAD;
// A word is looked at this far to either side of a look-alike, in characters.
constexpr int kWordReach = 64;
constexpr int kVanishReach = 16;

bool IsAsciiLetter(char32_t c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
bool IsAsciiDigit(char32_t c) { return c >= '0' && c <= '9'; }

std::size_t SkipAscii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHigh = 0x8080808080808080u;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if ((word & kHigh) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

// A character with its class; ASCII has none of the FoldKinds to act on.
struct Char {
  char32_t value = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  Fold fold;

  // What it reads as when that is one ASCII character, else '\0'.
  char32_t Ascii() const {
    if (value < 0x80) return value;
    const bool replaced = fold.kind == FoldKind::kReplace && fold.size == 1;
    return replaced ? static_cast<unsigned char>(fold.bytes[0]) : 0;
  }
};

struct WordCount {
  int latin = 0;
  int digits = 0;
  int foreign = 0;
  int look_alikes = 0;
  int greek_small = 0;
  bool greek_at_edge = false;
};

enum class Verdict { kKeep, kLetters, kDigits };

class Folder {
 public:
  Folder(std::string_view source, FoldCache* cache, TextLayer* layer)
      : text_(source), cache_(cache), layer_(layer) {}

  void Run() {
    for (std::size_t at = SkipAscii(text_, 0); at < text_.size();
         at = SkipAscii(text_, at)) {
      const CodePoint point = DecodeUtf8(text_, at);
      const Fold& fold = cache_->Find(point.value);
      // Most of a text in another script: nothing to do.
      at = fold.kind <= FoldKind::kForeign
               ? at + point.length
               : Handle({point.value, at, at + point.length, fold});
    }
  }

 private:
  Char At(std::size_t at) const {
    const CodePoint point = DecodeUtf8(text_, at);
    Char c{point.value, at, at + point.length, {}};
    if (point.value >= 0x80) c.fold = cache_->Find(point.value);
    return c;
  }

  // Next or previous character that does not vanish, past a few that do (the
  // limit keeps a text of nothing else linear).
  std::optional<Char> Next(const Char& c) const {
    std::size_t at = c.end;
    for (int i = 0; i < kVanishReach && at < text_.size(); ++i) {
      const Char next = At(at);
      if (next.fold.kind != FoldKind::kVanish) return next;
      at = next.end;
    }
    return std::nullopt;
  }
  std::optional<Char> Previous(const Char& c) const {
    std::size_t at = c.begin;
    for (int i = 0; i < kVanishReach && at > 0; ++i) {
      const Char previous = At(PreviousUtf8(text_, at));
      if (previous.fold.kind != FoldKind::kVanish) return previous;
      at = previous.begin;
    }
    return std::nullopt;
  }

  // Returns where to go on.
  std::size_t Handle(const Char& c) {
    switch (c.fold.kind) {
      case FoldKind::kReplace:
        return Put(c.fold.text(), c);
      case FoldKind::kVanish:
        return Vanish(c);
      case FoldKind::kMark:
        return Marks(c);
      case FoldKind::kLookAlike:
        return LookAlike(c);
      case FoldKind::kSmallDigit:
        return InRun(c) ? Put(c.fold.text(), c) : c.end;
      case FoldKind::kMiddleDot:
        return BetweenDigits(c) ? Put(c.fold.text(), c) : c.end;
      case FoldKind::kTag:
        return Put(InRun(c) ? c.fold.text() : std::string_view(), c);
      default:
        break;
    }
    return c.end;
  }

  std::size_t Put(std::string_view bytes, const Char& c) {
    layer_->Atom(bytes, c.begin, c.end);
    done_ = c.end;
    return c.end;
  }

  // A soft hyphen takes the line end it stands before with it; a variation
  // selector before a mark goes with the mark.
  std::size_t Vanish(const Char& c) {
    const std::optional<Char> next = Next(c);
    if (next && next->fold.kind == FoldKind::kMark) {
      const std::size_t after_mark = Marks(c);
      if (after_mark != c.end) return after_mark;
    }
    std::size_t end = c.end;
    if (c.value == kSoftHyphen) {
      std::size_t at = end;
      if (at < text_.size() && text_[at] == '\r') ++at;
      if (at < text_.size() && text_[at] == '\n') end = at + 1;
    }
    layer_->Atom({}, c.begin, end);
    done_ = end;
    return end;
  }

  // A run of combining marks: composed with the base where Unicode has such a
  // letter, kept on letters of scripts that need them, else gone. Either way
  // the base's range covers them.
  std::size_t Marks(const Char& first) {
    const std::optional<Char> base = Previous(first);
    std::size_t end = first.begin;
    std::string kept;
    char32_t composed = base ? base->value : 0;
    const bool letter = base && u_isalpha(static_cast<UChar32>(composed));
    const bool pending = base && base->begin >= done_;
    while (end < text_.size()) {
      const Char mark = At(end);
      if (mark.fold.kind != FoldKind::kMark &&
          mark.fold.kind != FoldKind::kVanish) {
        break;
      }
      end = mark.end;
      if (letter && pending) composed = Compose(composed, mark.value);
    }
    const bool changed = letter && pending && composed != base->value;
    if (!changed && base && NeedsMarks(*base)) return first.end;  // stays
    if (pending) {
      AppendUtf8(composed, &kept);
      layer_->Atom(kept, base->begin, end);
    } else {
      layer_->ExtendAtom(end);
    }
    done_ = end;
    return end;
  }

  static char32_t Compose(char32_t base, char32_t mark) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
    if (U_FAILURE(error)) return base;
    const UChar32 pair = nfc->composePair(static_cast<UChar32>(base),
                                          static_cast<UChar32>(mark));
    return pair < 0 ? base : static_cast<char32_t>(pair);
  }

  // Vowel signs of Devanagari, points of Arabic and Hebrew and the like.
  static bool NeedsMarks(const Char& base) {
    if (base.fold.kind == FoldKind::kMark) return true;
    if (base.fold.kind != FoldKind::kForeign) return false;
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script =
        uscript_getScript(static_cast<UChar32>(base.value), &error);
    return U_SUCCESS(error) && script != USCRIPT_GREEK &&
           script != USCRIPT_CYRILLIC && script != USCRIPT_COMMON;
  }

  bool BetweenDigits(const Char& c) const {
    const std::optional<Char> before = Previous(c);
    const std::optional<Char> after = Next(c);
    return before && after && IsDigit(*before) && IsDigit(*after);
  }
  static bool IsDigit(const Char& c) {
    return IsAsciiDigit(c.Ascii()) || c.fold.kind == FoldKind::kSmallDigit;
  }

  // Another of its kind beside it, or (digits) past one separator.
  bool InRun(const Char& c) const {
    const auto same = [&](const std::optional<Char>& other) {
      return other && other->fold.kind == c.fold.kind;
    };
    const std::optional<Char> before = Previous(c);
    const std::optional<Char> after = Next(c);
    if (same(before) || same(after)) return true;
    if (c.fold.kind == FoldKind::kTag) return false;
    return (before && IsSeparator(*before) && same(Previous(*before))) ||
           (after && IsSeparator(*after) && same(Next(*after)));
  }
  static bool IsSeparator(const Char& c) {
    const char32_t ascii = c.Ascii();
    return ascii == '-' || ascii == '/' || ascii == '.';
  }

  std::size_t LookAlike(const Char& c) {
    if (c.begin >= word_end_) JudgeWord(c);
    if (verdict_ == Verdict::kKeep) return c.end;
    const bool zero = (c.fold.bytes[0] | 0x20) == 'o';
    if (verdict_ == Verdict::kDigits && zero) return Put("0", c);
    return Put(c.fold.text(), c);
  }

  // Adds c to the count; false when it is no part of a word.
  static bool Count(const Char& c, WordCount* count) {
    const char32_t ascii = c.Ascii();
    if (IsAsciiLetter(ascii) || c.fold.kind == FoldKind::kLatin) {
      ++count->latin;
    } else if (IsAsciiDigit(ascii)) {
      ++count->digits;
    } else if (c.fold.kind == FoldKind::kForeign) {
      ++count->foreign;
    } else if (c.fold.kind == FoldKind::kLookAlike) {
      ++count->look_alikes;
      count->greek_small += c.fold.greek_small ? 1 : 0;
    } else {
      return c.fold.kind == FoldKind::kMark || c.fold.kind == FoldKind::kVanish;
    }
    return true;
  }

  // c is the first look-alike of its word.
  void JudgeWord(const Char& c) {
    WordCount count;
    bool first = true;
    std::size_t at = c.begin;
    for (int i = 0; i < kWordReach && at > 0; ++i) {
      const Char previous = At(PreviousUtf8(text_, at));
      if (!Count(previous, &count)) break;
      first = false;
      at = previous.begin;
    }
    bool last = true;
    word_end_ = c.begin;
    for (int i = 0; i < kWordReach && word_end_ < text_.size(); ++i) {
      const Char next = At(word_end_);
      if (!Count(next, &count)) break;
      if (i > 0) last = false;
      word_end_ = next.end;
    }
    count.greek_at_edge = c.fold.greek_small && (first || last);
    verdict_ = Judge(count);
  }

  Verdict Judge(const WordCount& count) {
    if (count.foreign > 0) return Verdict::kKeep;
    // One small Greek letter is a symbol: TNF-alpha, NF-kappa-B, alpha-1.
    const bool symbol = count.look_alikes == 1 && count.greek_small == 1;
    if (count.latin > 0) {
      return symbol && (count.greek_at_edge || count.latin < 2)
                 ? Verdict::kKeep
                 : Verdict::kLetters;
    }
    if (count.digits > 0) {
      if (symbol) return Verdict::kKeep;
      return count.digits >= 2 && count.look_alikes <= count.digits
                 ? Verdict::kDigits
                 : Verdict::kLetters;
    }
    return count.greek_small < count.look_alikes && !IsForeignText()
               ? Verdict::kLetters
               : Verdict::kKeep;
  }

  // Whether there are words that only another script has: then a word all of
  // look-alikes is a word of that script too.
  bool IsForeignText() {
    if (foreign_text_) return *foreign_text_;
    int letters = 0;
    bool after_foreign = false;
    for (std::size_t at = SkipAscii(text_, 0); at < text_.size() && letters < 2;
         at = SkipAscii(text_, at)) {
      const Char c = At(at);
      const bool foreign = c.fold.kind == FoldKind::kForeign;
      const bool beside = after_foreign && at > 0 &&
                          static_cast<unsigned char>(text_[at - 1]) >= 0x80;
      if (foreign && beside) ++letters;
      after_foreign = foreign || c.fold.kind == FoldKind::kLookAlike;
      at = c.end;
    }
    foreign_text_ = letters >= 2;
    return *foreign_text_;
  }

  std::string_view text_;
  FoldCache* cache_;
  TextLayer* layer_;
  std::size_t done_ = 0;  // what stands before can't be composed any more
  std::size_t word_end_ = 0;
  Verdict verdict_ = Verdict::kKeep;
  std::optional<bool> foreign_text_;
};

}  // namespace

void FoldLookAlikes(std::string_view source, FoldCache* cache,
                    TextLayer* layer) {
  Folder(source, cache, layer).Run();
}

}  // namespace phiwire
