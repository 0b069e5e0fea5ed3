// SPDX-License-Identifier: Apache-2.0
//
// A person's name as it is written, cut into its parts, and other parts
// printed in the same written form: order, casing, initials, titles,
// separators and a possessive stay. Understood: "John Q. Doe, Jr., MD",
// "DOE, JOHN Q", "Doe^John^Q", "Mrs. van der Berg", "J.Q. Doe",
// "O'Brien-Smith", "Thaddeus \"Tad\" Mroz", "JD". Parsing never fails; every
// letter and digit belongs to a part, and only titles, generation suffixes and
// credentials are printed as they stand, so that nothing of a name gets through
// as punctuation.
//
// Pieces are views of the surface; pure functions, safe from any thread.
//
//   WrittenName name = ParseName("DOE, JOHN Q");
//   NormalKey(name.parts)                  == "doe|john"
//   PrintName(name, {"Keller", "Peter"})   == "KELLER, PETER ..."

#ifndef PHIWIRE_ANONYMIZERS_PERSON_NAME_H_
#define PHIWIRE_ANONYMIZERS_PERSON_NAME_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "anonymizers/fake_lists.h"
#include "engine/anonymizer.h"

namespace phiwire {

enum class NameRole : std::uint8_t {
  kLiteral,  // blanks, punctuation
  kTitle,    // kept: "Dr"
  kGiven,
  kMiddle,    // second given names, nicknames, initials between
  kFamily,    // several pieces in a row are one family name
  kInitials,  // "JD", "JQD": given (, middle) and family in one word
  kSuffix,    // kept: "Jr", "III", "MD"
};

struct NamePiece {
  std::string_view text;
  NameRole role = NameRole::kLiteral;
};

// Folded (base/fold.h), without apostrophes, words separated by one blank.
struct NameParts {
  std::string family;
  std::string given;
  std::string middle;         // the first one
  Sex title = Sex::kUnknown;  // Mr, Mrs
  // One word without a title: family or given by the census, so a guess.
  bool lone = false;

  bool is_full() const { return family.size() > 1 && given.size() > 1; }
};

struct WrittenName {
  static constexpr std::size_t kMaxPieces = 24;

  std::span<const NamePiece> pieces() const {
    return std::span(piece).first(count);
  }

  std::array<NamePiece, kMaxPieces> piece;
  std::size_t count = 0;
  NameParts parts;
};

// A surface of more than kMaxPieces pieces has its rest in one kMiddle piece.
WrittenName ParseName(std::string_view surface);

// A leaf that is known to be one part: "WEI JIE" as kGiven is a first name and
// a middle one. kWhole is ParseName.
WrittenName ParseNamePart(std::string_view surface, NamePart part);

// "family|given": folded, without middle names, titles and suffixes; an
// initial is one letter. What a hash of a name is taken of.
// One part of a name, as NameParts has it: "O'Brien-Smith" is "obrien smith".
std::string FoldNamePart(std::string_view part);

std::string NormalKey(const NameParts& name);

// "keller" in the casing of `like`: "KELLER" like "DOE", "keller" like "doe",
// else "Keller" as it is.
void AppendLike(std::string_view text, std::string_view like, std::string& out);

struct FakeName {
  std::string_view family;
  std::string_view second_family;  // after a hyphen, where there was one
  std::string_view given;
  // The first two in turn; the third where one of them is what is written, so
  // they must differ in their initials.
  std::array<std::string_view, 3> middle;
};

// What stands for a role in `name`, in its written form; an initial gets the
// initial of the fake.
std::string PrintName(const WrittenName& name, const FakeName& fake);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_PERSON_NAME_H_
