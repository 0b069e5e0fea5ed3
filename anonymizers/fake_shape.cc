// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/fake_shape.h"

#include <algorithm>
#include <cstddef>

#include "anonymizers/text.h"
#include "base/ascii.h"
#include "base/check_digits.h"

namespace phiwire {
namespace {

constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAlnum(char c) {
  return IsDigit(c) || IsUpper(c) || IsLower(c);
}
constexpr bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// What numbers with a check digit or a fixed alphabet look like.
struct Scheme {
  bool (*is)(std::string_view);
  std::size_t least, most;  // letters and digits
  int keep;                 // at the front
  int check;                // index of the check character, < 0 from the end
  std::string_view checks;  // what it can be
  std::string_view letters;
};

constexpr std::string_view kAllLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kClearLetters = "ACDEFGHJKMNPRTUVWXY";
constexpr std::string_view kDigits = "0123456789";

constexpr Scheme kSchemes[] = {
    {&IsNpi, 10, 10, 1, -1, kDigits, kAllLetters},
    {&IsNhs, 10, 10, 0, -1, kDigits, kAllLetters},
    {&IsDea, 9, 9, 2, 8, kDigits, kAllLetters},
    {&IsVin, 17, 17, 0, 8, "0123456789X", kClearLetters},
    {&IsMbi, 11, 11, 0, -1, kDigits, kClearLetters},
    {&IsAuMedicare, 10, 11, 1, 8, kDigits, kAllLetters},
    {&IsPaymentCard, 13, 19, 1, -1, kDigits, kAllLetters},
    {&IsAba, 9, 9, 2, -1, kDigits, kAllLetters},
    {&IsIban, 15, 34, 2, 3, kDigits, kAllLetters},
};
constexpr Scheme kGs1 = {&IsGtin, 8, 18, 0, -1, kDigits, kAllLetters};
constexpr Scheme kNone = {nullptr, 0, 0, 0, 0, {}, kAllLetters};
constexpr Scheme kHexadecimal = {nullptr, 0, 0, 0, 0, {}, "ABCDEF"};

bool LooksHexadecimal(std::string_view text, std::size_t size) {
  return size >= 12 && std::any_of(text.begin(), text.end(), IsDigit) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return !IsAlnum(c) || IsHex(c); });
}

const Scheme& FindScheme(std::string_view text, bool gs1) {
  const auto size = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), IsAlnum));
  if (size < 8) return kNone;
  for (const Scheme& scheme : kSchemes) {
    if (size >= scheme.least && size <= scheme.most && scheme.is(text)) {
      return scheme;
    }
  }
  if (gs1 && size <= kGs1.most && IsGtin(text)) return kGs1;
  return LooksHexadecimal(text, size) ? kHexadecimal : kNone;
}

// Zeros that only fill up: those before another digit. All but one of "000"
// are, too: then nothing would be left to draw, so none is kept.
bool PadsWithZeros(std::string_view text) {
  for (char c : text) {
    if (IsDigit(c) && c != '0') return true;
  }
  return false;
}

std::string Redraw(std::string_view text, const Scheme& scheme,
                   FakeStream& stream) {
  FakeChars chars(stream);
  std::string out;
  out.reserve(text.size());
  bool leading = PadsWithZeros(text);  // still in front of the first digit
  int at = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x80) {
      const std::size_t size = CharacterSize(text.substr(i));
      const std::string_view character = text.substr(i, size);
      if (IsHidden(character)) {
        out += chars.Lower();
      } else {
        out += character;
      }
      i += size;
      continue;
    }
    ++i;
    if (IsAlnum(c) && at++ < scheme.keep) {
      out += c;
      if (IsDigit(c)) leading = false;
    } else if (IsDigit(c)) {
      const bool pad = leading && c == '0';
      out += pad ? '0' : leading ? chars.DigitFrom1() : chars.Digit();
      leading = pad;
    } else if (IsUpper(c)) {
      out += chars.Of(scheme.letters);
    } else if (IsLower(c)) {
      out += static_cast<char>(chars.Of(scheme.letters) + ('a' - 'A'));
    } else {
      out += c;
    }
  }
  return out;
}

// The place of the n-th letter or digit, n < 0 from the end.
std::size_t PlaceOf(std::string_view text, int n) {
  std::size_t at = n < 0 ? text.size() : 0;
  if (n < 0) {
    while (n < 0) {
      if (IsAlnum(text[--at])) ++n;
    }
    return at;
  }
  while (!IsAlnum(text[at]) || n-- > 0) ++at;
  return at;
}

bool Check(const Scheme& scheme, std::string& text) {
  if (scheme.is(text)) return true;
  char& check = text[PlaceOf(text, scheme.check)];
  for (char c : scheme.checks) {
    check = c;
    if (scheme.is(text)) return true;
  }
  return false;
}

bool CheckIban(std::string& text) {
  char& first = text[PlaceOf(text, 2)];
  for (char c : kDigits) {
    first = c;
    if (Check(kSchemes[8], text)) return true;
  }
  return false;
}

}  // namespace

std::size_t FakeChars::Take(std::size_t n) {
  if (left_ < n << 16) {
    pool_ = stream_.Next();
    left_ = ~std::uint64_t{0};
  }
  const auto taken = static_cast<std::size_t>(pool_ % n);
  pool_ /= n;
  left_ /= n;
  return taken;
}

std::string FakeShape(std::string_view surface, FakeStream& stream, bool gs1) {
  const Scheme& scheme = FindScheme(surface, gs1);
  if (scheme.is == nullptr) return Redraw(surface, scheme, stream);
  constexpr int kTries = 64;  // an NHS number of ten has no check digit
  for (int i = 0; i < kTries; ++i) {
    std::string out = Redraw(surface, scheme, stream);
    if (scheme.is == &IsIban ? CheckIban(out) : Check(scheme, out)) return out;
  }
  return Redraw(surface, kNone, stream);
}

std::string FakeSsn(std::string_view surface, FakeStream& stream) {
  FakeChars chars(stream);
  const auto digits = std::count_if(surface.begin(), surface.end(), IsDigit);
  int at = 0;
  std::string out;
  out.reserve(surface.size());
  for (char c : surface) {
    if (IsDigit(c)) {
      const int place = digits == 9 ? at : digits > 4 && at == 0 ? 0 : 8;
      out += place == 0 ? '9' : place == 3 ? chars.Of("01234") : chars.Digit();
      ++at;
    } else if (IsAlnum(c) && c != 'X' && c != 'x') {
      out += IsUpper(c) ? static_cast<char>(chars.Lower() - ('a' - 'A'))
                        : chars.Lower();
    } else if (static_cast<unsigned char>(c) < 0x80) {
      out += c;
    }
  }
  // Group 00 and serial 0000 don't look real.
  if (digits == 9) {
    char& group = out[PlaceOf(out, 4)];
    if (group == '0') group = chars.DigitFrom1();
    char& serial = out[PlaceOf(out, 8)];
    if (serial == '0') serial = chars.DigitFrom1();
  }
  return out;
}

std::string NumberKey(std::string_view surface) {
  std::string key;
  key.reserve(surface.size());
  for (char c : surface) {
    if (IsLower(c)) {
      key += static_cast<char>(c - ('a' - 'A'));
    } else if (IsAlnum(c) || static_cast<unsigned char>(c) >= 0x80) {
      key += c;
    }
  }
  return key;
}

}  // namespace phiwire
