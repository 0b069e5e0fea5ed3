// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_plain.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "engine/canonical_escapes.h"
#include "engine/canonical_layer.h"
#include "engine/canonical_layout.h"

namespace phiwire {
namespace {

// The definition, by the long way.
bool Stays(std::string_view text) {
  for (char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  TextLayer escapes;
  escapes.Start(text);
  if (UndoEscapes(text, &escapes).nul_at != std::string_view::npos) {
    return false;
  }
  TextLayer layout;
  layout.Start(text);
  CloseSpacedOut(text, &layout);
  return !escapes.Finish() && !layout.Finish();
}

TEST(PlainText, ProseIsPlain) {
  for (const char* text :
       {"", "a", "A&O x3, SpO2 98% on RA; HR=72 RR=20 O2=98 T=37",
        "C:\\Documents\\new", "R&D; AT&T", "100%", "WBC <3 [1] {x} a|b -",
        "pre- and post-op\n- one\n- two\r\n\ttab\fpage", "T N M stage 1 2 of",
        "==== PLAN ====", "x = 5 and y=7",
        "a longer line, so that more than one block of bytes is looked at; it "
        "goes on and on, 120/80, until there are more than two hundred bytes "
        "in it: 10/12/2024, 555-0142, jane.doe@example.org, #12, (a), "
        "'b'.\n"}) {
    EXPECT_TRUE(Stays(text)) << text;
    EXPECT_TRUE(IsPlainText(text)) << text;
  }
}

// At every place of two blocks.
TEST(PlainText, SeesWhatIsHidden) {
  for (const char* hidden :
       {"555&#45;0142", "A &amp; B", "x%20y%20z", "a\\u0041", "\\\\x41\\\\x42",
        "=4A=4B", "a=\nb", "5=  \r\n6", "a<b>b</b>", "jane[at]x", "555-\n0142",
        "demen-  \r\ntia", "J o h n D o e", "1 2 3 - 4 5 6 7", "x\x01y",
        "x\x7Fy", "\xC2\xA0", "( 5 5 5 ) 1 2 3 4 5"}) {
    ASSERT_FALSE(Stays(std::string("x ") + hidden)) << hidden;
    for (std::size_t before = 1; before < 140; ++before) {
      std::string text(before, ' ');
      for (const char* after : {"", " and more", "\n"}) {
        EXPECT_FALSE(IsPlainText(text + hidden + after)) << hidden << before;
      }
    }
  }
  EXPECT_FALSE(IsPlainText(std::string_view("a\0b", 3)));
}

// What is plain stays as it is, whatever bytes come together.
TEST(PlainText, AgreesWithTheLongWay) {
  constexpr unsigned kSeed = 20261123;
  SCOPED_TRACE(testing::Message() << "seed " << kSeed);
  std::mt19937 random(kSeed);
  constexpr std::string_view kSets[] = {
      " \n\r\t-aZ5",
      "&#;xa4 ",
      "%=2034DuUAF\r\n ",
      "\\xuU{}41 ",
      "<>/b!-a ",
      "[]atdo x",
      " 12ab(-/",
      "ab  c1 \n\x01\x7F\xC3\xA9",
      " !\"#$%&'()*+,-./059:;<=>?@AZ[\\]^_`az{|}~\n\t"};
  std::size_t plain = 0;
  for (int i = 0; i < 200'000; ++i) {
    const std::string_view set = kSets[random() % std::size(kSets)];
    std::string text(random() % 150, ' ');
    const std::size_t from = random() % (text.size() + 1);
    for (std::size_t at = from; at < text.size(); ++at) {
      text[at] = set[random() % set.size()];
    }
    if (!IsPlainText(text)) continue;
    ++plain;
    ASSERT_TRUE(Stays(text)) << testing::PrintToString(text);
  }
  EXPECT_GT(plain, 20'000u);
}

}  // namespace
}  // namespace phiwire
