// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/person_name.h"

#include <algorithm>
#include <optional>

#include "anonymizers/name_scanner.h"
#include "anonymizers/name_words.h"
#include "anonymizers/text.h"
#include "base/fold.h"

namespace phiwire {
namespace {

constexpr bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

bool HasLower(std::string_view text) {
  return std::any_of(text.begin(), text.end(), IsLower);
}

// "JD", "mkd": two or three letters of one case without a vowel.
bool IsInitials(std::string_view word) {
  if (word.size() < 2 || word.size() > 3) return false;
  const bool upper = std::all_of(word.begin(), word.end(), IsUpper);
  const bool lower = std::all_of(word.begin(), word.end(), IsLower);
  return (upper || lower) &&
         word.find_first_of("AEIOUYaeiouy") == std::string_view::npos;
}

// Tells the parts of a name apart, once it is cut into words.
class RoleFinder {
 public:
  using Word = const NameWord*;

  RoleFinder(const NameWords& words, WrittenName& name) : name_(name) {
    for (std::size_t i = 0; i < words.count; ++i) {
      has_caret_ |= words.word[i].caret != 0;
      if (!words.word[i].nickname) list_[count_++] = &words.word[i];
    }
    if (count_ != 0) return;
    // All of it in quotes or parentheses.
    for (; count_ < words.count; ++count_) list_[count_] = &words.word[count_];
  }

  void Run() {
    if (has_caret_) return Components();
    std::size_t begin = 0;
    std::size_t end = count_;
    StripTitles(begin, end);
    StripSuffixes(begin, end);
    if (begin == end) return;
    if (list_[begin]->comma != list_[end - 1]->comma) {
      Inverted(begin, end);
    } else {
      Natural(begin, end);
    }
  }

 private:
  void Set(Word word, NameRole role) { name_.piece[word->piece].role = role; }
  void Set(std::size_t begin, std::size_t end, NameRole role) {
    for (std::size_t i = begin; i < end; ++i) Set(list_[i], role);
  }

  bool Title(Word word) {
    const std::optional<Sex> sex = FindTitle(word->text);
    if (!sex) return false;
    Set(word, NameRole::kTitle);
    name_.parts.title = *sex;
    titled_ = true;
    return true;
  }

  // A title is one only when a name follows: "Nurse, Gwyneth" is a Mrs Nurse.
  void StripTitles(std::size_t& begin, std::size_t end) {
    while (begin + 1 < end && list_[begin]->comma == list_[begin + 1]->comma &&
           Title(list_[begin])) {
      ++begin;
    }
  }

  // From the end; one word at least stays a name.
  void StripSuffixes(std::size_t begin, std::size_t& end) {
    while (end > begin + 1) {
      const Word word = list_[end - 1];
      const bool sure = IsGeneration(word->text) || IsCredential(word->text);
      // "John Doe, DO" against "NGUYEN, DO".
      const bool perhaps = IsShortCredential(word->text) &&
                           !HasLower(word->text) && end > begin + 2 &&
                           word->comma != list_[begin + 1]->comma;
      if (!sure && !perhaps) return;
      Set(word, NameRole::kSuffix);
      --end;
    }
  }

  // "DOE, JOHN Q": the family up to the first comma.
  void Inverted(std::size_t begin, std::size_t end) {
    std::size_t given = begin;
    while (list_[given]->comma == list_[begin]->comma) ++given;
    std::size_t family_end = given;
    StripSuffixes(begin, family_end);
    Set(begin, family_end, NameRole::kFamily);
    StripTitles(given, end);
    GivenAndMiddle(given, end);
  }

  void GivenAndMiddle(std::size_t begin, std::size_t end) {
    if (begin < end) Set(list_[begin], NameRole::kGiven);
    Set(std::min(begin + 1, end), end, NameRole::kMiddle);
  }

  // "John Q. van der Berg".
  void Natural(std::size_t begin, std::size_t end) {
    if (end - begin == 1) return Lone(list_[begin]);
    const std::size_t particle = FirstParticle(begin, end);
    if (particle < end) {
      Set(particle, end, NameRole::kFamily);
      return GivenAndMiddle(begin, particle);
    }
    if (IsInitial(list_[end - 1]->text) && !IsInitial(list_[begin]->text) &&
        !LooksGiven(list_[begin]->text)) {
      Set(list_[begin], NameRole::kFamily);  // "DOE J Q"
      return GivenAndMiddle(begin + 1, end);
    }
    Set(list_[end - 1], NameRole::kFamily);
    GivenAndMiddle(begin, end - 1);
  }

  std::size_t FirstParticle(std::size_t begin, std::size_t end) const {
    // "Van Morrison", but "van Berg" and "De La Cruz".
    const bool at_begin =
        IsLower(list_[begin]->text.front()) || end - begin > 2;
    for (std::size_t i = at_begin ? begin : begin + 1; i + 1 < end; ++i) {
      if (IsParticle(list_[i]->text)) return i;
    }
    return end;
  }

  void Lone(Word word) {
    if (!titled_ && IsInitials(word->text)) {
      return Set(word, NameRole::kInitials);
    }
    name_.parts.lone = !titled_;
    Set(word, !titled_ && LooksGiven(word->text) ? NameRole::kGiven
                                                 : NameRole::kFamily);
  }

  static bool LooksGiven(std::string_view word) {
    return FindFirstName(FoldNamePart(word)).mostly_given;
  }

  // HL7 XPN: family^given^middle^suffix^prefix^degree; before an XCN's family
  // stands an id.
  void Components() {
    const bool id = std::any_of(list_[0]->text.begin(), list_[0]->text.end(),
                                [](char c) { return c >= '0' && c <= '9'; });
    for (std::size_t i = 0; i < count_; ++i) {
      const Word word = list_[i];
      const int at = word->caret - (id ? 1 : 0);
      Set(word, at < 0    ? NameRole::kMiddle
                : at == 0 ? NameRole::kFamily
                : at == 1 ? NameRole::kGiven
                          : NameRole::kMiddle);
      if (at == 1 && given_) Set(word, NameRole::kMiddle);
      given_ |= at == 1;
      if (at < 2) continue;
      if (IsGeneration(word->text) || IsCredential(word->text) ||
          (at > 5 && IsInitial(word->text))) {  // a name type code
        Set(word, NameRole::kSuffix);
      } else if (at == 4) {
        Title(word);
      }
    }
  }

  WrittenName& name_;
  std::array<Word, WrittenName::kMaxPieces> list_{};
  std::size_t count_ = 0;
  bool has_caret_ = false;
  bool titled_ = false;
  bool given_ = false;
};

void AddPart(std::string_view text, std::string& part) {
  if (!part.empty()) part += ' ';
  part += FoldNamePart(text);
}

void CollectParts(WrittenName& name) {
  NameParts& parts = name.parts;
  for (const NamePiece& piece : name.pieces()) {
    if (piece.role == NameRole::kFamily) AddPart(piece.text, parts.family);
    if (piece.role == NameRole::kGiven) AddPart(piece.text, parts.given);
    if (piece.role == NameRole::kMiddle && parts.middle.empty()) {
      parts.middle = FoldNamePart(piece.text);
    }
    if (piece.role == NameRole::kInitials) {
      const std::string letters = FoldNamePart(piece.text);
      parts.given = letters.substr(0, 1);
      parts.family = letters.substr(letters.size() - 1);
    }
  }
}

}  // namespace

std::string FoldNamePart(std::string_view part) {
  std::string folded;
  if (std::any_of(part.begin(), part.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0x80;
      })) {
    folded = Folded(part);
    part = folded;
  }
  std::string out;
  out.reserve(part.size());
  for (char c : part) {
    if (c == '\'' || c == '`' || c == '.') continue;
    if (IsUpper(c)) {
      out += static_cast<char>(c + ('a' - 'A'));
    } else if (IsLower(c) || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

WrittenName ParseName(std::string_view surface) {
  WrittenName name;
  NameWords words;
  ScanName(surface, name, words);
  if (words.count == 0) return name;
  RoleFinder(words, name).Run();
  CollectParts(name);
  return name;
}

WrittenName ParseNamePart(std::string_view surface, NamePart part) {
  if (part == NamePart::kWhole) return ParseName(surface);
  WrittenName name;
  NameWords words;
  ScanName(surface, name, words);
  for (std::size_t i = 0; i < words.count; ++i) {
    NameRole& role = name.piece[words.word[i].piece].role;
    const std::string_view word = words.word[i].text;
    if (i != 0 || part == NamePart::kAffix) {
      if (IsGeneration(word) || IsCredential(word)) role = NameRole::kSuffix;
      if (part == NamePart::kAffix && FindTitle(word)) role = NameRole::kTitle;
    }
    if (role != NameRole::kMiddle) continue;
    if (part == NamePart::kFamily) role = NameRole::kFamily;
    if (part == NamePart::kGiven && i == 0) role = NameRole::kGiven;
  }
  CollectParts(name);
  return name;
}

std::string NormalKey(const NameParts& name) {
  std::string key;
  key.reserve(name.family.size() + 1 + name.given.size());
  key += name.family;
  key += '|';
  key += name.given;
  return key;
}

}  // namespace phiwire
