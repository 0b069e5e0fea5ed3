// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/person_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {
namespace {

std::string Identity(std::string_view surface,
                     const std::vector<PersonName>& persons,
                     const std::vector<std::string_view>& names) {
  Session session;
  session.set_persons(persons);
  for (std::string_view name : names) session.AddValue(PhiType::kName, name);
  return PersonIdentity({PhiType::kName, SlotGrammar::kFreeText, surface},
                        session);
}

struct Row {
  std::string_view surface;
  std::string_view identity;
};

TEST(PersonBook, NamesOfARecordWithFields) {
  const std::vector<PersonName> persons = {
      {"DOE", "JOHN", "Q"}, {"GARCIA LOPEZ", "MARIA", ""}, {"DOE", "JANE", ""}};
  constexpr Row kRows[] = {
      {"John Doe", "doe|john"},
      {"DOE, JOHN QUINCY", "doe|john"},
      {"Doe^John", "doe|john"},
      {"DOE JOHN", "doe|john"},  // family first
      {"J. Doe", "doe|john"},    // the patient before his wife
      {"Doe", "doe|john"},
      {"Mr. Doe", "doe|john"},
      {"Mrs. Doe", "doe|jane"},
      {"Dr. Doe", "doe|john"},
      {"Jane", "doe|jane"},
      {"JD", "doe|john"},
      {"MGL", "garcia lopez|maria"},  // ends alone count
      {"Maria Garcia", "garcia lopez|maria"},
      {"Ms. Lopez", "garcia lopez|maria"},
      {"Maria", "garcia lopez|maria"},
      {"Peter Doe", "doe|peter"},
      {"Dr. Patel", "patel|"},
      {"Peter", "|peter"},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Identity(row.surface, persons, {}), row.identity) << row.surface;
  }
}

TEST(PersonBook, NamesOfATextWhereverTheFullOneStands) {
  constexpr Row kRows[] = {
      {"Kowalski", "kowalski|anna"},      {"Ms. Kowalski", "kowalski|anna"},
      {"Anna", "kowalski|anna"},          {"A. Kowalski", "kowalski|anna"},
      {"KOWALSKI", "kowalski|anna"},      {"Olsen", "olsen|"},
      {"Kowalski Anna", "anna|kowalski"},  // only fields tell the order
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Identity(row.surface, {},
                       {row.surface, "Kowalski", "Anna Kowalski", "Olsen"}),
              row.identity)
        << row.surface;
    EXPECT_EQ(
        Identity(row.surface, {}, {"Kowalski, Anna M", "Kowalski", "Olsen"}),
        row.identity)
        << row.surface;
  }
}

TEST(PersonBook, AFirstNameCanBeASurname) {
  // "James" is a first name to the census; here only a family has it.
  EXPECT_EQ(Identity("James", {}, {"Ruth James"}), "james|ruth");
  EXPECT_EQ(Identity("Ruth", {}, {"Ruth James"}), "james|ruth");
  WrittenName name;
  Session session;
  session.AddValue(PhiType::kName, "Ruth James");
  const Person person = IdentifyPerson(
      {PhiType::kName, SlotGrammar::kFreeText, "James"}, session, name);
  EXPECT_TRUE(person.resolved);
  ASSERT_EQ(name.count, 1u);
  EXPECT_EQ(name.piece[0].role, NameRole::kFamily);
}

TEST(PersonBook, LeavesGoByTheirPerson) {
  const PersonName person = {"DOE", "JOHN", ""};
  Session session;
  const auto identity = [&](std::string_view surface, NamePart part,
                            const PersonName* whose) {
    Target target{PhiType::kName, SlotGrammar::kName, surface};
    target.part = part;
    target.person = whose;
    return PersonIdentity(target, session);
  };
  EXPECT_EQ(identity("DOE", NamePart::kFamily, &person), "doe|john");
  EXPECT_EQ(identity("JOHN", NamePart::kGiven, &person), "doe|john");
  EXPECT_EQ(identity("Q", NamePart::kMiddle, &person), "doe|john");
  EXPECT_EQ(identity("DOE", NamePart::kFamily, nullptr), "doe|");
  EXPECT_EQ(identity("Quincy", NamePart::kMiddle, nullptr), "|quincy");
}

TEST(PersonBook, RemembersNoMoreThanItsLimit) {
  std::vector<std::string> names;
  for (int i = 0; i < 500; ++i) {
    names.push_back("John " + std::string(1, static_cast<char>('A' + i % 26)) +
                    std::string(1, static_cast<char>('a' + i / 26)) + "zov");
  }
  Session session;
  for (const std::string& name : names) {
    session.AddValue(PhiType::kName, name);
  }
  PersonBook book;
  book.Update(session);
  EXPECT_EQ(book.size(), PersonBook::kMaxPersons);
}

// One family each: then no order of the record's names changes an identity.
TEST(PersonBook, OrderOfDistinctFamiliesDoesNotMatter) {
  constexpr unsigned kSeed = 77;
  std::mt19937 random(kSeed);
  std::vector<std::string_view> names = {
      "John Doe", "Doe", "Dr. Patel",  "Anna Kowalski",
      "Anna",     "JD",  "Olsen, Per", "P. Olsen"};
  const std::vector<std::string_view> asked = names;
  std::vector<std::string> first;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> now;
    for (std::string_view name : asked)
      now.push_back(Identity(name, {}, names));
    if (round == 0) first = now;
    ASSERT_EQ(now, first) << "seed " << kSeed << " round " << round;
    std::shuffle(names.begin(), names.end(), random);
  }
}

}  // namespace
}  // namespace phiwire
