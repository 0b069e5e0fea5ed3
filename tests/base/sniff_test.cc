// SPDX-License-Identifier: Apache-2.0

#include "base/sniff.h"

#include <gtest/gtest.h>

#include <string>

namespace phiwire {
namespace {

using namespace std::string_literals;

struct Row {
  std::string bytes;
  std::string name;
};

TEST(Sniff, NamesBinaryFormats) {
  const Row kRows[] = {
      {"%PDF-1.7\n", "PDF"},
      {std::string(128, '\0') + "DICM", "DICOM"},
      {"PK\x03\x04rest", "ZIP or Office (docx, xlsx, pptx)"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "OLE Office (doc, xls)"},
      {"{\\rtf1\\ansi", "RTF"},
      {"\x89PNG\r\n\x1A\n", "PNG"},
      {"\xFF\xD8\xFF\xE0", "JPEG"},
      {"GIF89a", "GIF"},
      {"II*\0"s, "TIFF"},
      {"MM\0*"s, "TIFF"},
      {"\x1F\x8B\x08", "gzip"},
      {"BZh91AY&SY", "bzip2"},
      {"BZh11AY&SY", "bzip2"},
      {"\xFD"
       "7zXZ\0"s,
       "xz"},
      {"\x28\xB5\x2F\xFD", "zstd"},
      {"7z\xBC\xAF\x27\x1C", "7-Zip"},
      {"\x7F"
       "ELF",
       "ELF"},
      {"SQLite format 3\0"s, "SQLite"},
      {"PAR1", "Parquet"},
      {std::string(257, 'x') + "ustar", "tar"},
  };
  for (const Row& row : kRows) {
    const auto name = BinaryFormatName(row.bytes);
    ASSERT_TRUE(name.has_value()) << row.name;
    EXPECT_EQ(*name, row.name);
  }
}

TEST(Sniff, TextIsNone) {
  for (const char* text :
       {"", "P", "Patient seen.", "MSH|^~\\&|A", "<?xml version='1.0'?>",
        "{\"a\": 1}", "BM moved bowels", "MZ twins", "GIFT", "%PD", "a,b\n",
        "\xEF\xBB\xBFtext", "\xFF\xFEt"}) {
    EXPECT_FALSE(BinaryFormatName(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace phiwire
