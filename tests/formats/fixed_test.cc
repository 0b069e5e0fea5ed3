// SPDX-License-Identifier: Apache-2.0
//
// Fixed width: columns by place, in characters or bytes, and replacements that
// leave every column where it is.

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "formats/table/table_formats.h"

namespace phiwire {
namespace {

constexpr auto kSlot = SiteRule::As::kSlot;

ColumnMap Map(bool in_bytes = false) {
  ColumnMap map;
  map.in_bytes = in_bytes;
  map.columns = {{.name = "mrn", .begin = 0, .width = 6},
                 {.name = "last_name", .begin = 6, .width = 10},
                 {.name = "dob", .begin = 16, .width = 10},
                 {.name = "sex", .begin = 26, .width = 1},
                 {.name = "note", .begin = 28, .width = 20}};
  return map;
}

std::unique_ptr<const FormatReader> OpenFixed(std::string_view file,
                                              ColumnMap map = Map()) {
  auto format = NewFixedFormat({}, std::move(map));
  auto reader = (*format)->Open(file, true);
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

std::string Describe(const FormatReader& reader, std::string_view line) {
  const auto fields = reader.Fields(line);
  if (!fields.ok()) return "refused";
  std::string out;
  for (const Field& f : fields->fields) {
    if (!out.empty()) out += ' ';
    out += f.path + ":" + std::string(line.substr(f.begin, f.end - f.begin));
  }
  return out;
}

TEST(Fixed, ColumnsStandWhereTheMapSays) {
  const auto reader = OpenFixed("");
  EXPECT_EQ(Describe(*reader, "000123Okafor    1980-01-02F seen today"),
            "mrn:000123 last_name:Okafor dob:1980-01-02 note:seen today");
  // A short line lacks its last columns; between and behind them is text.
  EXPECT_EQ(Describe(*reader, "000123Oka"), "mrn:000123 last_name:Oka");
  EXPECT_EQ(Describe(*reader,
                     "000123Okafor    1980-01-02FxJohn Doe            "
                     "behind all"),
            "mrn:000123 last_name:Okafor dob:1980-01-02 rest:x note:John Doe "
            "rest:behind all");
}

TEST(Fixed, CharactersOrBytesAreCounted) {
  const std::string line = "000123M\xC3\xBCller    1980-01-02F";
  EXPECT_EQ(Describe(*OpenFixed("", Map(false)), line),
            "mrn:000123 last_name:M\xC3\xBCller dob:1980-01-02");
  const std::string bytes = "000123M\xC3\xBCller   1980-01-02F";
  EXPECT_EQ(Describe(*OpenFixed("", Map(true)), bytes),
            "mrn:000123 last_name:M\xC3\xBCller dob:1980-01-02");
}

TEST(Fixed, NeedsAColumnMap) {
  auto format = NewFixedFormat({});
  EXPECT_FALSE((*format)->Open("abc", true).ok());
  EXPECT_FALSE((*format)->Fields("abc").ok());
}

TEST(Fixed, LinesOfAllEndsAreCutAnywhere) {
  const std::string file = "a\r\nb\n\nc\rd";
  const auto reader = OpenFixed(file);
  const auto lines = reader->Split(file);
  ASSERT_TRUE(lines.ok());
  EXPECT_EQ(lines->size(), 4u);
  EXPECT_EQ(reader->Cut(file), file.size() - 1);
  EXPECT_EQ(reader->Cut("abc"), 0u);
}

struct WidthCase {
  const char* line;
  std::vector<Edit> edits;
  const char* out;
};

TEST(Fixed, WidthsStay) {
  const WidthCase cases[] = {
      // Filled up.
      {"000123Okafor    1980-01-02F",
       {{6, 12, "[N]"}},
       "000123[N]       1980-01-02F"},
      {"000123Okafor    1980-01-02F",
       {{16, 26, "1980"}},
       "000123Okafor    1980      F"},
      // The cell's own blanks are used first, then the replacement is cut.
      {"000123Oka       1980-01-02F",
       {{6, 9, "[NAME]"}},
       "000123[NAME]    1980-01-02F"},
      {"000123Okafor    1980-01-02F",
       {{0, 6, "[MEDICALRECORD]"}},
       "[MEDICOkafor    1980-01-02F"},
      // Aligned to the right.
      {"   123Okafor    1980-01-02F",
       {{3, 6, "77"}},
       "    77Okafor    1980-01-02F"},
      // Text around a replacement that doesn't fit stays.
      {"000123Okafor    1980-01-02F see Al Bo and call now.",
       {{32, 34, "[NAME]"}},
       "000123Okafor    1980-01-02F see [N Bo and call now."},
      // Never half a character.
      {"000123Okafor    1980-01-02F",
       {{0, 6, "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"}},
       "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBCOkafor    1980-01-02F"},
      // Nothing breaks the line.
      {"000123Okafor    1980-01-02F",
       {{6, 12, "a\nb"}},
       "000123a b       1980-01-02F"},
  };
  const auto reader = OpenFixed("");
  for (const WidthCase& c : cases) {
    const auto out = reader->Splice(c.line, c.edits);
    ASSERT_TRUE(out.ok()) << out.status();
    EXPECT_EQ(*out, c.out);
  }
  EXPECT_FALSE(reader
                   ->Splice("000123Okafor    1980-01-02F",
                            std::vector<Edit>{{4, 8, "x"}})
                   .ok());
}

TEST(Fixed, RandomEditsLeaveTheOtherColumns) {
  for (unsigned seed = 1; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::string line(20 + random() % 40, ' ');
    for (char& c : line) c = static_cast<char>('a' + random() % 26);
    const auto reader = OpenFixed("");
    const auto fields = reader->Fields(line);
    ASSERT_TRUE(fields.ok());
    ASSERT_FALSE(fields->fields.empty());
    const Field& field = fields->fields[random() % fields->fields.size()];
    const Edit edit{field.begin, field.end, std::string(random() % 30, 'X')};
    const auto out = reader->Splice(line, std::vector<Edit>{edit});
    ASSERT_TRUE(out.ok()) << "seed " << seed;
    ASSERT_EQ(out->size(), line.size()) << "seed " << seed;
    EXPECT_EQ(out->substr(0, field.begin), line.substr(0, field.begin));
    EXPECT_EQ(out->substr(field.end), line.substr(field.end));
  }
}

TEST(Fixed, ATypeOfTheMapComesFirst) {
  ColumnMap map = Map();
  map.columns[3].as = kSlot;
  map.columns[3].type = PhiType::kName;
  EXPECT_EQ(Describe(*OpenFixed("", map), "000123Okafor    1980-01-02F"),
            "mrn:000123 last_name:Okafor dob:1980-01-02 sex:F");
}

}  // namespace
}  // namespace phiwire
