// SPDX-License-Identifier: Apache-2.0

#include "engine/tokenizer.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/fold.h"
#include "gtest/gtest.h"

namespace phiwire {
namespace {

const Lexicon* TestLexicon() {
  static const auto* const kLexicon = new absl::StatusOr<Lexicon>(
      Lexicon::Open(std::string(PHIWIRE_TEST_DATA_DIR) + "/lexicon.bin"));
  return kLexicon->ok() ? &**kLexicon : nullptr;
}

struct Row {
  std::string text;
  std::vector<std::string> tokens;
};

TEST(Tokenizer, CutsWordsAtEveryLength) {
  ASSERT_NE(TestLexicon(), nullptr) << "build phiwire_data_files";
  const std::vector<Row> rows = {
      {"Dr. O'Brien's", {"Dr", ".", "O'Brien", "'", "s"}},
      {"don't 'tis", {"don't", "'", "tis"}},
      {"abcdefgh", {"abcdefgh"}},
      {"abcdefgh ijklmnopq", {"abcdefgh", "ijklmnopq"}},
      {"abcdefgh'ij", {"abcdefgh'ij"}},
      {"abcdefgh\xC3\xA9z-1", {"abcdefgh\xC3\xA9z", "-", "1"}},
      {"B12/3\n\tx", {"B12", "/", "3", "\n", "x"}},
      {"", {}},
  };
  const WordClasses classes;
  WordTable words(*TestLexicon(), classes);
  Document document;
  const std::vector<Token>& tokens = document.tokens;
  for (const Row& row : rows) {
    document.text = row.text;
    Tokenize(&words, &document);
    std::vector<std::string> seen;
    std::vector<std::string> odd;
    for (const Token& t : tokens) {
      seen.push_back(row.text.substr(t.begin, t.end - t.begin));
      const bool plain =
          seen.back().size() == 1 ||
          std::none_of(seen.back().begin(), seen.back().end(), [](char c) {
            return c == '\'' || static_cast<unsigned char>(c) >= 0x80;
          });
      if (!plain) odd.push_back(seen.back());
    }
    EXPECT_EQ(seen, row.tokens) << row.text;
    std::vector<std::string> told;
    for (const std::uint32_t i : document.compounds) told.push_back(seen.at(i));
    EXPECT_EQ(told, odd) << row.text;
  }
}

// Of random words: the hash is that of the folded word, case and kind are as
// counted, and what the cache says is what the tables say.
TEST(Tokenizer, TellsOfEveryWordWhatItsCharactersSay) {
  ASSERT_NE(TestLexicon(), nullptr) << "build phiwire_data_files";
  WordClasses classes;
  classes.AddWord(*classes.AddClass("c"), "ab");
  WordTable words(*TestLexicon(), classes);
  constexpr unsigned kSeed = 20260715;
  std::mt19937 random(kSeed);
  constexpr std::string_view kLetters = "abeinorstAJXZ019";
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int w = 0; w < 100; ++w) {
      for (std::size_t n = 1 + random() % (w % 4 == 0 ? 20 : 4); n > 0; --n) {
        text += kLetters[random() % kLetters.size()];
      }
      text += ' ';
    }
    Document document;
    document.text = text;
    Tokenize(&words, &document);
    const std::vector<Token>& tokens = document.tokens;
    ASSERT_EQ(tokens.size(), 100U) << "seed " << kSeed;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& t = tokens[i];
      const std::string word = text.substr(t.begin, t.end - t.begin);
      const auto count = [&word](char first, char last) {
        return std::count_if(word.begin(), word.end(),
                             [=](char c) { return c >= first && c <= last; });
      };
      const auto upper = count('A', 'Z');
      const auto lower = count('a', 'z');
      const auto digits = count('0', '9');
      const bool first_upper = word[0] >= 'A' && word[0] <= 'Z';
      ASSERT_EQ(t.hash, HashWord(Folded(word))) << word;
      ASSERT_EQ(t.kind, digits == 0          ? TokenKind::kWord
                        : upper + lower == 0 ? TokenKind::kNumber
                                             : TokenKind::kMixed);
      const Case want = upper == 0 ? (lower == 0 ? Case::kNone : Case::kLower)
                        : lower == 0
                            ? (upper == 1 ? Case::kInitial : Case::kUpper)
                        : first_upper && upper == 1 ? Case::kTitle
                                                    : Case::kMixed;
      ASSERT_EQ(t.letter_case, want) << word;
      if (t.kind == TokenKind::kNumber) continue;
      const LexEntry entry =
          TestLexicon()->Find(t.hash, static_cast<std::uint8_t>(word.size()));
      ASSERT_EQ(document.facts(i).classes, classes.Find(t.hash)) << word;
      ASSERT_EQ(document.facts(i).lex.flags, entry.flags) << word;
      ASSERT_EQ(document.facts(i).lex.zipf, entry.zipf) << word;
      ASSERT_EQ(document.facts(i).lex.last, entry.last) << word;
    }
  }
}

}  // namespace
}  // namespace phiwire
