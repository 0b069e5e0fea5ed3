// SPDX-License-Identifier: Apache-2.0
//
// Separated text: rows and cells by the rules of docs/tables.md, what becomes
// of columns, and properties on random tables (seeds are printed).

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "formats/table/dialect.h"
#include "formats/table/rows.h"
#include "formats/table/table_formats.h"

namespace phiwire {
namespace {

std::unique_ptr<const FormatReader> OpenCsv(std::string_view file,
                                            ColumnMap map = {},
                                            std::vector<SiteRule> site = {}) {
  auto format = NewCsvFormat(site, std::move(map));
  EXPECT_TRUE(format.ok()) << format.status();
  auto reader = (*format)->Open(file, true);
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

std::string KindOf(const Field& field) {
  if (field.kind == FieldKind::kText) return "text";
  std::string out(TypeName(field.type));
  if (field.grammar == SlotGrammar::kEmpty) out += "!";
  return out;
}

// "path=kind:value" of each field of one row, "refused" for none.
std::string Describe(const FormatReader& reader, std::string_view row) {
  const auto fields = reader.Fields(row);
  if (!fields.ok()) {
    EXPECT_TRUE(absl::IsDataLoss(fields.status())) << fields.status();
    return "refused";
  }
  std::string out;
  for (const Field& field : fields->fields) {
    if (!out.empty()) out += ' ';
    out += field.path + "=" + KindOf(field) + ":";
    out += field.offsets.empty()
               ? std::string(row.substr(field.begin, field.end - field.begin))
               : field.decoded;
  }
  return out;
}

std::vector<std::string> Rows(const FormatReader& reader,
                              std::string_view file) {
  const auto ranges = reader.Split(file);
  EXPECT_TRUE(ranges.ok());
  std::vector<std::string> rows;
  for (const RecordRange& r : *ranges) {
    rows.emplace_back(file.substr(r.begin, r.end - r.begin));
  }
  return rows;
}

struct RowCase {
  const char* file;
  std::vector<std::string> rows;
};

TEST(Csv, RowsEndAtLineEndsOutsideQuotes) {
  const RowCase cases[] = {
      {"", {}},
      {"\n\r\n\r", {}},
      {"a,b\nc,d\n", {"a,b", "c,d"}},
      {"a,b\r\nc,d", {"a,b", "c,d"}},
      {"a,b\rc,d\r", {"a,b", "c,d"}},
      {"a,b\n\n\nc,d\r\n\r\n", {"a,b", "c,d"}},
      {"\xEF\xBB\xBF"
       "a,b\nc,d",
       {"a,b", "c,d"}},
      {"a,\"b\nc\"\nd,e", {"a,\"b\nc\"", "d,e"}},
      {"a,\"b\r\n\"\"c\"\r\nd,e", {"a,\"b\r\n\"\"c\"", "d,e"}},
      {"a,5\"\nd,e", {"a,5\"", "d,e"}},
      {"a,\"b\nc,d\n", {"a,\"b\nc,d\n"}},
      {"a,\"b\"c\nd,e\n", {"a,\"b\"c", "d,e"}},
      {"\"\"\n\"\"\"\"\n", {"\"\"", "\"\"\"\""}},
  };
  for (const RowCase& c : cases) {
    auto format = NewCsvFormat({});
    EXPECT_EQ(Rows(**format, c.file), c.rows) << c.file;
  }
}

struct FieldCase {
  const char* header;
  const char* row;
  const char* fields;
};

TEST(Csv, CellsGoByTheirColumns) {
  const FieldCase cases[] = {
      {"mrn,name,dob,note", "12,John Doe,1/2/1980,seen",
       "mrn=MEDICALRECORD:12 name=NAME:John Doe dob=DATE:1/2/1980 "
       "note=text:seen"},
      {"mrn,sex,zip,icd10", "12,F,02139,E11.9",
       "mrn=MEDICALRECORD:12 zip=ZIP:02139"},
      // What doesn't look kept is not.
      {"mrn,sex", "12,617-555-0199 call",
       "mrn=MEDICALRECORD:12 sex=text:617-555-0199 call"},
      {"mrn,status", "12,seen by John Smith in the emergency department",
       "mrn=MEDICALRECORD:12 status=text:seen by John Smith in the emergency "
       "department"},
      // A code that repeats the patient's name is no code.
      {"mrn,last_name,status", "12,Okafor,okafor",
       "mrn=MEDICALRECORD:12 last_name=NAME:Okafor status=text:okafor"},
      {"mrn,age", "12,45", "mrn=MEDICALRECORD:12"},
      {"mrn,age", "12,93", "mrn=MEDICALRECORD:12 age=AGE:93"},
      {"mrn,name", "12,NULL", "mrn=MEDICALRECORD:12"},
      {"mrn,name", "12,", "mrn=MEDICALRECORD:12"},
      {"mrn,name", "12,  Doe  ", "mrn=MEDICALRECORD:12 name=NAME:Doe"},
      {"mrn,note", "12,\"he said \"\"hi\"\", twice\"",
       "mrn=MEDICALRECORD:12 note=text:he said \"hi\", twice"},
      {"mrn,blorb", "12,some words", "mrn=MEDICALRECORD:12 #2=text:some words"},
      {"mrn,lat", "12,42.36", "mrn=MEDICALRECORD:12 lat=LOCATION!:42.36"},
      // Ragged and stray.
      {"mrn,name", "12", "refused"},
      {"mrn,name", "12,Doe,x", "refused"},
      {"mrn,name", "12,Doe,,", "mrn=MEDICALRECORD:12 name=NAME:Doe"},
      {"mrn,name", "   ", ""},
      {"mrn,name", "12,\"Doe", "refused"},
      {"mrn,name", "12,\"Doe\"x", "refused"},
      // The header itself.
      {"mrn,name", "mrn,name", ""},
      {"mrn,name,John Smith", "mrn,name,John Smith", "header=text:John Smith"},
  };
  for (const FieldCase& c : cases) {
    const auto reader = OpenCsv(
        std::string(c.header) + "\n1" +
        std::string(static_cast<std::size_t>(std::count(
                        c.header, c.header + std::strlen(c.header), ',')),
                    ',') +
        "\n");
    EXPECT_EQ(Describe(*reader, c.row), c.fields) << c.header << "\n" << c.row;
  }
}

TEST(Csv, ColumnsWithoutNamesGoByTheirContent) {
  const std::string file =
      "17,1980-01-02,555-12-3456,a@b.org,\"Roe, Jane\",Okafor,72.5\n"
      "18,1981-03-02,555-12-3457,c@b.org,\"Doe, John\",Nguyen,71.0\n"
      "19,1982-05-30,555-12-3458,d@b.org,\"Poe, Al\",Petrov,64.9\n";
  const auto reader = OpenCsv(file);
  EXPECT_EQ(Describe(*reader, Rows(*reader, file)[0]),
            "#2=DATE:1980-01-02 #3=SSN:555-12-3456 #4=EMAIL:a@b.org "
            "#5=NAME:Roe, Jane #6=NAME:Okafor");
}

TEST(Csv, DayFirstDatesAreToldByTheColumn) {
  const std::string file = "mrn,visit_date\n1,03/04/2020\n2,25/04/2020\n";
  const auto reader = OpenCsv(file);
  const auto fields = reader->Fields("1,03/04/2020");
  ASSERT_TRUE(fields.ok());
  EXPECT_EQ(fields->fields[1].spelling, Spelling::kDayFirstDate);
}

TEST(Csv, TheRowTellsItsPeople) {
  const std::string file =
      "patient_id,mrn,pt_fname,pt_lname,attending_last_name,note\n"
      "7,A-77,Jane,Roe,Okafor,seen by okafor\n";
  const auto reader = OpenCsv(file);
  const auto fields = reader->Fields(Rows(*reader, file)[1]);
  ASSERT_TRUE(fields.ok());
  EXPECT_EQ(fields->subjects, std::vector<std::string>{"A-77"});
  ASSERT_EQ(fields->persons.size(), 2u);
  EXPECT_EQ(fields->persons[0].given, "Jane");
  EXPECT_EQ(fields->persons[0].family, "Roe");
  EXPECT_EQ(fields->persons[1].family, "Okafor");
  const auto known = [&](std::string_view value) {
    return std::any_of(fields->known.begin(), fields->known.end(),
                       [&](const KnownValue& k) { return k.value == value; });
  };
  EXPECT_TRUE(known("Roe"));
  EXPECT_TRUE(known("Okafor"));
}

TEST(Csv, SeparatorsAndHeadersAreTold) {
  struct {
    const char* file;
    char separator;
    std::size_t columns;
    bool header;
  } cases[] = {
      {"mrn,name\n1,Doe\n", ',', 2, true},
      {"mrn\tname\n1\tDoe, J\n", '\t', 2, true},
      {"mrn;weight\n1;70,5\n2;80,5\n", ';', 2, true},
      {"mrn|name\n1|Doe\n", '|', 2, true},
      {"1,Doe\n2,Roe\n", ',', 2, false},
      {"note\nseen\n", ',', 1, true},
      {"1980-01-02,name\n", ',', 2, false},
      {"", ',', 0, false},
  };
  for (const auto& c : cases) {
    const table::Dialect d = table::DetectDialect(c.file, true, {});
    EXPECT_EQ(d.separator, c.separator) << c.file;
    EXPECT_EQ(d.columns, c.columns) << c.file;
    EXPECT_EQ(!d.header.empty(), c.header) << c.file;
  }
}

TEST(Csv, AColumnMapComesFirst) {
  ColumnMap map;
  map.columns = {
      {.name = "code", .as = SiteRule::As::kSlot, .type = PhiType::kName},
      {.name = "name", .as = SiteRule::As::kKeep},
      {.name = "age", .as = SiteRule::As::kDrop},
      {.name = "zip", .as = SiteRule::As::kText}};
  const auto reader = OpenCsv("code,name,age,zip\n1,2,3,4\n", map);
  EXPECT_EQ(Describe(*reader, "E11,Doe Inc,45,02139"),
            "code=NAME:E11 age=ID!:45 zip=text:02139");
}

TEST(Csv, AColumnMapMustFit) {
  const auto open = [](ColumnMap map) {
    auto format = NewCsvFormat({}, std::move(map));
    return (*format)->Open("mrn,name\n1,Doe\n", true).status();
  };
  EXPECT_TRUE(open({.columns = {{.name = "mrn"}}}).ok());
  EXPECT_TRUE(open({.columns = {{.index = 2}}}).ok());
  EXPECT_FALSE(open({.columns = {{.name = "dob"}}}).ok());
  EXPECT_FALSE(open({.columns = {{.index = 3}}}).ok());
  EXPECT_FALSE(open({.columns = {{.name = "mrn"}, {.index = 1}}}).ok());
  EXPECT_FALSE(open({.subject = "pid"}).ok());
  EXPECT_FALSE(open({.strict = true, .columns = {{.name = "mrn"}}}).ok());
}

TEST(Csv, SiteRulesAreForColumnsThatAreThere) {
  const auto reader = OpenCsv("mrn,name\n1,Doe\n", {},
                              {{"NAME", SiteRule::As::kKeep},
                               {"absent", SiteRule::As::kDrop},
                               {"#1", SiteRule::As::kText}});
  EXPECT_EQ(Describe(*reader, "12,Doe"), "#1=text:12");
  EXPECT_FALSE(
      NewCsvFormat(std::vector<SiteRule>{{"", SiteRule::As::kKeep}}).ok());
  EXPECT_FALSE(
      NewCsvFormat(std::vector<SiteRule>{{"#0", SiteRule::As::kKeep}}).ok());
}

struct SpliceCase {
  const char* row;
  std::vector<Edit> edits;
  const char* out;
};

TEST(Csv, ReplacementsStayInTheirCells) {
  const SpliceCase cases[] = {
      {"a,b", {{0, 1, "[NAME]"}}, "[NAME],b"},
      {"a,b", {{0, 1, "x,y"}}, "\"x,y\",b"},
      {"a,b", {{2, 3, "x\"y\nz"}}, "a,\"x\"\"y\nz\""},
      {"\"a,b\",c", {{1, 2, "x,\"y"}}, "\"x,\"\"y,b\",c"},
      {"say \"a\",c", {{0, 3, "x,"}}, "\"x, \"\"a\"\"\",c"},
      {"John\"a,c", {{0, 4, ""}}, "\"\"\"a\",c"},
      {"John,c", {{0, 4, "=1+1"}}, "'=1+1,c"},
      {"=John,c", {{1, 5, "x"}}, "=x,c"},
      {"John=1,c", {{0, 4, ""}}, "'=1,c"},
      {"John", {{0, 4, ""}}, "\"\""},
      {"(617),c", {{0, 5, "+1 617"}}, "+1 617,c"},
  };
  const auto reader = OpenCsv("x,y\n");
  for (const SpliceCase& c : cases) {
    const auto out = reader->Splice(c.row, c.edits);
    ASSERT_TRUE(out.ok()) << out.status();
    EXPECT_EQ(*out, c.out) << c.row;
  }
  EXPECT_FALSE(reader->Splice("a,b", std::vector<Edit>{{0, 3, "\n"}}).ok());
}

TEST(Csv, ALongOpenQuoteEndsWithItsLine) {
  std::string file = "mrn,note\n1,\"" + std::string(table::kLongestRow, 'x');
  auto format = NewCsvFormat({});
  EXPECT_EQ((*format)->Cut(file), 9u);
  file += "\n2,y\n";
  EXPECT_EQ((*format)->Cut(file), file.size());
  EXPECT_EQ(Rows(**format, file).size(), 3u);
}

TEST(Csv, AFirstRowLongerThanTheHeadIsRefused) {
  auto format = NewCsvFormat({});
  EXPECT_FALSE((*format)->Open("mrn,name,a_very_long", false).ok());
  EXPECT_TRUE((*format)->Open("mrn,name,a_very_long", true).ok());
  EXPECT_TRUE((*format)->Open("mrn,name\n1,Do", false).ok());
}

class CsvProperty : public ::testing::TestWithParam<unsigned> {
 protected:
  std::mt19937 random_{GetParam()};

  std::size_t Below(std::size_t n) { return random_() % n; }

  std::string RandomCell() {
    static constexpr std::string_view kPieces[] = {
        "a",    "Doe",  "1980-01-02",   "\"\"", "\"",       ",",
        "\n",   "\r\n", "\r",           " ",    "\xC3\xA9", "=",
        "NULL", "12",   "\xEF\xBB\xBF", ";",    "x y"};
    std::string out;
    for (std::size_t i = Below(4); i > 0; --i) {
      out += kPieces[Below(std::size(kPieces))];
    }
    return out;
  }

  std::string RandomTable() {
    std::string out;
    const std::size_t rows = Below(12);
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t cells = 1 + Below(4);
      for (std::size_t c = 0; c < cells; ++c) {
        if (c > 0) out += ',';
        // Mostly quoted as it must be, at times as it must not.
        const std::string cell = RandomCell();
        out += Below(3) == 0 ? "\"" + cell + "\"" : cell;
      }
      out += Below(3) == 0 ? "\r\n" : "\n";
    }
    return out;
  }
};

TEST_P(CsvProperty, FieldsAreSortedAndNoEditChangesNothing) {
  const std::string file = RandomTable();
  const auto reader = OpenCsv(file);
  for (const std::string& row : Rows(*reader, file)) {
    const auto same = reader->Splice(row, {});
    ASSERT_TRUE(same.ok());
    EXPECT_EQ(*same, row);
    const auto fields = reader->Fields(row);
    if (!fields.ok()) continue;
    std::size_t at = 0;
    for (const Field& field : fields->fields) {
      EXPECT_LE(at, field.begin);
      EXPECT_LE(field.begin, field.end);
      ASSERT_LE(field.end, row.size());
      at = field.end;
      if (!field.offsets.empty()) {
        EXPECT_EQ(field.offsets.size(), field.decoded.size() + 1);
      }
    }
  }
}

TEST_P(CsvProperty, OtherCellsStayAndTheShapeToo) {
  const std::string file = RandomTable();
  const auto reader = OpenCsv(file, {.separator = ','});
  for (const std::string& row : Rows(*reader, file)) {
    std::vector<table::Cell> cells;
    if (!table::SplitCells(row, ',', &cells).ok()) continue;
    const std::size_t target = Below(cells.size());
    const std::string text = RandomCell();
    const Edit edit{cells[target].begin, cells[target].end, text};
    const auto out = reader->Splice(row, std::vector<Edit>{edit});
    ASSERT_TRUE(out.ok()) << out.status();
    std::vector<table::Cell> after;
    ASSERT_TRUE(table::SplitCells(*out, ',', &after).ok()) << *out;
    ASSERT_EQ(after.size(), cells.size()) << row << "\n" << *out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      std::string want = i == target ? text : table::CellText(row, cells[i]);
      const std::string got = table::CellText(*out, after[i]);
      if (i == target && got == "'" + want) continue;
      EXPECT_EQ(got, want) << row << "\n" << *out;
    }
  }
}

TEST_P(CsvProperty, PiecesOfAnySizeGiveTheSameRows) {
  const std::string file = RandomTable();
  auto format = NewCsvFormat({});
  const std::vector<std::string> whole = Rows(**format, file);
  std::vector<std::string> pieces;
  std::string buffer;
  std::string between;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t size = std::min(1 + Below(9), file.size() - at);
    buffer += file.substr(at, size);
    at += size;
    const std::size_t cut =
        at == file.size() ? buffer.size() : (*format)->Cut(buffer);
    for (std::string& row : Rows(**format, buffer.substr(0, cut))) {
      pieces.push_back(std::move(row));
    }
    buffer.erase(0, cut);
  }
  EXPECT_EQ(pieces, whole);
}

INSTANTIATE_TEST_SUITE_P(Seeds, CsvProperty, ::testing::Range(1u, 400u));

}  // namespace
}  // namespace phiwire
