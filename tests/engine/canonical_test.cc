// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/utf8.h"

namespace phiwire {
namespace {

struct Row {
  std::string input;
  std::string canonical;
};

class CanonicalTable : public testing::TestWithParam<Row> {};

TEST_P(CanonicalTable, Folds) {
  CanonicalText canonical;
  ASSERT_TRUE(canonical.Assign(GetParam().input).ok());
  EXPECT_EQ(canonical.text(), GetParam().canonical);
  EXPECT_EQ(canonical.identity(), GetParam().input == GetParam().canonical);
}

// What prose has and escapes look like: nothing may change.
INSTANTIATE_TEST_SUITE_P(
    Stays, CanonicalTable, testing::ValuesIn([] {
      std::vector<Row> rows;
      for (const char* text :
           {"", "a", "A&O x3, SpO2 98% on RA", "HR=72 RR=20 O2=98 T=37",
            "C:\\users\\xavier\\new", "R&D; AT&T; &notaname; &;", "&#0; &#7;",
            "50%20 ml", "100%", "5%20ml", "%20 ml", "%50mg", "%2012 mg",
            "(%20)", "BP=120/80 MRN=4512345 Age=45",
            "see http://a.b/c?q=John%20Smith now",
            "==========\nPLAN\n====", "0 1 2 3 4 5 6 7 8 9 10",
            "0 0 0 0 0 0 0 0", "1 2 3 4 5", "T N M stage", "- 1 2 3 mg",
            "BP <120 and HR >60", "WBC <b>12</b> high", "seen [at] noon [1][2]",
            "a<br>b <p>c</p>", "(1 2) 3 4 5 6mg", "- one -\n- two -\nthree",
            "PLAN-\nMonitor", "\tcolumn\r\nline\f", "x-\n\ny",
            "\\u12 \\xg1 \\u{110000} \\ud800 \\x86", "%ZZ %4", "1 -\n2",
            // letters with accents, and what medicine writes
            "Jos\u00E9 Mu\u00F1oz \u00D8stergaard stra\u00DFe",
            "5 \u00B5g, \u03B2-blocker, TNF-\u03B1, TNF\u03B1, \u03B11 \u0394",
            "24 kg/m\u00B2, 38.5\u00B0C, \u00B1 2, \u2265 3, \u00BD tab",
            "Aspirin\u2122 \u00AE", "H\u2082O",
            // other scripts
            "\u0418\u0432\u0430\u043D \u0421\u043E\u0441\u043E "
            "\u043F\u0440\u0438\u0432\u0435\u0442 \u043C\u0438\u0440",
            "\u0393\u03B9\u03CE\u03C1\u03B3\u03BF\u03C2",
            "\u5C71\u7530\u592A\u90CE", "\u0915\u093F\u0924\u093E\u092C",
            "\u0645\u064F\u062D\u064E\u0645\u0651\u064E\u062F",
            "\u05E9\u05B8\u05DC\u05D5\u05B9\u05DD", "\uD55C\uAD6D\uC5B4"}) {
        rows.push_back({text, text});
      }
      return rows;
    }()));

INSTANTIATE_TEST_SUITE_P(
    Changes, CanonicalTable,
    testing::Values(
        Row{"&lt;John&gt; &amp; &#169;", "<John> & \u00A9"},
        Row{"&#x4a&#111hn", "J&#111hn"}, Row{"&#150;&#146;", "-'"},
        Row{"&eacute;t&eacute;", "\u00E9t\u00E9"}, Row{"&amp;amp;#48;", "0"},
        Row{"John%20Smith", "John Smith"}, Row{"by %20John", "by  John"},
        Row{"Qui%78\u00F6", "Quix\u00F6"},
        Row{"\u00D1%61\u00F1", "\u00D1a\u00F1"},
        Row{"(%20\u00D1and\u00F6", "( \u00D1and\u00F6"},
        Row{"1980%2D01%2D02", "1980-01-02"},
        Row{"http://a/%4A%6F%68%6E%20x", "http://a/John%20x"},
        Row{"\\u00e9 \\ud83d\\ude00 \\x41\\xc3\\xa9",
            "\u00E9 \U0001F600 A\u00E9"},
        Row{"caf=C3=A9 =3D", "caf\u00E9 ="},
        Row{"a =3D b =3D c=\nd", "a = b = cd"}, Row{"follow-\nup", "followup"},
        Row{"555-\r\n  0199", "555-0199"},
        Row{"x 1 2 3 - 4 5 - 6 7 8 9.", "x 123-45-6789."},
        Row{"( 6 1 7 ) 5 5 5 - 0 1 9 9", "(617)555-0199"},
        Row{"J o h n   S m i t h", "John   Smith"},
        Row{"a\n4 8 2 1 3 7 7mg", "a\n482137 7mg"},
        Row{"8 2 1 3 7 7 \u00B5", "821377 \u00B5"},
        Row{"<p>Jo<b></b>hn 12<!-- -->3<I>4</I>5</p>", "<p>John 12345</p>"},
        Row{"10<i></i>.<u>20</u>.3", "10.20.3"},
        Row{"1<!--a<!--b-->2<!-->3", "123"},
        Row{"(<b a=123-45-6<!--x--><!--" + std::string(500, 'y') + "-->789",
            "(<b a=123-45-6789"},
        Row{"(<!--9<!--y--><!--" + std::string(500, 'Y') + "-->2", "(<!--92"},
        Row{"1<!--2<!--" + std::string(505, 'x') + "-->3", "1<!--23"},
        Row{"1<!--" + std::string(505, 'x') + "-->2<!--3", "12<!--3"},
        Row{"jane[dot]doe[AT]example[dot]org", "jane.doe@example.org"},
        Row{"x \u202E9876-5\u202C y", "x 5-6789 y"},
        Row{"x \u202Ea\nb\u202C \u202Ey", "x a\nb y"},
        Row{std::string("1\x01"
                        "2\x7F"
                        "3"),
            "123"},
        Row{"e\u0301 n\u0303 e\u0323\u0302", "\u00E9 \u00F1 \u1EC7"},
        Row{"J\u0336o\u0336", "Jo"}, Row{"\u0301x", "x"},
        Row{"a\u2028b\u2029c\u0085d", "a\nb\nc\nd"},
        Row{"\u201CJohn\u201D \u2018x\u2019", "\"John\" 'x'"},
        Row{"\u00B9\u00B2\u00B3", "123"}, Row{"555\u00B7010", "555.010"},
        Row{"\u041Ehio", "Ohio"}, Row{"12\u041E4", "1204"},
        Row{"\u0410\u0421\u0415 x", "ACE x"},
        Row{"\uFB01le \u2116 5", "file No 5"},
        Row{"\U0001F1FA\U0001F1F8", "US"}, Row{"\u2777\u277F", "210"},
        Row{"\u0096\u0093", "-\""}, Row{"\uFEFFx", "x"}));

struct Bad {
  std::string input;
  std::string words;
};

TEST(Canonical, RefusesWhatIsNoUtf8NamingTheByte) {
  const Bad kBad[] = {
      {std::string("ab\0cd", 5), "NUL byte at byte 2"},
      {"ab\xFFz", "invalid UTF-8 at byte 2"},
      {"\xC3\xA9\xC3", "invalid UTF-8 at byte 2"},
      {"\xED\xA0\x80", "invalid UTF-8 at byte 0"},
      {"x\xC0\x80", "invalid UTF-8 at byte 1"},
      {std::string(1000, 'x') + "\xF5" + std::string(100, 'y'),
       "invalid UTF-8 at byte 1000"},
      {std::string(130, 'x') + std::string(1, '\0'), "NUL byte at byte 130"},
  };
  CanonicalText canonical;
  for (const Bad& bad : kBad) {
    const absl::Status status = canonical.Assign(bad.input);
    EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << bad.words;
    EXPECT_NE(status.ToString().find(bad.words), std::string::npos)
        << status.ToString();
    EXPECT_TRUE(canonical.text().empty());
    EXPECT_TRUE(canonical.Assign("good again").ok());
    EXPECT_EQ(canonical.text(), "good again");
  }
}

TEST(Canonical, EscapesMakeNeitherNulNorControl) {
  CanonicalText canonical;
  for (const char* text : {"&#0;&#x1;&#x7f;", "%00%01%1f", "\\u0000\\x07",
                           "=00=01=7F", "\\u{0}"}) {
    ASSERT_TRUE(canonical.Assign(text).ok());
    EXPECT_EQ(canonical.text(), text);
  }
}

TEST(Canonical, RangesCoverWhatVanishedInside) {
  CanonicalText canonical;
  const std::string text = "x J\u200Bo\u200Bhn &#83;mith\u00E9 y";
  ASSERT_TRUE(canonical.Assign(text).ok());
  ASSERT_EQ(canonical.text(), "x John Smith\u00E9 y");
  const auto original = [&](std::size_t begin, std::size_t end) {
    const auto [b, e] = canonical.ToOriginal(begin, end);
    return text.substr(b, e - b);
  };
  EXPECT_EQ(original(2, 6), "J\u200Bo\u200Bhn");
  EXPECT_EQ(original(2, 3), "J");
  EXPECT_EQ(original(7, 8), "&#83;");
  EXPECT_EQ(original(8, 9), "m");
  EXPECT_EQ(original(12, 14), "\u00E9");
  EXPECT_EQ(original(12, 13), "\u00E9");
  EXPECT_EQ(original(0, canonical.text().size()), text);
}

std::string RandomText(std::mt19937_64* random) {
  static const std::string pieces[] = {
      "John ",        "12",         "-",          "\n",     "&#48;",
      "&amp;",        "%4A%4b",     "\\u0031",    "=41",    "=\n",
      "\u200B",       "\u00AD",     "\uFF11",     "\u0430", "\u0437",
      "\u03B1",       "\u0301",     "\u0336",     "\u00B2", "\u00B7",
      "\u00E9",       "\U000E0041", "\U0001D400", "\u2019", "\u5C71",
      "\u0915\u093F", "e",          " ",          "\x01",   "\u00A0",
      "\u2460",       "\u277F",     "\uFB01",     "&",      "%",
      "\\",           "=",          "x"};
  std::string out;
  const std::size_t count = (*random)() % 60;
  for (std::size_t i = 0; i < count; ++i) {
    out += pieces[(*random)() % std::size(pieces)];
  }
  return out;
}

TEST(Canonical, RandomTextsKeepTheMapsPromises) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  CanonicalText canonical;
  for (int round = 0; round < 3000; ++round) {
    const std::string input = RandomText(&random);
    ASSERT_TRUE(canonical.Assign(input).ok());
    const std::string text(canonical.text());
    ASSERT_TRUE(IsValidUtf8(text)) << input;
    ASSERT_EQ(canonical.identity(), text == input) << input;
    std::size_t last_begin = 0;
    std::size_t last_end = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t next = at + DecodeUtf8(text, at).length;
      const auto [begin, end] = canonical.ToOriginal(at, next);
      ASSERT_LT(begin, end) << input;
      ASSERT_LE(end, input.size());
      ASSERT_GE(begin, last_begin) << input;
      ASSERT_GE(end, last_end) << input;
      // Disjoint, or the very same source (one character became several).
      ASSERT_TRUE(begin >= last_end ||
                  (begin == last_begin && end == last_end) || at == 0)
          << input;
      ASSERT_TRUE(
          IsValidUtf8(std::string_view(input).substr(begin, end - begin)));
      const auto [head, tail] = canonical.ToOriginal(0, next);
      ASSERT_LE(head, begin);
      ASSERT_EQ(tail, end);
      last_begin = begin;
      last_end = end;
      at = next;
    }
  }
}

}  // namespace
}  // namespace phiwire
