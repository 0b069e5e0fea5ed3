// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/fake_lists.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/lexicon.h"

namespace phiwire {
namespace {

#include "fake_lists.inc"  // the build makes it

template <std::size_t size, std::size_t width>
constexpr FakeList List(const char (&text)[size][width],
                        const std::uint16_t (&starts)[27]) {
  return FakeList(&text[0][0], width, size, starts);
}

// In FakeKind's order.
constexpr std::array<FakeList, 11> kLists = {
    List(kFamilyText, kFamilyStarts),
    List(kMaleText, kMaleStarts),
    List(kFemaleText, kFemaleStarts),
    List(kUnisexText, kUnisexStarts),
    List(kCityText, kCityStarts),
    List(kCountyText, kCountyStarts),
    List(kStateText, kStateStarts),
    List(kStateCodeText, kStateCodeStarts),
    List(kCountryText, kCountryStarts),
    List(kStreetText, kStreetStarts),
    List(kProfessionText, kProfessionStarts),
};

// Entries are ASCII.
bool SameFolded(std::string_view entry, std::string_view folded) {
  return std::equal(entry.begin(), entry.end(), folded.begin(), folded.end(),
                    [](char a, char b) {
                      return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b;
                    });
}

}  // namespace

bool FakeList::Contains(std::string_view folded) const {
  if (folded.empty()) return false;
  const auto [begin, end] = WithInitial(folded.front());
  for (std::size_t i = begin; i < end; ++i) {
    if (SameFolded(at(i), folded)) return true;
  }
  return false;
}

const FakeList& Fakes(FakeKind kind) {
  return kLists[static_cast<std::size_t>(kind)];
}

FirstName FindFirstName(std::string_view folded) {
  constexpr std::uint32_t kFlags = 7;  // tools/build_fakes.py
  const std::uint32_t hash = HashWord(folded) & ~kFlags;
  for (std::size_t at = hash >> 16;; at = (at + 1) % std::size(kFirstNames)) {
    const std::uint32_t slot = kFirstNames[at];
    if (slot == 0) return {};
    if ((slot & ~kFlags) != hash) continue;
    const Sex sex = (slot & 1) != 0   ? Sex::kMale
                    : (slot & 2) != 0 ? Sex::kFemale
                                      : Sex::kEither;
    return {true, (slot & 4) != 0, sex};
  }
}

}  // namespace phiwire
