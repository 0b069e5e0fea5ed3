// SPDX-License-Identifier: Apache-2.0

#include "policy/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "policy/roster_columns.h"
#include "policy/roster_csv.h"
#include "policy/value_lists.h"

namespace phiwire {
namespace {

using testing::ElementsAre;

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

struct ErrorRow {
  std::string_view csv, error;
};

TEST(ParseRoster, ErrorsNameThePlaceAndNoValue) {
  const ErrorRow rows[] = {
      {"", "r.csv:1: no header line"},
      {"\r\n\n", "r.csv:1: no header line"},
      {"name\n", "r.csv:1: no patient below the header"},
      {"name,SECRET\nx,y\n",
       "r.csv:1: column 2: no such column "
       "(docs/roster.md)"},
      {"first,First Name\nx,y\n",
       "r.csv:1: column 2: this part of the name came before"},
      {"name,dob\nSECRET\n", "r.csv:2: 1 cells, not 2"},
      {"name\nx\n\nSECRET,a\n", "r.csv:4: 2 cells, not 1"},
      {"name,dob\nx,SECRET\n",
       "r.csv:2: column 2: no date of the years 1800 to 2199"},
      {"dob\n1980-02-30\n",
       "r.csv:2: column 1: no date of the years 1800 to 2199"},
      {"dob\n1/2/1799\n",
       "r.csv:2: column 1: no date of the years 1800 to 2199"},
      {"name,mrn\n\"a\nb\",\"SECRET\n",
       "r.csv:2: column 2: a quote is never closed"},
      {"name\n\"a\nb\"\nSE\"CRET\n",
       "r.csv:4: column 1: a quote inside a cell without quotes"},
      {"name\n\"SECRET\"x\n", "r.csv:2: column 1: text behind a closing quote"},
      {"name\na\rb\n", "r.csv:2: column 1: a CR without its LF"},
      {"name\n\xFF\n", "r.csv: not valid UTF-8, or with a NUL byte"},
  };
  for (const ErrorRow& row : rows) {
    const auto roster = ParseRoster(row.csv, "r.csv");
    ASSERT_FALSE(roster.ok()) << row.csv;
    EXPECT_EQ(Message(roster.status()), row.error) << row.csv;
  }
}

TEST(ParseRoster, ReadsRfc4180) {
  const auto roster = ParseRoster(
      "\xEF\xBB\xBFLast Name, first-name ,DOB,Phone,phone,_note\r\n"
      "\"Roe, \"\"Jr\"\"\",Jane,\"January 2, 1980\",,5552013344,\"a\nb\"\r\n"
      "Poe,,2 Jan 1980,,,\r\n\r\nLoe,Ann,19800102,,,",
      "r.csv");
  ASSERT_TRUE(roster.ok()) << roster.status();
  EXPECT_EQ((*roster)->people(), 3u);
}

TEST(RosterCsv, CellsAndLines) {
  RosterCsv csv("a, b ,\"c,\"\"d\n\"\r\n\n\ne,,", "f");
  std::vector<std::string> row;
  ASSERT_TRUE(csv.Next(&row).ok());
  EXPECT_THAT(row, ElementsAre("a", "b", "c,\"d\n"));
  ASSERT_TRUE(csv.Next(&row).ok());
  EXPECT_THAT(row, ElementsAre("e", "", ""));
  EXPECT_EQ(Message(csv.Error(2, "x")), "f:5: column 2: x");
  ASSERT_TRUE(csv.Next(&row).ok());
  EXPECT_TRUE(row.empty());
}

TEST(RosterColumns, EveryTypeIsAColumn) {
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    EXPECT_TRUE(FindRosterColumn(TypeName(static_cast<PhiType>(t))));
  }
  EXPECT_FALSE(FindRosterColumn(""));
  EXPECT_FALSE(FindRosterColumn("patient id"));
}

struct NameRow {
  std::string_view text, first, middle, last;
};

TEST(RosterColumns, NamesInOneCell) {
  const NameRow rows[] = {
      {"Jane Roe", "Jane", "", "Roe"},
      {"Roe, Jane Q", "Jane", "Q", "Roe"},
      {"ROE^JANE^Q^JR", "JANE", "Q", "ROE"},
      {"Dr. Jane Q. Roe, MD", "Jane", "Q", "Roe"},
      {"Pieter van der Berg", "Pieter", "", "van der Berg"},
      {"Roe", "", "", "Roe"},
      {"BABY BOY ROE", "", "", "ROE"},
      {"UNKNOWN", "", "", ""},
  };
  for (const NameRow& row : rows) {
    const RosterName name = ParseRosterName(row.text);
    EXPECT_EQ(name.first, row.first) << row.text;
    EXPECT_EQ(name.middle, row.middle) << row.text;
    EXPECT_EQ(name.last, row.last) << row.text;
  }
}

TEST(ValueLists, Errors) {
  Policy policy = Policy::SafeHarbor();
  policy.deny = {"ZZ-9", "SSN:--"};
  EXPECT_EQ(Message(ValueLists::Create(policy).status()),
            "deny entry 2: no letter or digit in it");
  policy.deny = {"PROFESSION:baker"};
  EXPECT_EQ(Message(ValueLists::Create(policy).status()),
            "deny entry 1: the policy has the type PROFESSION off");
  policy.deny = {"Foley"};
  policy.allow = {"(?i)FOLEY"};
  EXPECT_EQ(Message(ValueLists::Create(policy).status()),
            "deny entry 1: it is on the allow list too");
  policy.allow = {"(?i)"};
  EXPECT_EQ(Message(ValueLists::Create(policy).status()),
            "allow entry 1: no text in it");
}

std::vector<std::string> Lines(const std::string& path, std::size_t most) {
  std::ifstream in(path);
  std::vector<std::string> names;
  std::string line;
  while (names.size() < most && std::getline(in, line)) {
    if (!line.empty() && line[0] != '#') {
      names.push_back(line.substr(0, line.find('\t')));
    }
  }
  return names;
}

// 10,000 patients with the commonest names must not make names of words.
TEST(RosterPrecision, OrdinarySentencesStay) {
  const std::string lexicon = PHIWIRE_SOURCE_DIR "/data/lexicon/";
  const auto firsts = Lines(lexicon + "first_names.tsv", 2000);
  const auto lasts = Lines(lexicon + "surnames.tsv", 5000);
  ASSERT_EQ(lasts.size(), 5000u);
  std::mt19937 random(7);
  std::string csv = "first,last\n";
  for (int i = 0; i < 10000; ++i) {
    csv += firsts[random() % firsts.size()];
    csv += ',';
    csv += lasts[random() % lasts.size()];
    csv += '\n';
  }
  Policy policy = Policy::SafeHarbor();
  auto without = Deidentifier::Create(policy, {PHIWIRE_TEST_DATA_DIR, ""});
  ASSERT_TRUE(without.ok()) << without.status();
  policy.roster_file =
      testing::TempDir() + std::to_string(::getpid()) + "phiwire_precision.csv";
  std::ofstream(policy.roster_file) << csv;
  auto with = Deidentifier::Create(policy, {PHIWIRE_TEST_DATA_DIR, ""});
  std::remove(policy.roster_file.c_str());
  ASSERT_TRUE(with.ok()) << with.status();
  std::size_t bytes = 0;
  std::size_t before = 0;
  std::size_t after = 0;
  for (const auto& entry : std::filesystem::directory_iterator(
           PHIWIRE_SOURCE_DIR "/examples/notes")) {
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    bytes += text.size();
    const auto hidden = [&text](const Deidentifier& engine) {
      std::size_t sum = 0;
      const auto findings = engine.Analyze(text);
      EXPECT_TRUE(findings.ok());
      for (const Finding& f : *findings) sum += f.end - f.begin;
      return sum;
    };
    before += hidden(*without);
    after += hidden(*with);
  }
  RecordProperty("hidden_before", static_cast<int>(before));
  RecordProperty("hidden_after", static_cast<int>(after));
  ASSERT_GT(bytes, 5000u);
  EXPECT_GE(after, before);
  // One byte in 200 of the text: a word or two a note.
  EXPECT_LE(after - before, bytes / 200) << before << " " << after;
}

}  // namespace
}  // namespace phiwire
