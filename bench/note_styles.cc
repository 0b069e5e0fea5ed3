// SPDX-License-Identifier: Apache-2.0

#include "bench/note_styles.h"

#include <algorithm>
#include <string>

namespace phiwire::bench {
namespace {

constexpr std::size_t kWordsPerAccent = 8;

// UTF-8 of the letter with an accent, or nothing.
std::string_view Accented(char c) {
  switch (c) {
    case 'a':
      return "\xC3\xA1";
    case 'e':
      return "\xC3\xA9";
    case 'i':
      return "\xC3\xAD";
    case 'o':
      return "\xC3\xB3";
    case 'u':
      return "\xC3\xBC";
    case 'n':
      return "\xC3\xB1";
    case 'c':
      return "\xC3\xA7";
    case 'O':
      return "\xC3\x96";
    default:
      return {};
  }
}

std::string WithAccents(std::string_view note, Random* random) {
  std::string out;
  bool wanted = false;  // in the word at hand
  char before = ' ';
  for (const char c : note) {
    if (before == ' ') wanted = random->Below(kWordsPerAccent) == 0;
    const std::string_view accented = wanted ? Accented(c) : std::string_view();
    if (!accented.empty()) {
      out += accented;
      wanted = false;
    } else if (c == '\'') {
      out += "\xE2\x80\x99";
    } else {
      out += c;
    }
    before = c;
  }
  return out;
}

}  // namespace

std::string InStyle(std::string_view note, NoteStyle style, Random* random) {
  switch (style) {
    case NoteStyle::kAccented:
      return WithAccents(note, random);
    case NoteStyle::kCaps: {
      std::string out(note);
      std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      });
      return out;
    }
    case NoteStyle::kAscii:
      break;
  }
  return std::string(note);
}

}  // namespace phiwire::bench
