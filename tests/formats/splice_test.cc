// SPDX-License-Identifier: Apache-2.0
//
// The splice that copies in steps against the plain one.

#include "formats/splice.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

std::string Plain(std::string_view record, const std::vector<Edit>& edits) {
  const auto out = SpliceEdits(
      record, edits,
      [](std::string_view text, std::string& to) { to.append(text); });
  EXPECT_TRUE(out.ok()) << out.status();
  return out.ok() ? *out : "refused";
}

std::string Stepped(std::string_view record, const std::vector<Edit>& edits) {
  std::string out = "before";
  AppendSpliced(record, edits, &out);
  EXPECT_TRUE(out.starts_with("before"));
  return out.substr(6);
}

TEST(Splice, GapsAroundAStep) {
  std::string record;
  for (int i = 0; i < 60; ++i) record += static_cast<char>('a' + i % 26);
  for (const std::size_t gap : {0U, 1U, 15U, 16U, 17U, 58U}) {
    for (const std::size_t size : {0U, 1U, 2U}) {
      for (const std::string text : {"", "x", "a text of over sixteen bytes"}) {
        const std::vector<Edit> edits = {{gap, gap + size, text}};
        EXPECT_EQ(Stepped(record, edits), Plain(record, edits))
            << gap << ' ' << size << ' ' << text;
      }
    }
  }
  EXPECT_EQ(Stepped("", {}), "");
  EXPECT_EQ(Stepped("short", {{5, 5, "end"}}), "shortend");
}

TEST(Splice, AnyEdits) {
  constexpr unsigned kSeed = 5;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    std::string record(random() % 200, ' ');
    for (char& c : record) c = static_cast<char>('a' + random() % 26);
    std::vector<Edit> edits;
    for (std::size_t at = random() % 20; at <= record.size();
         at += random() % 40) {
      const std::size_t end = std::min(record.size(), at + random() % 12);
      edits.push_back({at, end, std::string(random() % 24, '#')});
      at = end;
    }
    ASSERT_EQ(Stepped(record, edits), Plain(record, edits))
        << "seed " << kSeed << ", round " << round;
  }
}

}  // namespace
}  // namespace phiwire
