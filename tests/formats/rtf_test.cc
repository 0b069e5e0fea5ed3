// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "tests/formats/markup_test_support.h"

namespace phiwire {
namespace {

struct Row {
  std::string_view rtf;
  std::string_view text;
  std::string_view aside = "";
  std::string_view others = "";
};

const Row kRows[] = {
    {R"({\rtf1 Hello})", "Hello"},
    {R"({\rtf1\ansi John{\b son}\b0  Smith})", "Johnson Smith"},
    {"{\\rtf1 Jo\r\nhn}", "John"},
    {R"({\rtf1 a\par b\line c\tab d\cell e\row f})", "a\nb\nc\td\te\nf"},
    {"{\\rtf1 a\\\nb}", "a\nb"},
    {R"({\rtf1 \{x\} \\ a\~b\_c\-d})", "{x} \\ a b-cd"},
    {R"({\rtf1\ansi\ansicpg1252 Jos\'e9 \'93x\'94})",
     "Jos\u00E9 \u201Cx\u201D"},
    {R"({\rtf1\ansi\ansicpg1251 \'c8\'e2\'e0\'ed})",
     "\u0418\u0432\u0430\u043D"},
    {R"({\rtf1\ansi\ansicpg932 \'8eR\'93\'63x})", "\u5C71\u7530x"},
    {R"({\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial CYR;}}\f1 \'c8\f0 \'c8})",
     "\u0418\u00C8"},
    {R"({\rtf1\deff1{\fonttbl{\f1\fcharset204 A;}}\plain \'c8})", "\u0418"},
    {R"({\rtf1\uc1 Jos\u233?e})", "Jos\u00E9e"},
    {R"({\rtf1\uc1 \u233\'e9x})", "\u00E9x"},
    {R"({\rtf1\uc2 \u233 abx})", "\u00E9x"},
    {R"({\rtf1{\uc0 \u233 a}\u233 ab})", "\u00E9a\u00E9b"},
    {R"({\rtf1\u-10179?\u-8704?!})", "\U0001F600!"},
    {R"({\rtf1\u-10179?x})", "\uFFFDx"},
    {R"({\rtf1 \lquote x\rquote  \emdash})", "'x' \u2013"},
    {R"({\rtf1 a{\footnote John}b})", "ab", "John"},
    {R"({\rtf1{\header Name: J\par}text{\footer f}})", "Name: J\n\ntext\nf"},
    {R"({\rtf1 x{\field{\*\fldinst{HYPERLINK "mailto:j@x.org"}}{\fldrslt J}}})",
     "xJ", "HYPERLINK \"mailto:j@x.org\""},
    {R"({\rtf1{\*\unknown John}{\*\bkmkstart Smith}x})", "x", "John\nSmith"},
    {R"({\rtf1{\stylesheet{\s0 Normal;}{\*\cs1 Char;}}x})", "x",
     "Normal;\nChar;"},
    {R"({\rtf1{\*\generator Riched20 10.0;}{\colortbl;\red1;}x})", "x"},
    {R"({\rtf1{\info{\author John Smith}{\operator Jane}{\*\company St. X}}
x})",
     "x", "", "info.author=John Smith|info.operator=Jane|info.company=St. X"},
    {R"({\rtf1{\info{\title Jane's note}{\creatim\yr2020\mo3\dy4\hr5\min6}}x})",
     "x", "Jane's note", "info.mo=3|info.dy=4|info.hr=5|info.min=6"},
    {R"({\rtf1{\*\revtbl{Unknown;}{John Smith;}}x})", "x", "",
     "info.revtbl=Unknown|info.revtbl=John Smith"},
    {"{\\rtf1 a{\\*\\shppict{\\pict{\\*\\picprop{\\sv John}}\\pngblip\\picw1 "
     "8950\n4e47}}b}",
     "ab", "John", "pict=8950\n4e47"},
    {R"({\rtf1{\object\objemb{\*\objclass W}{\*\objdata 0102}{\result J}}})",
     "J", "W", "objdata=0102"},
    {R"({\rtf1{\pict\jpegblip\bin3 ab}}c})", "c", "", R"(pict=\bin3 ab})"},
    {R"({\rtf1{\b\pict 0102}c})", "c", "", "pict=0102"},
    {"{\\rtf1 \xC3\xA9x}\r\n\x00", "\u00E9x"},
};

TEST(Rtf, ReadsAsPeopleDo) {
  const auto reader = NewRtfFormat();
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.rtf);
    const auto fields = reader->Fields(row.rtf);
    ASSERT_TRUE(fields.ok()) << fields.status();
    CheckFields(*fields, row.rtf);
    EXPECT_EQ(TextOf(*fields, row.rtf, "text"), row.text);
    EXPECT_EQ(TextOf(*fields, row.rtf, "text/@"), row.aside);
    EXPECT_EQ(TextOf(*fields, row.rtf, ""), row.others);
  }
}

TEST(Rtf, BytesOutsideEditsStay) {
  const auto reader = NewRtfFormat();
  for (const Row& row : kRows) {
    for (std::uint32_t seed = 0; seed < 8; ++seed) {
      SCOPED_TRACE(row.rtf);
      if (row.others.empty()) CheckRandomEdits(*reader, row.rtf, seed);
    }
  }
}

TEST(Rtf, PictureIsADocumentOfItsKind) {
  const auto fields =
      NewRtfFormat()->Fields(R"({\rtf1{\pict\jpegblip ffd8}{\pict\x 00}})");
  ASSERT_EQ(fields->fields.size(), 2u);
  EXPECT_EQ(fields->fields[0].kind, FieldKind::kDocument);
  EXPECT_EQ(fields->fields[0].wrapping, Wrapping::kHex);
  EXPECT_EQ(fields->fields[0].media_type, "image/jpeg");
  EXPECT_EQ(fields->fields[1].media_type, "image/x-unknown");
}

TEST(Rtf, AuthorsAreKnownInTheText) {
  const auto fields = NewRtfFormat()->Fields(
      R"({\rtf1{\info{\author John Smith}{\operator MD}}x})");
  ASSERT_EQ(fields->known.size(), 1u);
  EXPECT_EQ(fields->known[0].value, "John Smith");
}

struct BadRow {
  std::string_view rtf;
  std::string_view reason;
};

TEST(Rtf, RefusesWhatIsNotWhole) {
  std::string deep = "{\\rtf1";
  for (int i = 0; i < 1000000; ++i) deep += '{';
  const BadRow kBad[] = {
      {"", "a group without its end"},
      {"text", "no group at the front"},
      {"{text}", "no \\rtf at the front"},
      {R"({\rtf1 a)", "a group without its end"},
      {R"({\rtf1 a{b})", "a group without its end"},
      {R"({\rtf1 a}})", "bytes behind the last group"},
      {R"({\rtf1 a}b)", "bytes behind the last group"},
      {R"({\rtf1 a}{\rtf1 b})", "bytes behind the last group"},
      {R"({\rtf1 \'4})", "a character without its number"},
      {R"({\rtf1 \'zz})", "a character without its number"},
      {"{\\rtf1 a\\", "a backslash at the end"},
      {R"({\rtf1 \u x})", "no character of that number"},
      {R"({\rtf1 \u70000 x})", "no character of that number"},
      {R"({\rtf1 \b99999999999})", "a number too long"},
      {R"({\rtf1 \abcdefghijklmnopqrstuvwxyzabcdefghijklm})",
       "a control word too long"},
      {R"({\rtf1\uc5 \u32 John})", "too long a fallback"},
      {R"({\rtf1\ansicpg99999 \'e9})", "an unknown code page"},
      {R"({\rtf1{\pict\bin999 x}})", "binary data past the end"},
      {"{\\rtf1{\\pict\\bin2 \xC3\xA9}}", "binary data"},
      {deep, "groups nested too deep"},
  };
  const auto reader = NewRtfFormat();
  for (const BadRow& row : kBad) {
    SCOPED_TRACE(row.rtf.substr(0, 60));
    const auto fields = reader->Fields(row.rtf);
    ASSERT_FALSE(fields.ok());
    EXPECT_TRUE(absl::IsDataLoss(fields.status()));
    const std::string message(fields.status().message());
    EXPECT_EQ(message.substr(0, 5 + row.reason.size() + 9),
              "rtf: " + std::string(row.reason) + " at bytes");
  }
}

struct SpliceRow {
  std::string_view rtf;
  std::string_view find;  // of the raw bytes
  std::string_view put;
  std::string_view out;
};

TEST(Rtf, ReplacementsStayText) {
  const SpliceRow kSplices[] = {
      {R"({\rtf1 John})", "John", "[NAME]", R"({\rtf1 [NAME]})"},
      {R"({\rtf1 John})", "John", R"(a\b{c})", R"({\rtf1 a\\b\{c\}})"},
      {R"({\rtf1 John})", "John", "a\nb\tc", R"({\rtf1 a\line b\tab c})"},
      {R"({\rtf1 John})", "John", "\u00E9", R"({\rtf1 {\uc1\u233?}})"},
      {R"({\rtf1 John})", "John", "\uFB01", R"({\rtf1 {\uc1\u-1279?}})"},
      {R"({\rtf1 John})", "John", "\U0001F600",
       R"({\rtf1 {\uc1\u-10179?\u-8704?}})"},
      {R"({\rtf1\tab\'c9ric x})", R"(\'c9ric)", "Eric",
       R"({\rtf1\tab Eric x})"},
      {R"({\rtf1\tab\'c9ric x})", R"(\'c9ric)", "", R"({\rtf1\tab  x})"},
      {R"({\rtf1 C:\\temp\'c9 x})", R"(\'c9)", "e", R"({\rtf1 C:\\tempe x})"},
      {R"({\rtf1\mo12\dy3})", "12", "", R"({\rtf1\mo\dy3})"},
      {R"({\rtf1\revdttm12 x})", "12", "", R"({\rtf1\revdttm x})"},
      {R"({\rtf1\revdttm-12(x})", "-12", "", R"({\rtf1\revdttm (x})"},
      {R"({\rtf1\mo12\dy3})", "12", "[DATE]", R"({\rtf1\mo\dy3})"},
      {R"({\rtf1\mo12\dy3})", "12", "7", R"({\rtf1\mo7\dy3})"},
  };
  const auto reader = NewRtfFormat();
  for (const SpliceRow& row : kSplices) {
    const std::size_t at = row.rtf.find(row.find);
    const std::vector<Edit> edits = {
        {at, at + row.find.size(), std::string(row.put)}};
    EXPECT_EQ(*reader->Splice(row.rtf, edits), row.out) << row.rtf;
  }
}

TEST(Rtf, TakesLinearTime) {
  for (const std::string_view piece :
       {"a", "\\'e9", "\\u233?", "\\b ", "{\\b x}", "{\\*\\x y}", "\\\\",
        "{\\pict 01}", "\n", "{\\author x}", "\\mo1 "}) {
    std::string rtf = "{\\rtf1\\ansi ";
    while (rtf.size() < 1000000) rtf += piece;
    rtf += "}";
    EXPECT_TRUE(NewRtfFormat()->Fields(rtf).ok()) << piece;
  }
}

}  // namespace
}  // namespace phiwire
