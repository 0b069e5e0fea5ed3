// SPDX-License-Identifier: Apache-2.0
//
// Rows of tests/formats/table/column_names.tsv, and what may stay in a column.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "formats/table/column_names.h"

namespace phiwire {
namespace {

std::string GrammarName(SlotGrammar grammar) {
  switch (grammar) {
    case SlotGrammar::kFreeText:
      return "text";
    case SlotGrammar::kHl7Date:
      return "date";
    case SlotGrammar::kIdentifier:
      return "id";
    case SlotGrammar::kZip:
      return "zip";
    case SlotGrammar::kName:
      return "name";
    case SlotGrammar::kEmpty:
      return "empty";
  }
  return "?";
}

std::string UseName(const ColumnClass& c) {
  switch (c.use) {
    case ColumnUse::kUnknown:
      return "unknown";
    case ColumnUse::kText:
      return "text";
    case ColumnUse::kKeep:
      return "keep";
    case ColumnUse::kSlot:
      return std::string(TypeName(c.type)) + " " + GrammarName(c.grammar);
  }
  return "?";
}

std::string PartName(const ColumnClass& c) {
  switch (c.part) {
    case NamePart::kFamily:
      return "family";
    case NamePart::kGiven:
      return "given";
    case NamePart::kMiddle:
      return "middle";
    case NamePart::kAffix:
      return "affix";
    case NamePart::kWhole:
      break;
  }
  return c.birth_date ? "birth" : "-";
}

std::string Row(const std::string& name) {
  const ColumnClass c = ClassifyColumnName(name);
  return name + "\t" + UseName(c) + "\t" + PartName(c) + "\t" +
         (c.owner.empty() ? "-" : c.owner) + "\t" +
         std::to_string(c.subject_rank);
}

TEST(ColumnNames, AreReadAsTheTableSays) {
  std::ifstream in(PHIWIRE_SOURCE_DIR "/tests/formats/table/column_names.tsv");
  std::string line;
  int rows = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line.starts_with('#')) continue;
    ++rows;
    EXPECT_EQ(Row(line.substr(0, line.find('\t'))), line);
  }
  EXPECT_GT(rows, 150);
}

TEST(ColumnNames, LongOrWordyNamesAreUnknown) {
  EXPECT_EQ(ClassifyColumnName(std::string(4096, 'a')).use,
            ColumnUse::kUnknown);
  EXPECT_EQ(ClassifyColumnName("a b c d e f g h i j k l m name").use,
            ColumnUse::kUnknown);
  EXPECT_EQ(ClassifyColumnName("\xff\xfe\x01").use, ColumnUse::kUnknown);
}

TEST(ColumnNames, OnlyWhatLooksThePartIsKept) {
  for (const char* value : {"", "M", "E11.9", "12.5", "120/80", "99213",
                            "mg/dL", "married", "1234.5678", "4548-4"}) {
    EXPECT_TRUE(ColumnMayKeep(value)) << value;
  }
  for (const char* value :
       {"a@b.c", "123-45-6789", "555-123-4567", "(555) 123 4567", "1/2/1980",
        "1980-01-02", "1234567", "seen by a doctor who was named John Smith Jr",
        "two\nlines"}) {
    EXPECT_FALSE(ColumnMayKeep(value)) << value;
  }
}

TEST(ColumnNames, AgesUnderNinetyMayStay) {
  for (const char* value : {"0", "7", "89", " 45 ", "0.5", "12.25", ""}) {
    EXPECT_TRUE(AgeMayStay(value)) << value;
  }
  for (const char* value : {"90", "104", "90+", "ninety", "-5", "4.", "89+"}) {
    EXPECT_FALSE(AgeMayStay(value)) << value;
  }
}

}  // namespace
}  // namespace phiwire
