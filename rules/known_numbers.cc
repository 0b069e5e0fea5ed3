// SPDX-License-Identifier: Apache-2.0

#include "rules/known_numbers.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/strings.h"
#include "rules/value_words.h"

namespace phiwire {
namespace {

constexpr std::size_t kMinLength = 5;
constexpr std::size_t kMaxLength = 40;
constexpr std::size_t kMinDigits = 3;
// "12 345" may be two numbers; what spaces hold together must be longer.
constexpr std::size_t kMinSpaced = 7;
constexpr std::size_t kMinBare = 6;  // digits that stand without their prefix
constexpr std::size_t kMaxLetters = 4;  // a prefix: "MRN-12345", "AB 123"
constexpr std::string_view kSeparators = " -./()+#:\t";

// FNV-1a, 64 bits, grown character by character.
struct Normal {
  std::uint64_t hash = 14695981039346656037u;
  std::size_t length = 0;
  std::size_t digits = 0;

  void Append(char c) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    hash = (hash ^ static_cast<unsigned char>(lower)) * 1099511628211u;
    ++length;
    digits += IsDigit(c);
  }
  std::uint64_t key() const { return hash == 0 ? 1 : hash; }
  bool telling() const { return length >= kMinLength && digits >= kMinDigits; }
};

bool IsPhone(PhiType type) {
  return type == PhiType::kPhone || type == PhiType::kFax;
}

// Types whose zeros count: their numbers have a fixed length.
bool IsFixed(PhiType type) {
  return IsPhone(type) || type == PhiType::kSsn || type == PhiType::kZip;
}

std::string NormalForm(std::string_view value) {
  std::string out;
  for (const std::string& word : SplitWords(value)) {
    std::copy_if(word.begin(), word.end(), std::back_inserter(out),
                 [](char c) { return c != '\''; });
  }
  return out;
}

std::uint64_t LengthBit(std::size_t length) {
  return std::uint64_t{1} << std::min<std::size_t>(length, 63);
}

}  // namespace

void KnownNumbers::Put(std::string_view normal, PhiType type) {
  Normal n;
  for (const char c : normal) n.Append(c);
  std::uint8_t& slot = values_.Insert(n.key());
  // The first to name it decides.
  if (slot == 0) slot = static_cast<std::uint8_t>(static_cast<int>(type) + 1);
  lengths_ |= LengthBit(normal.size());
  if (!IsDigit(normal.front())) letter_first_ = true;
}

// The number of "MRN-0012345" alone, and without the zeros it begins with.
void KnownNumbers::PutBare(std::string_view normal, std::size_t digits,
                           PhiType type) {
  const std::string_view number = normal.substr(normal.size() - digits);
  if (!std::all_of(number.begin(), number.end(), IsDigit)) return;
  const bool prefixed = digits < normal.size();
  if (prefixed && digits >= kMinBare) Put(number, type);
  const std::size_t zeros = number.find_first_not_of('0');
  if (zeros == number.npos || zeros == 0) return;
  if (digits - zeros >= kMinLength && (!prefixed || digits >= kMinBare)) {
    Put(number.substr(zeros), type);
  }
}

bool KnownNumbers::Add(std::string_view value, PhiType type) {
  const std::string normal = NormalForm(value);
  const auto digits = static_cast<std::size_t>(
      std::count_if(normal.begin(), normal.end(), IsDigit));
  if (normal.size() < kMinLength || normal.size() > kMaxLength ||
      digits < kMinDigits) {
    return false;
  }
  Put(normal, type);
  const bool plain = digits == normal.size();
  if (IsPhone(type) && plain) {
    if (digits == 11 && normal[0] == '1') Put(normal.substr(1), type);
    if (digits == 10) Put(Concat({"1", normal}), type);
  }
  if (type == PhiType::kZip && plain && digits == 9)
    Put(normal.substr(0, 5), type);
  if (!IsFixed(type)) PutBare(normal, digits, type);
  return true;
}

KnownMatch KnownNumbers::Match(const Document& document, std::size_t i) const {
  KnownMatch best = {1, 0, PhiType::kId, 0};
  const auto& tokens = document.tokens;
  const bool word = tokens[i].kind == TokenKind::kWord;
  if (word &&
      (!letter_first_ || tokens[i].end - tokens[i].begin > kMaxLetters)) {
    return best;
  }
  Normal normal;
  Normal stripped;  // without the zeros it begins with
  bool spaced = false;
  const auto probe = [&](const Normal& n, bool zeros, std::size_t last) {
    if (!n.telling() || (lengths_ & LengthBit(n.length)) == 0) return;
    if (spaced && n.length < kMinSpaced) return;
    const std::uint8_t* type = values_.Find(n.key());
    if (type == nullptr) return;
    const auto phi_type = static_cast<PhiType>(*type - 1);
    if (zeros && IsFixed(phi_type)) return;
    best = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last),
            phi_type, 0};
  };
  for (std::size_t at = i;;) {
    const Token& t = tokens[at];
    for (std::uint32_t b = t.begin; b < t.end; ++b) {
      const char c = document.text[b];
      if (c == '\'') continue;
      normal.Append(c);
      if (stripped.length > 0 || c != '0') stripped.Append(c);
    }
    if (normal.length > kMaxLength) break;
    probe(normal, false, at);
    if (stripped.length < normal.length) probe(stripped, true, at);
    const std::size_t next = NextWordToken(tokens, at, 2);
    if (next >= tokens.size()) break;
    const Token& n = tokens[next];
    const std::string_view gap = document.text.substr(t.end, n.begin - t.end);
    if (gap.size() > 3 || gap.find_first_not_of(kSeparators) != gap.npos ||
        (n.kind == TokenKind::kWord && n.end - n.begin > kMaxLetters)) {
      break;
    }
    spaced = spaced || gap.find(' ') != gap.npos;
    at = next;
  }
  return best;
}

}  // namespace phiwire
