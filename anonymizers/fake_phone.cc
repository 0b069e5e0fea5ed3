// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "anonymizers/fake_contact.h"
#include "anonymizers/text.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

constexpr std::string_view kPhoneWords[] = {
    "x",    "ext",  "extension", "tel",   "telephone", "ph",   "phone",
    "fax",  "cell", "mobile",    "pager", "beeper",    "pin",  "option",
    "home", "work", "office",    "or",    "and",       "press"};
constexpr std::string_view kDigitWords[] = {"zero",  "one",  "two", "three",
                                            "four",  "five", "six", "seven",
                                            "eight", "nine"};

bool IsPhoneWord(std::string_view lower) {
  return std::find(std::begin(kPhoneWords), std::end(kPhoneWords), lower) !=
         std::end(kPhoneWords);
}

// Digits before the first letter are the number, those after it an extension.
std::string NumberDigits(std::string_view surface) {
  std::string digits;
  for (char c : surface) {
    if (IsDigit(c)) digits += c;
    if (IsLetter(c) && !digits.empty()) break;
  }
  return digits;
}

// An area code of NANPA: 2-9, 0-8, 0-9 and no N11.
void AppendArea(FakeChars& chars, std::string& out) {
  out += chars.Of("23456789");
  const char second = chars.Of("012345678");
  const char third = chars.Digit();
  out += second;
  out += second == '1' && third == '1' ? '2' : third;
}

std::string NewDigits(std::string_view old, bool international,
                      FakeChars& chars) {
  std::string out;
  const bool one = old.size() == 11 && old.front() == '1';
  if (one) out += '1';
  if (one || (old.size() == 10 && !international)) AppendArea(chars, out);
  if (!out.empty() || old.size() == 7) {
    out += "55501";
    out += chars.Digit();
    out += chars.Digit();
    return out;
  }
  if (international && old.size() > 4) {
    out = std::string(old.substr(0, 2));
    out += '0';
  }
  while (out.size() < old.size()) out += chars.Digit();
  return out;
}

void AppendPhoneWord(std::string_view word, FakeChars& chars,
                     std::string& out) {
  const std::string lower = Lower(word);
  if (IsPhoneWord(lower)) {
    out += word;
  } else if (std::find(std::begin(kDigitWords), std::end(kDigitWords), lower) !=
             std::end(kDigitWords)) {
    AppendLike(kDigitWords[chars.Digit() - '0'], word, out);
  } else {
    for (std::size_t i = 0; i < word.size(); ++i) {
      const char fake = chars.Lower();
      AppendLike({&fake, 1}, word, out);
    }
  }
}

std::size_t LettersAt(std::string_view text) {
  return static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), IsLetter) - text.begin());
}

}  // namespace

std::string PhoneKey(std::string_view surface) {
  std::string key = NumberKey(surface);
  if (key.size() > 10 && key.front() == '1' &&
      NumberDigits(surface).size() == 11) {
    key.erase(0, 1);
  }
  return key;
}

std::string FakePhone(std::string_view surface, FakeStream& stream) {
  FakeChars chars(stream);
  const bool plus = surface.find('+') != std::string_view::npos;
  const std::string digits = NewDigits(NumberDigits(surface), plus, chars);
  std::string out;
  out.reserve(surface.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < surface.size();) {
    const char c = surface[i];
    if (IsLetter(c)) {
      const std::size_t size = LettersAt(surface.substr(i));
      AppendPhoneWord(surface.substr(i, size), chars, out);
      i += size;
      continue;
    }
    const std::size_t size = CharacterSize(surface.substr(i));
    const std::string_view character = surface.substr(i, size);
    if (IsDigit(c)) {
      out += next < digits.size() ? digits[next++] : chars.Digit();
    } else if (IsHidden(character)) {
      out += chars.Digit();  // digits of another script
    } else {
      out += character;
    }
    i += size;
  }
  return out;
}

}  // namespace phiwire
