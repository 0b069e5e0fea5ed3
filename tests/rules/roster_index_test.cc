// SPDX-License-Identifier: Apache-2.0

#include "rules/roster_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/rules/known_matches.h"

namespace phiwire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Row {
  std::string_view text;
  std::vector<std::string> found;
};

class RosterIndexTest : public KnownMatches {
 protected:
  // `people` more than there are makes a large roster of a small one.
  static void Fill(std::size_t people, RosterIndex* roster) {
    roster->AddName("Zebulon", "Ambrose", "Quackenbush");
    roster->AddName("Mary Ann", "", "Garcia-Lopez");
    roster->AddName("Pieter", "", "van der Berg");
    roster->AddName("Will", "", "Hope");
    roster->AddName("Se\u00e1n", "", "O'Brien");
    roster->AddDate({1951, 3, 7});
    roster->AddValue("MRN-0012345", PhiType::kMedicalRecord);
    roster->AddValue("0045678", PhiType::kMedicalRecord);
    roster->AddValue("AB/12-345", PhiType::kAccount);
    roster->AddValue("123-45-6789", PhiType::kSsn);
    roster->AddValue("(555) 201-3344", PhiType::kPhone);
    roster->AddValue("zeb.q@example.org", PhiType::kEmail);
    roster->AddValue("14 Oak Street, Apt 2", PhiType::kStreet);
    roster->AddValue("Springfield", PhiType::kCity);
    roster->AddValue("01107-1234", PhiType::kZip);
    roster->Finish(people);
  }

  void Check(const RosterIndex& roster, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      EXPECT_EQ(In(roster, row.text), row.found) << row.text;
    }
  }
};

TEST_F(RosterIndexTest, FullNamesAreProof) {
  RosterIndex roster;
  Fill(100000, &roster);
  const std::vector<Row> rows = {
      {"saw Zebulon Quackenbush today", {"NAME Zebulon Quackenbush"}},
      {"saw zebulon quackenbush today", {"NAME zebulon quackenbush"}},
      {"Quackenbush, Zebulon", {"NAME Quackenbush, Zebulon"}},
      {"Quackenbush, Zebulon A.", {"NAME Quackenbush, Zebulon A"}},
      {"QUACKENBUSH^ZEBULON^AMBROSE", {"NAME QUACKENBUSH^ZEBULON^AMBROSE"}},
      {"Zebulon A. Quackenbush's", {"NAME Zebulon A. Quackenbush"}},
      {"Zebulon Ambrose Quackenbush", {"NAME Zebulon Ambrose Quackenbush"}},
      {"Z. Quackenbush", {"NAME Z. Quackenbush"}},
      {"Z. A. Quackenbush", {"NAME Z. A. Quackenbush"}},
      {"Z Quackenbush", {"NAME Z Quackenbush"}},
      {"Quackenbush, Z.", {"NAME Quackenbush, Z"}},
      {"Ambrose Quackenbush", {"NAME Ambrose Quackenbush"}},
      {"Zebulon\nQuackenbush", {"NAME Zebulon\nQuackenbush"}},
      {"zebulon.quackenbush", {"NAME zebulon.quackenbush"}},
      {"Mary Ann Garcia-Lopez", {"NAME Mary Ann Garcia-Lopez"}},
      {"Mary Garcia", {"NAME Mary Garcia"}},
      {"Lopez, Mary Ann", {"NAME Lopez, Mary Ann"}},
      {"VAN DER BERG, PIETER", {"NAME VAN DER BERG, PIETER"}},
      {"Pieter Berg", {"NAME Pieter Berg"}},
      {"SEAN O'BRIEN", {"NAME SEAN O'BRIEN"}},
      {"Will Hope came", {"NAME Will Hope"}},
      {"she will hope for rain", {}},
      {"Will hope for rain", {}},
      {"Zebulon. Quackenbush", {"NAME? Zebulon", "NAME? Quackenbush"}},
      {"Pieter Quackenbush", {"NAME? Pieter", "NAME? Quackenbush"}},
  };
  Check(roster, rows);
}

TEST_F(RosterIndexTest, SlipsInFullNames) {
  RosterIndex roster;
  Fill(100000, &roster);
  const std::vector<Row> rows = {
      {"Zebulon Quackenbusch", {"NAME Zebulon Quackenbusch"}},
      {"Zebuln Quackenbush", {"NAME Zebuln Quackenbush"}},
      {"Quakenbsh, Zebulon", {"NAME Quakenbsh, Zebulon"}},
      {"Zebuln Quackenbuhs", {"NAME Zebuln Quackenbuhs"}},
      {"zebulon quackenbusch", {"NAME zebulon quackenbusch"}},
      {"Zebln Quackenbush", {"NAME? Quackenbush"}},  // two slips in seven
      {"Zebuln Quckenbuhs", {}},                     // one and two
      {"Pieter Quackenbusch", {"NAME? Pieter"}},     // not one person
      {"Zebulon Quackery", {"NAME? Zebulon"}},
  };
  Check(roster, rows);
}

TEST_F(RosterIndexTest, LoneNames) {
  RosterIndex many;
  Fill(kFewPeople + 1, &many);
  RosterIndex few;
  Fill(kFewPeople, &few);
  EXPECT_THAT(In(many, "Mr. Quackenbush, quackenbush"),
              ElementsAre("NAME? Quackenbush"));
  EXPECT_THAT(In(few, "Mr. Quackenbush, quackenbush"),
              ElementsAre("NAME Quackenbush"));
  EXPECT_THAT(In(many, "Hope is well, Will too"), IsEmpty());
  EXPECT_THAT(In(few, "HOPE is well"), ElementsAre("NAME HOPE"));
}

TEST_F(RosterIndexTest, NumbersWhateverSeparatesThem) {
  RosterIndex roster;
  Fill(5, &roster);
  const std::vector<Row> rows = {
      {"SSN 123-45-6789", {"SSN 123-45-6789"}},
      {"123456789", {"SSN 123456789"}},
      {"123 45 6789", {"SSN 123 45 6789"}},
      {"123.45.6789", {"SSN 123.45.6789"}},
      {"5552013344", {"PHONE 5552013344"}},
      {"1-555-201-3344", {"PHONE 1-555-201-3344"}},
      {"(555)201 3344", {"PHONE 555)201 3344"}},
      {"MRN-0012345", {"MEDICALRECORD MRN-0012345"}},
      {"mrn 0012345", {"MEDICALRECORD mrn 0012345"}},
      {"no. 0012345 or 12345",
       {"MEDICALRECORD 0012345", "MEDICALRECORD 12345"}},
      {"45678", {"MEDICALRECORD 45678"}},
      {"000045678", {"MEDICALRECORD 000045678"}},
      {"45679", {}},
      {"ab12345", {"ACCOUNT ab12345"}},
      {"AB 12345", {"ACCOUNT AB 12345"}},
      {"01107", {"ZIP 01107"}},
      {"123-46", {}},
      {"120/80 and 98.6", {}},
  };
  Check(roster, rows);
}

TEST_F(RosterIndexTest, ShortNumbersAreNotLookedFor) {
  RosterIndex roster;
  roster.AddValue("1234", PhiType::kMedicalRecord);
  roster.AddValue("ABC12", PhiType::kId);
  roster.Finish(1);
  EXPECT_THAT(In(roster, "1234 and ABC12"), IsEmpty());
}

TEST_F(RosterIndexTest, DatesAsTheyAreWritten) {
  RosterIndex roster;
  Fill(5, &roster);
  for (const std::string date :
       {"3/7/1951", "03/07/1951", "7.3.1951", "1951-03-07", "19510307",
        "03071951", "3/7/51", "March 7, 1951", "Mar. 7th 1951", "7 March 1951",
        "07-MAR-1951", "07MAR1951", "7th Mar 51", "195103071200"}) {
    EXPECT_THAT(In(roster, date), ElementsAre("DATE " + date)) << date;
  }
  for (const std::string none :
       {"3/8/1951", "March 1951", "3/7", "1951", "3/7/2051", "May 7, 1951",
        "Mar 7", "99999999", "may be 7 19"}) {
    EXPECT_THAT(In(roster, none), IsEmpty()) << none;
  }
}

TEST_F(RosterIndexTest, OtherValuesWordByWord) {
  RosterIndex roster;
  Fill(5, &roster);
  const std::vector<Row> rows = {
      {"ZEB.Q@EXAMPLE.ORG", {"EMAIL ZEB.Q@EXAMPLE.ORG"}},
      {"14 oak st.", {"STREET 14 oak st"}},
      {"14 Oak Street Apt. 2", {"STREET 14 Oak Street Apt. 2"}},
      {"15 Oak Street", {}},
      {"SPRINGFIELD", {"CITY SPRINGFIELD"}},
  };
  Check(roster, rows);
}

std::vector<std::string> LexiconNames(std::string_view file, std::size_t most) {
  std::ifstream in(std::string(PHIWIRE_SOURCE_DIR "/data/lexicon/") +
                   std::string(file));
  std::vector<std::string> names;
  std::string line;
  while (names.size() < most && std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::string name = line.substr(0, line.find('\t'));
    std::transform(name.begin() + 1, name.end(), name.begin() + 1, [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    if (name.size() >= 2) names.push_back(name);
  }
  EXPECT_EQ(names.size(), most) << file;
  return names;
}

struct Person {
  std::string first, last;
};

std::string Upper(std::string s) {
  for (char& c : s) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return s;
}

std::vector<std::string> WrittenForms(const Person& p) {
  const std::string f = p.first.substr(0, 1);
  return {p.first + " " + p.last,
          p.last + ", " + p.first,
          p.last + "," + p.first,
          Upper(p.last) + "^" + Upper(p.first),
          Upper(p.first) + " " + Upper(p.last),
          Upper(p.last) + ", " + Upper(p.first) + " Q",
          p.first + " Q. " + p.last,
          p.first + " Q " + p.last,
          f + ". " + p.last,
          f + ". Q. " + p.last,
          p.last + ", " + f + ".",
          p.first + "_" + p.last};
}

// One slip in a name of five letters or more, inside the word.
std::string Slip(const std::string& name, std::mt19937* random) {
  std::string out = name;
  const std::size_t at = 1 + (*random)() % (name.size() - 2);
  switch ((*random)() % 4) {
    case 0:
      out.erase(at, 1);
      break;
    case 1:
      out.insert(at, 1, static_cast<char>('a' + (*random)() % 26));
      break;
    case 2:
      out[at] = static_cast<char>('a' + (*random)() % 26);
      break;
    default:
      std::swap(out[at], out[at + 1]);
  }
  return out;
}

class RosterProperty : public RosterIndexTest {
 protected:
  void SetUp() override {
    const std::vector<std::string> firsts =
        LexiconNames("first_names.tsv", 2000);
    const std::vector<std::string> lasts = LexiconNames("surnames.tsv", 8000);
    for (int i = 0; i < 10000; ++i) {
      people_.push_back(
          {firsts[random_() % firsts.size()], lasts[random_() % lasts.size()]});
      roster_.AddName(people_.back().first, "", people_.back().last);
    }
    roster_.Finish(people_.size());
  }

  // Whether some proof covers the whole of `name`, set between words.
  bool Covered(const std::string& name) {
    const std::string text = "today " + name + " came";
    for (const std::string& match : In(roster_, text)) {
      if (match == "NAME " + name.substr(0, name.find_last_not_of('.') + 1)) {
        return true;
      }
    }
    return false;
  }

  const std::uint32_t seed_ = 20240229;
  std::mt19937 random_{seed_};
  std::vector<Person> people_;
  RosterIndex roster_;
};

TEST_F(RosterProperty, EveryWrittenFormIsFound) {
  for (int i = 0; i < 500; ++i) {
    const Person& p = people_[random_() % people_.size()];
    for (const std::string& form : WrittenForms(p)) {
      EXPECT_TRUE(Covered(form)) << form << ", seed " << seed_;
    }
  }
}

TEST_F(RosterProperty, OneSlipIsFoundUnlessItIsAWord) {
  int tried = 0;
  for (int i = 0; i < 3000; ++i) {
    const Person& p = people_[random_() % people_.size()];
    const bool in_first = random_() % 2 == 0;
    const std::string& name = in_first ? p.first : p.last;
    if (name.size() < 5) continue;
    const std::string slip = Slip(name, &random_);
    Read(slip);
    ASSERT_EQ(document_.tokens.size(), 1u) << slip;
    constexpr std::uint16_t kWords =
        kLexDictionary | kLexStop | kLexMedical | kLexDrug;
    if ((document_.facts(0).lex.flags & kWords) != 0) continue;
    ++tried;
    EXPECT_TRUE(Covered(in_first ? slip + " " + p.last : p.first + " " + slip))
        << p.first << " " << p.last << " as " << slip << ", seed " << seed_;
  }
  EXPECT_GT(tried, 1000);
}

TEST_F(RosterProperty, ThreadsShareIt) {
  std::vector<std::thread> threads;
  std::vector<std::size_t> counts(4);
  Read("Zebulon Smith, James Smith, J. Smith and Mary Johnson were seen");
  for (std::size_t t = 0; t < counts.size(); ++t) {
    threads.emplace_back([this, t, &counts] {
      for (int i = 0; i < 200; ++i) {
        std::vector<KnownMatch> matches;
        roster_.Find(document_, &matches);
        counts[t] += matches.size();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(counts, testing::Each(counts[0]));
  EXPECT_GT(counts[0], 0u);
}

}  // namespace
}  // namespace phiwire
