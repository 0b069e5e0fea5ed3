// SPDX-License-Identifier: Apache-2.0

#include "engine/word_table.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "engine/word_memo.h"
#include "gtest/gtest.h"

namespace phiwire {
namespace {

class WordTableTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto lexicon = Lexicon::Open(PHIWIRE_TEST_DATA_DIR "/lexicon.bin");
    ASSERT_TRUE(lexicon.ok()) << lexicon.status();
    lexicon_ = new Lexicon(*std::move(lexicon));
  }
  static void TearDownTestSuite() {
    delete lexicon_;
    lexicon_ = nullptr;
  }
  static std::string Numbered(int i) {
    return std::string(1, 'w').append(std::to_string(i));
  }
  static inline Lexicon* lexicon_ = nullptr;
  WordClasses classes_;
};

TEST_F(WordTableTest, AWordIsItsBytes) {
  WordTable table(*lexicon_, classes_);
  const std::vector<std::string> words = {"Will",
                                          "will",
                                          "WILL",
                                          "12",
                                          "3",
                                          "B12",
                                          ".",
                                          "\n",
                                          "'",
                                          "\xE2\x80\x93",
                                          "a-word-that-is-longer",
                                          "internationalisations",
                                          "O'Brien",
                                          "Jos\xC3\xA9"};
  std::vector<std::uint32_t> ids;
  for (const std::string& word : words) {
    const std::uint32_t id = table.Find(word).id;
    EXPECT_NE(id, 0u);
    EXPECT_LT(id, table.size());
    for (const std::uint32_t other : ids) EXPECT_NE(id, other) << word;
    ids.push_back(id);
  }
  for (std::size_t w = 0; w < words.size(); ++w) {
    EXPECT_EQ(table.Find(words[w]).id, ids[w]) << words[w];
  }
  EXPECT_EQ(table.Find("Will").hash, table.Find("WILL").hash);
  EXPECT_EQ(table.Find("\n").kind, TokenKind::kNewline);
  EXPECT_EQ(table.Find("\xE2\x80\x93").symbol, 0x80);
}

TEST_F(WordTableTest, LongNumbersAreKnownByTheirLength) {
  WordTable table(*lexicon_, classes_);
  const NumberedWord first = table.Find("1234567");
  const NumberedWord second = table.Find("7654321");
  EXPECT_EQ(first.id, second.id);
  EXPECT_NE(first.hash, second.hash);
  EXPECT_EQ(second.hash, HashWord("7654321"));
  EXPECT_NE(table.Find("12345678").id, first.id);
  const std::uint32_t size = table.size();
  for (int i = 10000; i < 20000; ++i) table.Find(std::to_string(i));
  EXPECT_EQ(table.size(), size);
  EXPECT_EQ(table.Find(std::string(500, '7')).id,
            table.Find(std::string(501, '8')).id);
}

TEST_F(WordTableTest, TooManyWordsAreForgottenBetweenTexts) {
  WordTable table(*lexicon_, classes_);
  WordMemo<int> memo;
  const std::uint32_t will = table.Find("Will").id;
  memo.Start(table);
  memo[will] = 7;
  for (int i = 0; i < 1000; ++i) table.Find(Numbered(i));
  table.Start();
  memo.Start(table);
  EXPECT_EQ(memo[table.Find("Will").id], 7);
  for (int i = 0; i < 70000; ++i) {
    const std::string word = Numbered(i);
    ASSERT_EQ(table.Find(word).hash, HashWord(word));
  }
  const auto epoch = table.epoch();
  table.Start();
  EXPECT_NE(table.epoch(), epoch);
  EXPECT_LT(table.size(), 100u);
  const std::uint32_t again = table.Find("Will").id;
  memo.Start(table);
  EXPECT_EQ(memo[again], 0);
}

TEST_F(WordTableTest, WordsWithDigitsAreForgottenAlone) {
  WordTable table(*lexicon_, classes_);
  WordMemo<int> memo;
  const std::uint32_t will = table.Find("Will").id;
  const std::uint32_t five = table.Find("5").id;
  std::uint32_t size = 0;
  for (int text = 0; text < 5; ++text) {
    table.Start();
    EXPECT_EQ(table.ends(), static_cast<unsigned>(text));
    for (int i = 0; i < 9000; ++i) {
      const std::string word = Numbered(text * 9000 + i);
      const NumberedWord found = table.Find(word);
      ASSERT_EQ(found.hash, HashWord(word));
      WordKey key{};
      word.copy(reinterpret_cast<char*>(&key), sizeof(key));
      ASSERT_EQ(table.known().Find(key)->id, found.id);
    }
    EXPECT_EQ(table.Find("Will").id, will);
    EXPECT_EQ(table.Find("5").id, five);
    memo.Start(table);
    if (text > 0) {
      EXPECT_EQ(memo[will], 7);
    }
    std::set<std::uint32_t> ids;
    for (int i = 0; i < 9000; ++i) {
      const std::uint32_t id = table.Find(Numbered(text * 9000 + i)).id;
      EXPECT_TRUE(ids.insert(id).second);
      ASSERT_EQ(memo[id], 0) << i;
      memo[id] = 1 + i;
    }
    memo[will] = 7;
    if (text == 0) size = table.size();
    EXPECT_EQ(table.size(), size);
  }
}

// Ids that ended are listed until others end.
TEST_F(WordTableTest, AMemoThatMissedAnEndStartsAnew) {
  WordTable table(*lexicon_, classes_);
  WordMemo<int> memo;
  const std::uint32_t will = table.Find("Will").id;
  const auto pass = [&table](int text) {
    for (int i = 0; i < 9000; ++i) table.Find(Numbered(text * 9000 + i));
    table.Start();
  };
  EXPECT_TRUE(memo.Start(table));
  memo[will] = 7;
  pass(0);
  EXPECT_FALSE(memo.Start(table));
  EXPECT_EQ(memo[will], 7);
  pass(1);
  pass(2);
  EXPECT_TRUE(memo.Start(table));
  EXPECT_EQ(memo[will], 0);
}

}  // namespace
}  // namespace phiwire
