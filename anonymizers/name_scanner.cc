// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/name_scanner.h"

#include <algorithm>

#include "anonymizers/name_words.h"
#include "anonymizers/text.h"

namespace phiwire {
namespace {

enum class Kind : std::uint8_t { kWord, kApostrophe, kHyphen, kOther };

struct Char {
  Kind kind = Kind::kOther;
  std::size_t size = 1;
};

bool IsAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Of U+2000 to U+203F, the block of typographic spaces and punctuation.
Kind GeneralPunctuation(unsigned char last) {
  if (last == 0x98 || last == 0x99 || last == 0xB2) return Kind::kApostrophe;
  if (last == 0x90 || last == 0x91) return Kind::kHyphen;
  // Zero-width joiners stay within a word.
  return last >= 0x8B && last <= 0x8F ? Kind::kWord : Kind::kOther;
}

Char At(std::string_view text) {
  if (text.empty()) return {};
  const char c = text.front();
  if (static_cast<unsigned char>(c) < 0x80) {
    if (IsAsciiLetter(c) || (c >= '0' && c <= '9')) return {Kind::kWord, 1};
    if (c == '\'' || c == '`') return {Kind::kApostrophe, 1};
    return {c == '-' ? Kind::kHyphen : Kind::kOther, 1};
  }
  const std::size_t size = CharacterSize(text);
  if (text.starts_with("\xC2\xA0")) return {Kind::kOther, size};
  if (text.starts_with("\xE2\x80") && size == 3) {
    return {GeneralPunctuation(static_cast<unsigned char>(text[2])), size};
  }
  return {Kind::kWord, size};
}

// A hyphen that the end of the line has cut a word at counts as one.
std::size_t Joint(std::string_view text) {
  const Char c = At(text);
  if (c.kind != Kind::kApostrophe && c.kind != Kind::kHyphen) return 0;
  std::size_t size = c.size;
  if (c.kind == Kind::kHyphen) {
    while (size < text.size() && (text[size] == '\n' || text[size] == '\r')) {
      ++size;
    }
  }
  return At(text.substr(size)).kind == Kind::kWord ? size : 0;
}

std::size_t WordSize(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const Char c = At(text.substr(size));
    const std::size_t step =
        c.kind == Kind::kWord ? c.size : Joint(text.substr(size));
    if (step == 0) break;
    size += step;
  }
  return size;
}

// "M.D.", "Ph.D." where one stands here, else 0.
std::size_t DottedCredential(std::string_view text) {
  std::size_t size = 0;
  std::size_t dots = 0;
  while (size < text.size() && size < 10) {
    std::size_t letters = 0;
    while (size + letters < text.size() && letters < 5 &&
           IsAsciiLetter(text[size + letters])) {
      ++letters;
    }
    const std::size_t dot = size + letters;
    if (letters == 0 || dot >= text.size() || text[dot] != '.') break;
    size = dot + 1;
    ++dots;
  }
  return dots >= 2 && IsCredential(text.substr(0, size)) ? size : 0;
}

// Bytes of an "'s" at the end of a word.
std::size_t Possessive(std::string_view word) {
  if (word.size() < 4 || (word.back() | 0x20) != 's') return 0;
  const std::string_view stem = word.substr(0, word.size() - 1);
  if (stem.ends_with("\xE2\x80\x99")) return 4;
  return stem.ends_with("'") ? 2 : 0;
}

class Scanner {
 public:
  Scanner(std::string_view text, WrittenName& name, NameWords& words)
      : rest_(text), name_(name), words_(words) {}

  void Run() {
    while (!rest_.empty()) {
      if (name_.count + 2 >= WrittenName::kMaxPieces) {  // word and possessive
        AddWord(rest_.size());
      } else if (At(rest_).kind == Kind::kWord) {
        Word();
      } else {
        Between();
      }
    }
  }

 private:
  std::string_view Take(std::size_t size) {
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  void AddWord(std::size_t size) {
    words_.word[words_.count++] = {name_.count, comma_, caret_, nickname_,
                                   rest_.substr(0, size)};
    name_.piece[name_.count++] = {Take(size), NameRole::kMiddle};
  }

  void Word() {
    const std::size_t dotted = words_.count == 0 ? 0 : DottedCredential(rest_);
    const std::size_t size = dotted != 0 ? dotted : WordSize(rest_);
    const std::size_t tail =
        dotted != 0 ? 0 : Possessive(rest_.substr(0, size));
    AddWord(size - tail);
    if (tail != 0) name_.piece[name_.count++] = {Take(tail)};
  }

  void Between() {
    std::size_t size = 0;
    while (size < rest_.size()) {
      const std::string_view text = rest_.substr(size);
      const Char c = At(text);
      if (c.kind == Kind::kWord) break;
      Separator(text.substr(0, c.size));
      size += c.size;
    }
    name_.piece[name_.count++] = {Take(size)};
  }

  void Separator(std::string_view c) {
    constexpr std::uint8_t kMany = 200;
    if (c == "," && comma_ < kMany) ++comma_;
    if (c == "^" && caret_ < kMany) ++caret_;
    if (c == "\"") nickname_ = !nickname_;
    if (c == "(" || c == "\xE2\x80\x9C") nickname_ = true;
    if (c == ")" || c == "\xE2\x80\x9D") nickname_ = false;
  }

  std::string_view rest_;
  WrittenName& name_;
  NameWords& words_;
  std::uint8_t comma_ = 0;
  std::uint8_t caret_ = 0;
  bool nickname_ = false;
};

}  // namespace

void ScanName(std::string_view surface, WrittenName& name, NameWords& words) {
  Scanner(surface, name, words).Run();
}

bool IsInitial(std::string_view word) {
  return !word.empty() && CharacterSize(word) == word.size();
}

}  // namespace phiwire
