// SPDX-License-Identifier: Apache-2.0
//
// What becomes of each element of the written samples (tests/formats/x12/
// samples/*.fields, one line a field), of broken files, and of places a site
// names.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "formats/x12/dates.h"
#include "formats/x12/sniff.h"
#include "tests/formats/x12_test_support.h"

namespace phiwire {
namespace {

using x12_test::Open;
using x12_test::ReadFile;
using x12_test::ReadSamples;
using x12_test::Records;
using x12_test::Sample;

std::string Describe(std::string_view record, const RecordFields& read) {
  std::string out;
  for (const Field& f : read.fields) {
    const bool slot = f.kind == FieldKind::kSlot;
    out += Concat({f.path, " ", slot ? TypeName(f.type) : "text", " "});
    out += f.subject < 0
               ? "-"
               : read.subjects.at(static_cast<std::size_t>(f.subject));
    if (f.person >= 0) {
      const PersonName& name =
          read.persons.at(static_cast<std::size_t>(f.person));
      out += Concat({" (", name.given, " ", name.family, ")"});
    }
    out += Concat({" = ", record.substr(f.begin, f.end - f.begin), "\n"});
  }
  return out;
}

std::string DescribeFile(std::string_view file) {
  const auto reader = Open(file);
  if (reader == nullptr) return "refused\n";
  std::string out;
  for (const RecordRange& range : Records(*reader, file)) {
    const auto record = file.substr(range.begin, range.end - range.begin);
    const auto read = reader->Fields(record);
    out += Concat({"record ", record.substr(0, 3), "\n"});
    out += read.ok()
               ? Describe(record, *read)
               : Concat({"refused: ", ToStd(read.status().message()), "\n"});
  }
  return out;
}

// PHIWIRE_UPDATE=1 writes the files anew, to be looked through.
TEST(X12, ReadsTheSamples) {
  const auto samples = ReadSamples();
  ASSERT_GE(samples.size(), 10u);
  for (const Sample& sample : samples) {
    const std::string path =
        Concat({PHIWIRE_SOURCE_DIR, "/tests/formats/x12/samples/", sample.name,
                ".fields"});
    const std::string got = DescribeFile(sample.bytes);
    if (std::getenv("PHIWIRE_UPDATE") != nullptr) {
      std::ofstream(path, std::ios::binary) << got;
    }
    EXPECT_EQ(got, ReadFile(path)) << sample.name;
  }
}

constexpr std::string_view kIsa =
    "ISA*00*          *00*          *ZZ*NORTHCLINIC    *ZZ*BLUEPAYER      "
    "*240215*0930*^*00501*000000905*0*P*:~";

struct BadRow {
  std::string_view bytes;    // "{ISA}" stands for kIsa
  std::string_view outcome;  // "" : all of it is read
};

std::string Outcome(const std::string& file) {
  const auto opened = (*NewX12Format({}))->Open(file, true);
  if (!opened.ok()) return std::string(ToStd(opened.status().message()));
  std::string out;
  if (*opened == nullptr) return out;
  for (const RecordRange& range : Records(**opened, file)) {
    const auto read = (*opened)->Fields(
        std::string_view(file).substr(range.begin, range.end - range.begin));
    if (read.ok()) continue;
    EXPECT_EQ(read.status().code(), absl::StatusCode::kDataLoss);
    std::string reason(ToStd(read.status().message()));
    reason.resize(std::min(reason.find(" at bytes"), reason.size()));
    out += (out.empty() ? "" : "; ") + reason;
  }
  return out;
}

TEST(X12, BadInput) {
  const BadRow kRows[] = {
      {"", ""},
      {" \r\n", ""},
      {"\xEF\xBB\xBF{ISA}IEA*0*000000905~", ""},
      {"{ISA}\r\nIEA*0*000000905~\r\n\x1A", ""},
      {"{ISA}~~IEA*0*000000905~", ""},
      // Counts and control numbers stay as they are, right or wrong.
      {"{ISA}GS*HC*A*B*20240215*0930*1*X*1~ST*837*1~SE*99*2~GE*7*8~IEA*5*1~",
       ""},
      // What a truncated file still holds whole is read.
      {"{ISA}GS*HC*A*B*20240215*0930*1*X*1~ST*837*1~SE*2*1~", ""},
      {"GS*HC*A*B~", "no ISA segment at the start"},
      {"hello", "no ISA segment at the start"},
      {"ISA*00*          *00", "ISA segment cut short"},
      {"ISA*00**00**ZZ*NORTHCLINIC*ZZ*BLUEPAYER*240215*0930*^*00501*000000905*"
       "0*P*:~GS*HC*NORTHCLINIC*BLUEPAYER*20240215*0930*905*X*005010X222A1~",
       "ISA elements of other widths"},
      {"{ISA}ST*837*1~NM1*IL*1*DOE", "segment without its terminator"},
      {"{ISA}ST*837*1~NM1*IL*1*DOE~", "transaction set without its SE"},
      {"{ISA}ST*837*1~NM1*IL*1*DOE~ST*837*2~SE*2*2~",
       "transaction set without its SE"},
      {"{ISA}ST*837*1~NM1*IL*1*DOE~IEA*1*1~", "transaction set without its SE"},
      {"{ISA}NM1*IL*1*DOE~REF*SY*1~ST*837*1~SE*2*1~",
       "segment outside a transaction set"},
      {"{ISA}SE*2*1~", "segment outside a transaction set"},
      {"{ISA}some words~", "no segment name"},
      {"{ISA}ST*837*1~nm1*IL*1*DOE~SE*3*1~", "no segment name"},
      {"{ISA}ST*837*1~NM1*IL*1*DO\nE~SE*3*1~",
       "control byte or line end inside a segment"},
      {"{ISA}ST*275*1~BIN*5*a~b~c~SE*3*1~", "binary segment"},
      {"{ISA}ST*275*1~BIN*14*a~SE*3*1~ISA*b~SE*3*1~ST*837*2~SE*2*2~",
       "binary segment"},
      {"{ISA}IEA*0*1~ISA|00|~ST*837*1~NM1*IL*1*DOE~SE*3*1~",
       "ISA segment cut short"},
  };
  for (const BadRow& row : kRows) {
    std::string file(row.bytes);
    for (std::size_t at; (at = file.find("{ISA}")) != std::string::npos;) {
      file.replace(at, 5, kIsa);
    }
    EXPECT_EQ(Outcome(file), row.outcome) << row.bytes.substr(0, 60);
  }
}

TEST(X12, RefusesImpossibleDelimiters) {
  struct Row {
    std::size_t at;
    char byte;
    std::string_view reason;
  };
  for (const Row& row :
       {Row{105, 'A', "impossible delimiter in ISA"},
        Row{105, ' ', "impossible delimiter in ISA"},
        Row{104, '7', "impossible delimiter in ISA"},
        Row{104, '~', "conflicting delimiters in ISA"},
        Row{82, ':', "conflicting delimiters in ISA"},
        Row{104, '*', "ISA elements of other widths"}, Row{82, 'U', ""}}) {
    std::string file(kIsa);
    file[row.at] = row.byte;
    EXPECT_EQ(Outcome(file), row.reason) << row.at << row.byte;
  }
}

TEST(X12, AnInterchangeOfOtherDelimitersIsRefusedWhole) {
  std::string other(kIsa);
  other.back() = '\'';
  const std::string file = std::string(kIsa) + "IEA*0*1~\n" + other +
                           "ST*837*1'NM1*IL*1*DOE'SE*3*1'IEA*1*1'\n" +
                           std::string(kIsa) + "IEA*0*1~";
  EXPECT_EQ(Outcome(file),
            "an interchange with other delimiters than the first");
  const auto reader = Open(file);
  EXPECT_EQ(reader->Split(file)->size(), 5u);
}

struct SiteRow {
  SiteRule rule;
  std::string expected;  // of REF*ZZ*JOHN DOE~REF*1L*77*HELLO THERE~
};

TEST(X12, ASiteRuleComesFirst) {
  using As = SiteRule::As;
  const SiteRow kRows[] = {
      {{"REF-02", As::kSlot, PhiType::kName}, "02 NAME;02 NAME;03 text;"},
      {{"REF[1L]-02", As::kKeep}, "02 text;03 text;"},
      {{"REF[ZZ]-2", As::kSlot, PhiType::kDate},
       "02 DATE;02 HEALTHPLAN;03 text;"},
      {{"REF-03", As::kDrop}, "02 text;02 HEALTHPLAN;03 ID;"},
      {{"REF-02", As::kText}, "02 text;02 text;03 text;"},
  };
  const std::string file =
      std::string(kIsa) +
      "ST*837*1~REF*ZZ*JOHN DOE~REF*1L*77*HELLO THERE~SE*4*1~";
  for (const SiteRow& row : kRows) {
    const SiteRule rules[] = {row.rule};
    const auto format = NewX12Format(rules);
    ASSERT_TRUE(format.ok()) << row.rule.place;
    const auto reader = (*format)->Open(file, true);
    const auto records = (*reader)->Split(file);
    const auto read =
        (*reader)->Fields(std::string_view(file).substr(records->at(1).begin));
    ASSERT_TRUE(read.ok());
    std::string got;
    for (const Field& f : read->fields) {
      got +=
          Concat({f.path.substr(4), " ",
                  f.kind == FieldKind::kSlot ? TypeName(f.type) : "text", ";"});
    }
    EXPECT_EQ(got, row.expected) << row.rule.place;
  }
}

TEST(X12, APlaceThatIsNoneIsNamed) {
  for (const char* place :
       {"", "NM1", "NM1-", "NM1-0", "NM1-100", "nm1-03", "NM1[]-03",
        "NM1[IL-03", "NM1-03.", "NM1-03.x", "NM12345-03", "PID-5.1.2", "N-1"}) {
    const SiteRule rules[] = {{place, SiteRule::As::kText}};
    const auto format = NewX12Format(rules);
    ASSERT_FALSE(format.ok()) << place;
    EXPECT_EQ(format.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(format.status().message().find(place), 0u);
  }
}

TEST(X12, DatesKeepTheirWidth) {
  struct Row {
    std::string_view raw, replaced;
    bool short_year;
    std::string_view expected;
  };
  for (const Row& row : {Row{"20240131", "2024", false, "20240101"},
                         Row{"20240131", "20240207", false, "20240207"},
                         Row{"20240131", "", false, ""},
                         Row{"202401311315", "2024", false, "202401010000"},
                         Row{"202401", "2024", false, "202401"},
                         Row{"2024", "2024", false, "2024"},
                         Row{"240131", "2024", true, "240101"},
                         Row{"240131", "20240207", true, "240207"}}) {
    EXPECT_EQ(*x12::FitDate(row.raw, row.replaced, row.short_year),
              row.expected)
        << row.raw << row.replaced;
  }
  EXPECT_FALSE(x12::FitDate("20240131", "[DATE]", false).ok());
  EXPECT_FALSE(x12::FitDate("20240131", "24", false).ok());
}

// The edits of a record, by path and what is written there.
std::string Spliced(std::string_view segments, std::string_view text) {
  const std::string file = Concat({kIsa, segments});
  const auto reader = Open(file);
  std::string out;
  for (const RecordRange& range : Records(*reader, file)) {
    const auto record =
        std::string_view(file).substr(range.begin, range.end - range.begin);
    const auto read = reader->Fields(record);
    EXPECT_TRUE(read.ok());
    std::vector<Edit> edits;
    for (const Field& f : read->fields) {
      edits.push_back(
          {f.begin, f.end,
           std::string(f.type == PhiType::kDate && f.kind == FieldKind::kSlot
                           ? "1999"
                           : text)});
    }
    out += *reader->Splice(record, edits);
  }
  return out;
}

TEST(X12, WritesInTheElementsOwnForm) {
  EXPECT_EQ(Spliced("ST*837*1~DTP*472*RD8*20240101-20240105~"
                    "DTP*001*D6*240131~DTP*001*TM*1315~SE*5*1~",
                    ""),
            "ISA*00*          *00*          *ZZ*               *ZZ*            "
            "   *990101*0930*^*00501*000000905*0*P*:~"
            "ST*837*1~DTP*472*RD8*19990101-19990101~DTP*001*D6*990101~"
            "DTP*001*TM*1315~SE*5*1~");
  // Delimiters and line ends become blanks; ISA's widths hold.
  const std::string out =
      Spliced("ST*837*1~NTE*ADD*HELLO~SE*3*1~", "[a*b:c^d~e\r\nf] and more");
  EXPECT_NE(out.find("*ZZ*[a b c d e  f] *ZZ*[a b c d e  f] *990101*"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find("NTE*ADD*[a b c d e  f] and more~"), std::string::npos);
}

TEST(X12, AnEditOverADelimiterIsAnError) {
  const std::string file = Concat({kIsa, "ST*837*1~NTE*ADD*HELLO~SE*3*1~"});
  const auto reader = Open(file);
  const auto record = std::string_view(file).substr(x12::kIsaSize);
  const std::vector<Edit> edits = {{10, 14, "x"}};
  EXPECT_EQ(reader->Splice(record, edits).status().code(),
            absl::StatusCode::kInternal);
}

TEST(X12, IsToldByItsHeader) {
  EXPECT_TRUE(LooksLikeX12(kIsa));
  EXPECT_TRUE(LooksLikeX12(Concat({"\xEF\xBB\xBF\r\n", kIsa})));
  for (std::string_view no :
       {"", "ISA", "ISA*00*", "ISAAC NEWTON", "ST*837*0001~", "MSH|^~\\&|"}) {
    EXPECT_FALSE(LooksLikeX12(no)) << no;
  }
}

}  // namespace
}  // namespace phiwire
