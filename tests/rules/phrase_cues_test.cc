// SPDX-License-Identifier: Apache-2.0

#include "rules/phrase_cues.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "base/strings.h"
#include "base/yaml.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

class PhraseCuesTest : public DocumentFixture {
 protected:
  static std::string Folder(const std::string& name, const std::string& yaml) {
    const std::string folder = testing::TempDir() + std::to_string(::getpid()) +
                               "phiwire_phrases_" + name;
    std::filesystem::create_directories(folder);
    std::ofstream(folder + "/phrases.yaml") << yaml;
    return folder;
  }
  static absl::StatusOr<PhraseCues> Load(std::vector<std::string> folders) {
    return PhraseCues::Load(folders);
  }
  // "seen by=before_name": each phrase's text and groups.
  std::vector<std::string> Found(const PhraseCues& cues,
                                 std::string_view text) {
    Read(text);
    cues.Match(document_.tokens, &hits_);
    std::vector<std::string> found;
    for (const PhraseHit& hit : hits_) {
      const std::uint32_t begin = document_.tokens[hit.first].begin;
      const std::uint32_t end = document_.tokens[hit.last].end;
      std::string row = text_.substr(begin, end - begin);
      for (std::size_t g = 0; g < kPhraseGroupCount; ++g) {
        if ((hit.groups >> g & 1) == 0) continue;
        row += Concat({"=", kPhraseGroupNames[g]});
      }
      found.push_back(row);
    }
    return found;
  }
  static bool Holds(const std::vector<PhraseHit>& hits, const PhraseHit& hit) {
    return std::any_of(hits.begin(), hits.end(), [&](const PhraseHit& h) {
      return h.first == hit.first && h.last == hit.last;
    });
  }
  std::vector<PhraseHit> hits_;
};

TEST_F(PhraseCuesTest, FindsThePhrasesOfTheCases) {
  const auto cues = Load(ContextFolders());
  ASSERT_TRUE(cues.ok()) << cues.status();
  const auto data =
      ReadYamlFile(PHIWIRE_SOURCE_DIR "/tests/rules/phrase_cues_cases.yaml");
  ASSERT_TRUE(data.ok()) << data.status();
  for (const auto& [unused, row] : data->Get("cases")->entries()) {
    SCOPED_TRACE("line " + std::to_string(row.line()));
    EXPECT_EQ(Found(*cues, *row.Get("text")->AsString()),
              *row.Get("finds")->AsStrings());
  }
}

// Every phrase of the file is found when it stands alone: as itself, or as one
// that begins like it and is as long.
TEST_F(PhraseCuesTest, FindsEveryPhraseOfTheFile) {
  const auto cues = Load(ContextFolders());
  ASSERT_TRUE(cues.ok()) << cues.status();
  const auto root = ReadYamlFile(ContextFolders()[0] + "/phrases.yaml");
  ASSERT_TRUE(root.ok()) << root.status();
  int count = 0;
  for (const auto& [group, list] : root->Get("phrases")->entries()) {
    for (const auto& [unused, node] : list.entries()) {
      const std::string phrase = *node.AsString();
      const auto found = Found(*cues, "x " + phrase + " x");
      ASSERT_EQ(found.size(), 1u) << phrase;
      EXPECT_EQ(found[0].substr(0, phrase.size() + 1), phrase + "=");
      EXPECT_NE(found[0].find("=" + group), std::string::npos) << phrase;
      ++count;
    }
  }
  EXPECT_GT(count, 500);
}

TEST_F(PhraseCuesTest, ASiteAddsPhrases) {
  const std::string site =
      Folder("site", "phrases: {before_place: [\"bunks in\", \"seen by\"]}");
  const auto cues = Load({ContextFolders()[0], site});
  ASSERT_TRUE(cues.ok()) << cues.status();
  EXPECT_EQ(Found(*cues, "bunks in Oslo, seen by Ames"),
            (std::vector<std::string>{"bunks in=before_place",
                                      "seen by=before_name=before_place"}));
}

// Looked for in parts, phrases are those found in the whole, though one can
// take the words that another would begin with.
TEST_F(PhraseCuesTest, NearATokenAreThoseOfTheWholeText) {
  const std::string folder =
      Folder("overlap",
             "phrases: {before_name: [a b, b c, c a, a b c d, d - e, e f]}");
  const auto cues = Load({folder});
  ASSERT_TRUE(cues.ok()) << cues.status();
  constexpr unsigned kSeed = 20241123;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  static const char* const kPieces[] = {"a", "b", "c", "d",  "-",
                                        "e", "f", "x", "\n", ","};
  std::size_t compared = 0;
  for (int n = 0; n < 200; ++n) {
    std::string text;
    for (int i = 0; i < 120; ++i) {
      text += kPieces[random() % std::size(kPieces)];
      text += ' ';
    }
    Read(text);
    cues->Match(document_.tokens, &hits_);
    std::vector<PhraseHit> near;
    std::size_t done = 0;
    for (std::size_t from = random() % 9; from < document_.tokens.size();) {
      const std::size_t to =
          std::min(from + random() % 20, document_.tokens.size());
      cues->MatchNear(document_.tokens, from, to, &done, &near);
      for (const PhraseHit& hit : hits_) {
        if (hit.last < from || hit.first >= to) continue;
        ++compared;
        EXPECT_TRUE(Holds(near, hit)) << hit.first << " in " << text_;
      }
      from = from + random() % 30;
    }
    for (std::size_t h = 0; h < near.size(); ++h) {
      EXPECT_TRUE(h == 0 || near[h - 1].last < near[h].first);
      EXPECT_TRUE(Holds(hits_, near[h])) << near[h].first << " in " << text_;
    }
  }
  EXPECT_GT(compared, 500u);
}

struct ErrorRow {
  const char* yaml;
  const char* error;  // behind the file's name
};

TEST_F(PhraseCuesTest, WrongFilesAreErrorsWithTheirPlace) {
  const ErrorRow rows[] = {
      {"version: 1", ":1:1: no key \"phrases\""},
      {"phrases: {before_lunch: [\"a b\"]}",
       ":1:11: unknown key \"before_lunch\"; known: before_name, before_date, "
       "before_facility, before_employer, before_place, before_id"},
      {"phrases: {before_name: \"a b\"}", ":1:24: expected a list of phrases"},
      {"phrases: {before_name: [signed]}",
       ":1:25: a phrase has two words or more; a single word goes into "
       "word_classes.yaml"},
      {"phrases: {before_name: [[a b]]}", ":1:25: expected text"},
  };
  for (const ErrorRow& row : rows) {
    const std::string folder = Folder("wrong", row.yaml);
    const auto cues = Load({folder});
    ASSERT_FALSE(cues.ok()) << row.yaml;
    EXPECT_EQ(std::string(cues.status().message()),
              folder + "/phrases.yaml" + row.error);
  }
}

TEST_F(PhraseCuesTest, TheFirstFolderMustHaveTheFile) {
  EXPECT_FALSE(Load({testing::TempDir() + std::to_string(::getpid()) +
                     "phiwire_no_such_folder"})
                   .ok());
}

}  // namespace
}  // namespace phiwire
