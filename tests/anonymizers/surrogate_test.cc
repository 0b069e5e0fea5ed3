// SPDX-License-Identifier: Apache-2.0
//
// cases/surrogates.tsv says what a fake of each kind looks like; the rest are
// properties, with seeds.

#include "anonymizers/surrogate.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/fake_lists.h"
#include "anonymizers/person_name.h"
#include "anonymizers/place_words.h"
#include "base/check_digits.h"

namespace phiwire {
namespace {

constexpr unsigned kSeed = 20261122;

KeyRing Ring(std::uint8_t byte) {
  auto ring = KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, byte)));
  EXPECT_TRUE(ring.ok());
  return *std::move(ring);
}

class Surrogates : public testing::Test {
 protected:
  explicit Surrogates(const AnonymizerParams& params = {}, std::uint8_t key = 7)
      : ring_(Ring(key)) {
    AnonymizerContext context;
    context.slots.reference_year = 2024;
    context.keys = &ring_;
    auto made = NewSurrogate(params, context);
    EXPECT_TRUE(made.ok());
    if (made.ok()) surrogate_ = *std::move(made);
  }

  std::string Fake(PhiType type, std::string_view surface,
                   SlotGrammar grammar = SlotGrammar::kFreeText) {
    Session session;
    session.AddValue(type, surface);
    return FakeIn({type, grammar, surface}, session);
  }
  std::string FakeIn(const Target& target, Session& session) {
    const auto out = surrogate_->Apply(target, session);
    EXPECT_TRUE(out.ok());
    return out.ok() ? *out : "";
  }

  KeyRing ring_;
  std::unique_ptr<Anonymizer> surrogate_;
};

class OtherKey : public Surrogates {
 public:
  OtherKey() : Surrogates({}, 8) {}
  void TestBody() override {}
  using Surrogates::Fake;
};

class WithInitials : public Surrogates {
 protected:
  WithInitials() : Surrogates({{"initial", "keep"}}) {}
};

SlotGrammar GrammarOf(std::string_view name) {
  return name == "name"    ? SlotGrammar::kName
         : name == "id"    ? SlotGrammar::kIdentifier
         : name == "zip"   ? SlotGrammar::kZip
         : name == "date"  ? SlotGrammar::kHl7Date
         : name == "empty" ? SlotGrammar::kEmpty
                           : SlotGrammar::kFreeText;
}

TEST_F(Surrogates, RowsOfCases) {
  std::ifstream rows(PHIWIRE_SOURCE_DIR
                     "/tests/anonymizers/cases/surrogates.tsv");
  ASSERT_TRUE(rows.is_open());
  std::set<PhiType> seen;
  std::string line;
  while (std::getline(rows, line)) {
    if (line.empty() || line.starts_with("#")) continue;
    std::vector<std::string> cells;
    for (std::size_t at; (at = line.find('\t')) != std::string::npos;) {
      cells.push_back(line.substr(0, at));
      line.erase(0, at + 1);
    }
    cells.push_back(line);
    ASSERT_EQ(cells.size(), 4u);
    const auto type = ParseType(cells[0]);
    ASSERT_TRUE(type.has_value()) << cells[0];
    seen.insert(*type);
    const SlotGrammar grammar = GrammarOf(cells[1]);
    const std::string fake = Fake(*type, cells[2], grammar);
    EXPECT_TRUE(std::regex_match(fake, std::regex(cells[3])))
        << cells[0] << " " << cells[2] << " -> " << fake;
    if (*type != PhiType::kAge) {
      EXPECT_NE(fake, cells[2]);
    }
    EXPECT_EQ(Fake(*type, cells[2], grammar), fake) << "not the same again";
  }
  EXPECT_GE(seen.size(), kPhiTypeCount - 2);  // biometric and device: as id
}

struct SameRow {
  PhiType type;
  std::string_view one, other;
};

// Another way to write a value is another way to write its fake: the letters
// and digits that both have agree.
TEST_F(Surrogates, OneValueWrittenInTwoWaysHasOneFake) {
  constexpr SameRow kRows[] = {
      {PhiType::kSsn, "078-05-1120", "078051120"},
      {PhiType::kMedicalRecord, "MR-4711", "MR 4711"},
      {PhiType::kPhone, "(617) 444-2231", "617.444.2231"},
      {PhiType::kZip, "021394307", "02139-4307"},
      {PhiType::kCity, "BOSTON", "Boston"},
      {PhiType::kFacility, "MERCY CLINIC", "Mercy Clinic"},
      {PhiType::kEmail, "JROE@clinic.org", "jroe@clinic.org"},
  };
  for (const SameRow& row : kRows) {
    EXPECT_EQ(FoldNamePart(Fake(row.type, row.one)).size() == 0, false);
    const auto plain = [](std::string text) {
      std::erase_if(text, [](char c) {
        return !std::isalnum(static_cast<unsigned char>(c));
      });
      for (char& c : text) c = static_cast<char>(std::tolower(c));
      return text;
    };
    EXPECT_EQ(plain(Fake(row.type, row.one)), plain(Fake(row.type, row.other)))
        << row.one;
  }
  EXPECT_EQ(Fake(PhiType::kPhone, "+1 617 444 2231").substr(3),
            Fake(PhiType::kPhone, "617 444 2231"));
  EXPECT_EQ(Fake(PhiType::kCity, "Boston, MA"),
            Fake(PhiType::kCity, "Boston") + ", MA");
  EXPECT_EQ(Fake(PhiType::kStreet, "Elm Street"),
            Fake(PhiType::kStreet, "12 Elm Street").substr(3));
  EXPECT_EQ(Fake(PhiType::kFacility, "Mercy Clinic"),
            Fake(PhiType::kEmployer, "Mercy Clinic"));
  EXPECT_EQ(Fake(PhiType::kEmail, "john.doe@clinic.org").substr(0, 9),
            Fake(PhiType::kEmail, "John_Doe@home.net").substr(0, 9));
  EXPECT_EQ(Fake(PhiType::kFax, "617 444 2231"),
            Fake(PhiType::kPhone, "617 444 2231"));
}

TEST_F(Surrogates, APersonIsOnePersonInEveryForm) {
  const std::vector<PersonName> persons = {{"DOE", "JOHN", "Q"}};
  Session session;
  session.set_persons(persons);
  const auto text = [&](std::string_view surface) {
    return FakeIn({PhiType::kName, SlotGrammar::kFreeText, surface}, session);
  };
  const auto leaf = [&](std::string_view surface, NamePart part) {
    return FakeIn({PhiType::kName, SlotGrammar::kName, surface, "PID-5", part,
                   &persons[0]},
                  session);
  };
  const std::string family = text("Doe");
  const std::string given = text("John");
  std::string upper_family;
  AppendLike(family, "DOE", upper_family);
  std::string upper_given;
  AppendLike(given, "JOHN", upper_given);
  EXPECT_NE(family, "Doe");
  EXPECT_NE(given, "John");
  EXPECT_EQ(text("John Doe"), given + " " + family);
  EXPECT_EQ(text("Mr. Doe"), "Mr. " + family);
  EXPECT_EQ(text("DOE, JOHN"), upper_family + ", " + upper_given);
  EXPECT_EQ(text("Doe^John"), family + "^" + given);
  EXPECT_EQ(text("J. Doe"), given.substr(0, 1) + ". " + family);
  EXPECT_EQ(leaf("DOE", NamePart::kFamily), upper_family);
  EXPECT_EQ(leaf("JOHN", NamePart::kGiven), upper_given);
  EXPECT_EQ(leaf("JR", NamePart::kAffix), "JR");
  EXPECT_EQ(text("John Q. Doe").substr(0, given.size()), given);
  // The same in a text of its own, but not the surname of nobody known.
  EXPECT_EQ(Fake(PhiType::kName, "John Doe"), given + " " + family);
  EXPECT_NE(Fake(PhiType::kName, "Doe"), family);
  // Their accounts, where they are made of both names.
  std::string account;
  AppendLike(given, "a", account);
  account += '.';
  AppendLike(family, "a", account);
  EXPECT_EQ(Fake(PhiType::kEmail, "john.doe@clinic.org").find(account), 0u);
  EXPECT_EQ(Fake(PhiType::kUsername, "john.doe"), account);
  EXPECT_NE(Fake(PhiType::kName, "Jane Doe"), text("John Doe"));
}

TEST_F(Surrogates, AnotherKeyGivesOtherFakes) {
  OtherKey other;
  for (const auto& [type, value] :
       std::vector<std::pair<PhiType, std::string_view>>{
           {PhiType::kName, "John Doe"},
           {PhiType::kSsn, "078-05-1120"},
           {PhiType::kCity, "Boston"},
           {PhiType::kEmail, "a@b.org"}}) {
    EXPECT_NE(Fake(type, value), other.Fake(type, value));
  }
}

TEST_F(Surrogates, AFakeThatIsAValueOfTheRecordIsCounted) {
  const std::string fake = Fake(PhiType::kName, "John Doe");
  Session session;
  session.AddValue(PhiType::kName, "John Doe");
  session.AddValue(PhiType::kCity, fake);
  const Target target{PhiType::kName, SlotGrammar::kFreeText, "John Doe"};
  EXPECT_EQ(FakeIn(target, session), fake);
  EXPECT_EQ(session.counts().at("fake_collision"), 1u);
  Session without;
  without.AddValue(PhiType::kName, "John Doe");
  FakeIn(target, without);
  EXPECT_TRUE(without.counts().empty());
}

// 10^5 random persons, each in a form of its own.
TEST_F(Surrogates, NamesAreNeverTheOriginalAndKeepTheSex) {
  std::mt19937 random(kSeed);
  const auto any = [&](FakeKind kind) {
    const FakeList& list = Fakes(kind);
    return list.at(
        std::uniform_int_distribution<std::size_t>(0, list.size() - 1)(random));
  };
  for (int i = 0; i < 100000; ++i) {
    const bool male = i % 2 == 0;
    const std::string given(any(male ? FakeKind::kMale : FakeKind::kFemale));
    const std::string family(any(FakeKind::kFamily));
    const std::string full = Fake(PhiType::kName, given + " " + family);
    const WrittenName fake = ParseName(full);
    ASSERT_EQ(fake.count, 3u) << "seed " << kSeed << " round " << i;
    const std::string_view fake_given = fake.piece[0].text;
    const std::string_view fake_family = fake.piece[2].text;
    ASSERT_NE(fake_given, given) << "seed " << kSeed << " round " << i;
    ASSERT_NE(fake_family, family) << "seed " << kSeed << " round " << i;
    ASSERT_NE(fake_given[0], given[0]) << "seed " << kSeed << " round " << i;
    const Sex sex = FindFirstName(FoldNamePart(given)).sex;
    ASSERT_EQ(FindFirstName(FoldNamePart(fake_given)).sex, sex)
        << "seed " << kSeed << " round " << i;
    Session session;
    const std::string last_first = family + ", " + given;
    const std::string surname = "Mr. " + family;
    session.AddValue(PhiType::kName, last_first);
    ASSERT_EQ(
        FakeIn({PhiType::kName, SlotGrammar::kFreeText, last_first}, session),
        std::string(fake_family) + ", " + std::string(fake_given))
        << "seed " << kSeed << " round " << i;
    ASSERT_EQ(
        FakeIn({PhiType::kName, SlotGrammar::kFreeText, surname}, session),
        "Mr. " + std::string(fake_family))
        << "seed " << kSeed << " round " << i;
  }
}

TEST_F(WithInitials, StayOnRequest) {
  for (std::string_view name : {"John Doe", "Maria Lopez", "Peter Adams"}) {
    const std::string text = Fake(PhiType::kName, name);
    const WrittenName fake = ParseName(text);
    EXPECT_EQ(fake.piece[0].text[0], name[0]);
    EXPECT_EQ(fake.piece[2].text[0], name[name.find(' ') + 1]);
    EXPECT_NE(fake.piece[0].text, name.substr(0, name.find(' ')));
  }
}

// Random numbers of random shapes: same shape, never the value; what had a
// valid check digit has one.
TEST_F(Surrogates, NumbersKeepShapeAndCheckDigits) {
  constexpr std::string_view kAlphabet = "0123456789ABCDefg-/ .";
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> size(1, 20);
  std::uniform_int_distribution<std::size_t> pick(0, kAlphabet.size() - 1);
  for (int i = 0; i < 100000; ++i) {
    std::string value;
    for (std::size_t n = size(random); n > 0; --n) {
      value += kAlphabet[pick(random)];
    }
    const std::string fake =
        Fake(PhiType::kMedicalRecord, value, SlotGrammar::kIdentifier);
    if (value.find_first_of("0123456789ABCDefg") == std::string::npos) continue;
    ASSERT_EQ(fake.size(), value.size()) << "seed " << kSeed << " round " << i;
    ASSERT_NE(fake, value) << "seed " << kSeed << " round " << i;
    if (IsVin(value)) continue;  // its check digit can be an X
    for (std::size_t at = 0; at < value.size(); ++at) {
      const auto kind = [](char c) {
        return std::isdigit(c)   ? 'd'
               : std::isupper(c) ? 'A'
               : std::islower(c) ? 'a'
                                 : c;
      };
      ASSERT_EQ(kind(fake[at]), kind(value[at]))
          << "seed " << kSeed << " round " << i;
    }
  }
  struct Row {
    bool (*is)(std::string_view);
    std::string_view value;
  };
  constexpr Row kRows[] = {
      {&IsNpi, "1234567893"},          {&IsDea, "AB1234563"},
      {&IsNhs, "943 476 5919"},        {&IsVin, "1HGCM82633A004352"},
      {&IsMbi, "1EG4-TE5-MK73"},       {&IsPaymentCard, "4111111111111111"},
      {&IsAba, "021000021"},           {&IsIban, "GB82 WEST 1234 5698 7654 32"},
      {&IsAuMedicare, "2123 45670 2"},
  };
  for (const Row& row : kRows) {
    EXPECT_TRUE(row.is(row.value)) << row.value;
    const std::string fake = Fake(PhiType::kAccount, row.value);
    EXPECT_TRUE(row.is(fake)) << row.value << " -> " << fake;
    EXPECT_NE(fake, row.value);
  }
}

// Names of the lists themselves, whose fakes come from the same list.
TEST_F(Surrogates, PlacesAreNeverTheOriginal) {
  struct Row {
    PhiType type;
    FakeKind list;
    std::string_view before, after;
  };
  constexpr Row kRows[] = {
      {PhiType::kStreet, FakeKind::kStreet, "12 ", " Street"},
      {PhiType::kCity, FakeKind::kCity, "", ", MA"},
      {PhiType::kCity, FakeKind::kCity, "", ", the North End"},
      {PhiType::kCounty, FakeKind::kCounty, "", " County"},
      {PhiType::kFacility, FakeKind::kCity, "Old ", " Clinic"},
      {PhiType::kEmployer, FakeKind::kCity, "", " & Sons Bank"},
      {PhiType::kLocation, FakeKind::kState, "", ""},
  };
  for (const Row& row : kRows) {
    const FakeList& list = Fakes(row.list);
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string name(list.at(i));
      if (IsHeadWord(PlainWord(name))) continue;  // "Center" stays
      const std::string value =
          std::string(row.before) + name + std::string(row.after);
      const std::string fake = Fake(row.type, value);
      // "Oakwood" for "Oak" will do.
      const std::regex word("\\b" + name + "\\b");
      ASSERT_FALSE(std::regex_search(fake, word)) << value << " " << fake;
      ASSERT_EQ(fake.find('['), std::string::npos) << value;
    }
  }
}

TEST_F(Surrogates, SocialSecurityNumbersWereNeverIssued) {
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<int> digit('0', '9');
  for (int i = 0; i < 20000; ++i) {
    std::string ssn(9, '0');
    for (char& c : ssn) c = static_cast<char>(digit(random));
    const std::string fake = Fake(PhiType::kSsn, ssn);
    ASSERT_EQ(fake.size(), 9u);
    ASSERT_FALSE(IsSsn(fake)) << "seed " << kSeed << " round " << i;
    ASSERT_EQ(fake[0], '9') << "seed " << kSeed << " round " << i;
    ASSERT_LT(fake[3], '5') << "seed " << kSeed << " round " << i;
    ASSERT_NE(fake, ssn) << "seed " << kSeed << " round " << i;
  }
}

// Any bytes, any type, any slot: no error, and where a value has a word of four
// letters or more that no list knows, it is gone.
TEST_F(Surrogates, NoWordOfTheValueComesThrough) {
  constexpr std::string_view kBits[] = {
      "Zqvart",   "ZQVART", "zqvart",   " ",   ", ", "^",   "-",  ".",
      "St",       "of",     "Hospital", "12",  "@",  "://", "/",  "'s",
      "\xC3\xA9", "\xFF",   "(",        "Apt", "Dr", "x",   "\"", "+"};
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> pick(0, std::size(kBits) - 1);
  std::uniform_int_distribution<int> length(1, 12);
  for (int i = 0; i < 100000; ++i) {
    std::string value;
    for (int n = length(random); n > 0; --n) value += kBits[pick(random)];
    const auto type = static_cast<PhiType>(i % kPhiTypeCount);
    if (type == PhiType::kAge) continue;
    std::string fake = Fake(type, value);
    for (char& c : fake) c = static_cast<char>(std::tolower(c));
    ASSERT_EQ(fake.find("zqvart"), std::string::npos)
        << "seed " << kSeed << " round " << i << " " << TypeName(type);
  }
}

TEST(SurrogateSettings, AreChecked) {
  const KeyRing ring = Ring(7);
  AnonymizerContext context;
  const auto message = [&](const AnonymizerParams& params) {
    const auto made = NewSurrogate(params, context);
    return made.ok() ? ""
                     : std::string(made.status().message().data(),
                                   made.status().message().size());
  };
  EXPECT_EQ(message({}), "anonymizer surrogate: no key is given");
  context.keys = &ring;
  EXPECT_EQ(message({{"sex", "any"}, {"initial", "keep"}}), "");
  EXPECT_EQ(message({{"sex", "male"}}),
            "anonymizer surrogate: sex: must be keep or any");
  EXPECT_EQ(message({{"initial", ""}}),
            "anonymizer surrogate: initial: must be keep or any");
  EXPECT_EQ(message({{"seed", "1"}}),
            "anonymizer surrogate: unknown setting \"seed\"; known: initial, "
            "sex");
}

}  // namespace
}  // namespace phiwire
