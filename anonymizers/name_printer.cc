// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "anonymizers/name_scanner.h"
#include "anonymizers/person_name.h"

namespace phiwire {
namespace {

constexpr char Upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}
constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

void AppendWord(std::string_view fake, std::string_view like,
                std::string& out) {
  AppendLike(IsInitial(like) ? fake.substr(0, 1) : fake, like, out);
}

// The end of the run of family pieces that begins at `at`.
std::size_t FamilyEnd(std::span<const NamePiece> pieces, std::size_t at) {
  std::size_t end = at + 1;
  while (end + 1 < pieces.size() && pieces[end].role == NameRole::kLiteral &&
         pieces[end + 1].role == NameRole::kFamily) {
    end += 2;
  }
  return end;
}

void AppendFamily(std::string_view like, const FakeName& fake,
                  std::string& out) {
  AppendWord(fake.family, like, out);
  if (!fake.second_family.empty() && like.find('-') != std::string_view::npos) {
    out += '-';
    AppendLike(fake.second_family, like, out);
  }
}

bool SameText(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view Middle(const FakeName& fake, std::size_t i,
                        std::string_view written) {
  const std::string_view middle = fake.middle[i % 2];
  const bool same =
      SameText(IsInitial(written) ? middle.substr(0, 1) : middle, written);
  return same ? fake.middle[2] : middle;
}

void AppendInitials(std::string_view like, const FakeName& fake,
                    std::string& out) {
  std::string letters(fake.given.substr(0, 1));
  if (like.size() > 2) {
    letters += Middle(fake, 0, like.substr(1, 1)).substr(0, 1);
  }
  letters += fake.family.substr(0, 1);
  AppendLike(letters, like, out);
}

}  // namespace

void AppendLike(std::string_view text, std::string_view like,
                std::string& out) {
  const bool upper = std::any_of(like.begin(), like.end(),
                                 [](char c) { return c != Lower(c); });
  const bool lower = std::any_of(like.begin(), like.end(),
                                 [](char c) { return c != Upper(c); });
  for (char c : text) {
    out += upper && !lower ? Upper(c) : lower && !upper ? Lower(c) : c;
  }
}

std::string PrintName(const WrittenName& name, const FakeName& fake) {
  const std::span<const NamePiece> pieces = name.pieces();
  std::string out;
  out.reserve(48);
  std::size_t middles = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const NamePiece& piece = pieces[i];
    switch (piece.role) {
      case NameRole::kLiteral:
      case NameRole::kTitle:
      case NameRole::kSuffix:
        out += piece.text;
        break;
      case NameRole::kGiven:
        AppendWord(fake.given, piece.text, out);
        break;
      case NameRole::kMiddle:
        AppendWord(Middle(fake, middles++, piece.text), piece.text, out);
        break;
      case NameRole::kFamily: {
        // The particle's casing says nothing: "van der Berg".
        const std::size_t end = FamilyEnd(pieces, i);
        AppendFamily(pieces[end - 1].text, fake, out);
        i = end - 1;
        break;
      }
      case NameRole::kInitials:
        AppendInitials(piece.text, fake, out);
        break;
    }
  }
  return out;
}

}  // namespace phiwire
