// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/letter_case.h"

#include <cstddef>

namespace phiwire {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
char Upper(char c) { return IsLower(c) ? static_cast<char>(c - 32) : c; }
char Lower(char c) { return IsUpper(c) ? static_cast<char>(c + 32) : c; }

}  // namespace

LetterCase CaseOf(std::string_view word) {
  bool lower = false;
  bool upper = false;
  for (char c : word) {
    lower = lower || IsLower(c);
    upper = upper || IsUpper(c);
  }
  if (lower == upper) return LetterCase::kTitle;
  return lower ? LetterCase::kLower : LetterCase::kUpper;
}

void AppendCased(std::string_view word, LetterCase letter_case,
                 std::string* out) {
  const std::size_t begin = out->size();
  out->append(word);
  if (letter_case == LetterCase::kLower || word.empty()) return;
  const std::size_t end =
      letter_case == LetterCase::kUpper ? out->size() : begin + 1;
  for (std::size_t i = begin; i < end; ++i) (*out)[i] = Upper((*out)[i]);
}

bool EqualsFolded(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (Lower(text[i]) != lower[i]) return false;
  }
  return true;
}

}  // namespace phiwire
