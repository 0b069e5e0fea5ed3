// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <random>

#include "base/strings.h"
#include "formats/formats.h"
#include "formats/hl7v2/escape.h"

namespace phiwire::hl7v2 {
namespace {

Field Decode(std::string_view raw, const Delimiters& d = {}) {
  Field field;
  field.end = raw.size();
  const Coding coding{raw, &d};
  EXPECT_TRUE(DecodeField(coding, field).ok());
  return field;
}

struct DecodeRow {
  const char* raw;
  const char* decoded;
};

TEST(Hl7Escape, DecodesSequences) {
  constexpr DecodeRow kRows[] = {
      {R"(a\F\b)", "a|b"},
      {R"(a\S\b)", "a^b"},
      {R"(a\T\b)", "a&b"},
      {R"(a\R\b)", "a~b"},
      {R"(a\E\b)", "a\\b"},
      {R"(a\P\b)", "a#b"},
      {R"(a\H\b\N\c)", "abc"},
      {R"(\X44\\X4F45\)", "DOE"},
      {R"(\XC3\\XA9\)", "\xC3\xA9"},
      {R"(\Xe9\)", "\xC3\xA9"},
      {R"(\X0D0A\)", "\r\n"},
      {R"(a\.br\b)", "a\nb"},
      {R"(a\.sp3\b)", "a\nb"},
      {R"(a\.sk2\b)", "a b"},
      {R"(a\.in+4\b)", "ab"},
      {R"(\.ce\b)", "\nb"},
      // No sequences: they stand for themselves.
      {R"(a\.brJOHN\b)", "a\\.brJOHN\\b"},
      {R"(a\Zq9\b)", "a\\Zq9\\b"},
      {R"(a\X4\b)", "a\\X4\\b"},
      {R"(a\Xzz\b)", "a\\Xzz\\b"},
      {R"(C:\temp\x)", "C:\\temp\\x"},
      {R"(a\F b)", "a\\F b"},
      {R"(a\\b)", "a\\\\b"},
      {R"(a\)", "a\\"},
  };
  for (const DecodeRow& row : kRows) {
    EXPECT_EQ(Decode(row.raw).decoded, row.decoded) << row.raw;
  }
}

TEST(Hl7Escape, LeavesPlainTextUndecoded) {
  const Field field = Decode("plain text");
  EXPECT_TRUE(field.decoded.empty());
  EXPECT_TRUE(field.offsets.empty());
}

TEST(Hl7Escape, MapsDecodedBytesToRawOnes) {
  //                           0123456789012345
  const Field field = Decode(R"(Jo\H\hn \X444F\)");
  ASSERT_EQ(field.decoded, "John DO");
  const std::vector<std::uint32_t> expected = {0, 1, 5, 6, 7, 8, 12, 15};
  EXPECT_EQ(field.offsets, expected);
}

TEST(Hl7Escape, WrittenTextReadsBackAsItself) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  Delimiters odd;
  odd.field = '#';
  odd.component = '$';
  odd.repetition = '*';
  odd.escape = '@';
  odd.subcomponent = '!';
  odd.truncation = '%';
  for (const Delimiters& d : {Delimiters(), odd}) {
    for (int round = 0; round < 2000; ++round) {
      std::string text;
      for (auto n = random() % 20; n-- > 0;) {
        text += R"(|^~\&#$*@!%FSTREXabc [])"[random() % 23];
      }
      std::string raw;
      AppendEscaped(text, d, raw);
      for (const char c : raw) ASSERT_FALSE(d.Separates(c)) << text;
      const Field field = Decode(raw, d);
      EXPECT_EQ(field.offsets.empty() ? raw : field.decoded, text);
    }
  }
}

TEST(Hl7Escape, WithoutEscapeCharacterDelimitersBecomeBlanks) {
  Delimiters d;
  d.has_escape = false;
  std::string out;
  AppendEscaped("a|b^c\r\nd", d, out);
  EXPECT_EQ(out, "a b c  d");
}

constexpr std::string_view kHeader =
    "MSH|^~\\&|LAB|N|E|E|20240102||ORU^R01|1|P|2.5\r";

TEST(Hl7Splice, ReplacesTheWholeHexSequenceAnEditCuts) {
  const std::string record =
      std::string(kHeader) + R"(NTE|1||is \X4A4F484E20\Doe)";
  const auto format = NewHl7v2Format();
  const auto fields = format->Fields(record);
  ASSERT_TRUE(fields.ok());
  const Field& note = fields->fields.back();
  ASSERT_EQ(note.decoded, "is JOHN Doe");
  // "OHN Doe" begins inside the sequence; its J must not stay behind.
  const Edit tail{note.offsets[4], note.offsets[11], "[NAME]"};
  const auto spliced = format->Splice(record, std::vector<Edit>{tail});
  ASSERT_TRUE(spliced.ok());
  EXPECT_EQ(*spliced, std::string(kHeader) + "NTE|1||is [NAME]");
  // Two edits in one sequence replace it once.
  const std::vector<Edit> two = {{note.offsets[3], note.offsets[4], "<1>"},
                                 {note.offsets[5], note.offsets[7], "<2>"}};
  const auto joined = format->Splice(record, two);
  ASSERT_TRUE(joined.ok());
  EXPECT_EQ(*joined, std::string(kHeader) + "NTE|1||is <1><2>Doe");
}

TEST(Hl7Splice, EscapesAndKeepsTheRest) {
  const std::string record = std::string(kHeader) + "PID|||1||DOE^JOHN\r\n";
  const std::size_t doe = record.find("DOE");
  const auto out = NewHl7v2Format()->Splice(
      record, std::vector<Edit>{{doe, doe + 3, "A|B^\r\nC"}});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(*out, std::string(kHeader) + "PID|||1||A\\F\\B\\S\\  C^JOHN\r\n");
}

TEST(Hl7Splice, RefusesEditsThatBreakTheMessage) {
  const std::string record = std::string(kHeader) + "PID|||1||DOE^JOHN\r";
  const std::size_t doe = record.find("DOE");
  const std::vector<std::vector<Edit>> kBad = {
      {{doe, doe + 5, "x"}},                           // over a delimiter
      {{doe, doe + 2, "x"}, {doe + 1, doe + 3, "y"}},  // overlapping
      {{doe, record.size() + 1, "x"}},                 // past the end
  };
  for (const auto& edits : kBad) {
    EXPECT_EQ(NewHl7v2Format()->Splice(record, edits).status().code(),
              absl::StatusCode::kInternal);
  }
}

}  // namespace
}  // namespace phiwire::hl7v2
