// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/person_book.h"

#include <string_view>
#include <utility>

namespace phiwire {
namespace {

constexpr char kOwner = 0;  // its address names the state all anonymizers share

// "garcia" at either end of "garcia lopez".
bool EndsMatch(std::string_view whole, std::string_view part) {
  if (part.size() < 2 || whole.size() <= part.size()) return false;
  return (whole.starts_with(part) && whole[part.size()] == ' ') ||
         (whole.ends_with(part) &&
          whole[whole.size() - part.size() - 1] == ' ');
}

bool SameFamily(std::string_view a, std::string_view b) {
  return a == b || EndsMatch(a, b) || EndsMatch(b, a);
}

// What is written fits what is known: the same, its initial, or nothing.
bool GivenFits(std::string_view known, std::string_view written) {
  if (written.size() < 2) return known.starts_with(written);
  return known == written;
}
bool FamilyFits(std::string_view known, std::string_view written) {
  if (written.size() != 1) return written.empty() || SameFamily(known, written);
  return known.starts_with(written) ||
         known.find(std::string{' ', written[0]}) != std::string_view::npos;
}

std::string_view FirstWord(std::string_view text) {
  return text.substr(0, text.find(' '));
}

bool Contradicts(Sex title, const NameParts& person) {
  if (title != Sex::kMale && title != Sex::kFemale) return false;
  const Sex sex = FindFirstName(FirstWord(person.given)).sex;
  return (sex == Sex::kMale || sex == Sex::kFemale) && sex != title;
}

NameParts PartsOf(const PersonName& person) {
  NameParts parts;
  parts.family = ParseNamePart(person.family, NamePart::kFamily).parts.family;
  parts.given = ParseNamePart(person.given, NamePart::kGiven).parts.given;
  parts.middle = ParseNamePart(person.middle, NamePart::kMiddle).parts.middle;
  return parts;
}

void SetRole(WrittenName& name, NameRole from, NameRole to) {
  for (std::size_t i = 0; i < name.count; ++i) {
    if (name.piece[i].role == from) name.piece[i].role = to;
  }
}

void SwapRoles(WrittenName& name) {
  for (std::size_t i = 0; i < name.count; ++i) {
    NameRole& role = name.piece[i].role;
    if (role == NameRole::kFamily) {
      role = NameRole::kGiven;
    } else if (role == NameRole::kGiven) {
      role = NameRole::kFamily;
    }
  }
}

NameParts Swapped(NameParts parts) {
  std::swap(parts.family, parts.given);
  return parts;
}

}  // namespace

void PersonBook::Add(NameParts parts) {
  if (persons_.size() == kMaxPersons || !parts.is_full()) return;
  for (const NameParts& known : persons_) {
    if (known.given == parts.given && SameFamily(known.family, parts.family)) {
      return;
    }
  }
  if (FindSwapped(parts) == nullptr) persons_.push_back(std::move(parts));
}

void PersonBook::Update(const Session& session) {
  const auto persons = session.persons();
  const auto names = session.names();
  if (persons.data() == seen_persons_ && names.size() == seen_names_) return;
  seen_persons_ = persons.data();
  seen_names_ = names.size();
  persons_.clear();
  of_fields_ = 0;
  for (const PersonName& person : persons) Add(PartsOf(person));
  of_fields_ = persons_.size();
  for (std::string_view name : names) {
    if (persons_.size() == kMaxPersons) break;
    Add(ParseName(name).parts);
  }
}

const NameParts* PersonBook::Find(const NameParts& written) const {
  if (written.family.empty() && written.given.empty()) return nullptr;
  const NameParts* unlikely = nullptr;
  for (const NameParts& person : persons_) {
    if (!GivenFits(person.given, written.given) ||
        !FamilyFits(person.family, written.family)) {
      continue;
    }
    if (!written.given.empty() || !Contradicts(written.title, person)) {
      return &person;
    }
    if (unlikely == nullptr) unlikely = &person;
  }
  return unlikely;
}

const NameParts* PersonBook::FindSwapped(const NameParts& written) const {
  for (std::size_t i = 0; i < of_fields_; ++i) {
    if (persons_[i].given == written.family &&
        persons_[i].family == written.given) {
      return &persons_[i];
    }
  }
  return nullptr;
}

Person PersonBook::Resolve(WrittenName& name) const {
  const NameParts& written = name.parts;
  const NameParts* found = Find(written);
  if (found == nullptr && written.is_full()) {
    found = FindSwapped(written);
    if (found != nullptr) SwapRoles(name);
  }
  if (found == nullptr && written.lone) {
    found = Find(Swapped(written));
    if (found != nullptr) {
      const bool family = written.given.empty();
      SetRole(name, family ? NameRole::kFamily : NameRole::kGiven,
              family ? NameRole::kGiven : NameRole::kFamily);
    }
  }
  if (found == nullptr) return {written, false};
  return {*found, true};
}

Person IdentifyPerson(const Target& target, Session& session,
                      WrittenName& name) {
  name = ParseNamePart(target.surface, target.part);
  if (target.person != nullptr) {
    NameParts parts = PartsOf(*target.person);
    if (parts.is_full()) return {std::move(parts), true};
  }
  if (name.parts.family.empty() && name.parts.given.empty()) {
    // A middle name alone, a suffix: nobody's.
    Person nobody;
    nobody.parts.given = FoldNamePart(target.surface);
    return nobody;
  }
  auto& book = session.State<PersonBook>(&kOwner);
  book.Update(session);
  return book.Resolve(name);
}

std::string PersonIdentity(const Target& target, Session& session) {
  WrittenName name;
  return NormalKey(IdentifyPerson(target, session, name).parts);
}

}  // namespace phiwire
