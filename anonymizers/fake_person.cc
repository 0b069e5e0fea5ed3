// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/fake_person.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "anonymizers/fake_lists.h"

namespace phiwire {
namespace {

constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Whether `fake` is one of the words of `part`, which is in lower case.
bool HasWord(std::string_view part, std::string_view fake) {
  const auto same = [](char a, char b) { return a == Lower(b); };
  while (part.size() >= fake.size() && !part.empty()) {
    const std::string_view word = part.substr(0, part.find(' '));
    if (std::equal(word.begin(), word.end(), fake.begin(), fake.end(), same)) {
      return true;
    }
    part.remove_prefix(std::min(part.size(), word.size() + 1));
  }
  return false;
}

char Initial(std::string_view part) { return part.empty() ? '\0' : part[0]; }

FakeKind GivenKind(const NameParts& person, bool keep_sex, FakeStream& stream) {
  const std::string_view given = person.given;
  const Sex sex = keep_sex ? FindFirstName(given.substr(0, given.find(' '))).sex
                           : Sex::kUnknown;
  switch (sex) {
    case Sex::kMale:
      return FakeKind::kMale;
    case Sex::kFemale:
      return FakeKind::kFemale;
    case Sex::kEither:
      return FakeKind::kUnisex;
    case Sex::kUnknown:
      break;
  }
  return stream.Below(2) == 0 ? FakeKind::kFemale : FakeKind::kMale;
}

class Drawer {
 public:
  Drawer(const NameParts& person, FakeStream& stream)
      : person_(person), stream_(stream) {}

  // The next from [begin, end) that is no name of the person's and doesn't
  // begin with a letter of `not_initials`. Half a list at most is refused, so
  // a few draws do; then whatever follows in the list.
  std::string_view Next(const FakeList& list,
                        std::pair<std::size_t, std::size_t> range,
                        std::string_view not_initials) {
    const std::size_t size = range.second - range.first;
    std::size_t at = stream_.Below(size);
    for (int tries = 0; tries < 12; ++tries) {
      const std::string_view fake = list.at(range.first + at);
      if (IsGood(fake, not_initials)) return fake;
      at = stream_.Below(size);
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string_view fake =
          list.at((range.first + at + i) % list.size());
      if (IsGood(fake, not_initials)) return fake;
    }
    return list.at(at);
  }

  std::string_view Like(const FakeList& list, std::string_view part,
                        bool keep_initial) {
    const char initial = Initial(part);
    const auto same = list.WithInitial(initial);
    constexpr std::size_t kEnough = 4;
    if (keep_initial && same.second - same.first >= kEnough) {
      return Next(list, same, "");
    }
    return Next(list, {0, list.size()}, {&initial, 1});
  }

 private:
  bool IsGood(std::string_view fake, std::string_view not_initials) const {
    return not_initials.find(Lower(fake[0])) == std::string_view::npos &&
           !HasWord(person_.family, fake) && !HasWord(person_.given, fake);
  }

  const NameParts& person_;
  FakeStream& stream_;
};

}  // namespace

FakeName FakePerson(const NameParts& person, const FakePersonOptions& options,
                    FakeStream& stream) {
  const FakeList& families = Fakes(FakeKind::kFamily);
  const FakeList& givens = Fakes(GivenKind(person, options.keep_sex, stream));
  Drawer drawer(person, stream);
  FakeName fake;
  fake.family = drawer.Like(families, person.family, options.keep_initial);
  fake.given = drawer.Like(givens, person.given, options.keep_initial);
  std::string initials;
  for (std::string_view& middle : fake.middle) {
    middle = drawer.Next(givens, {0, givens.size()}, initials);
    initials += Lower(middle[0]);
  }
  fake.second_family = drawer.Next(families, {0, families.size()}, "");
  return fake;
}

}  // namespace phiwire
