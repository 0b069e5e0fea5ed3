// SPDX-License-Identifier: Apache-2.0
//
// tests/formats/hl7v2/check.tsv: a file, and what hl7 check says of it, as
// "RECORD NAME-FIELD WHAT; ..." or "-".

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "base/strings.h"
#include "formats/hl7v2/check.h"
#include "tests/formats/hl7_test_support.h"

namespace phiwire::hl7v2 {
namespace {

std::string Shown(const CheckResult& result) {
  std::string out;
  for (const Flaw& flaw : result.flaws) {
    if (!out.empty()) out += "; ";
    out += Concat({std::to_string(flaw.record), " ", flaw.name, "-",
                   std::to_string(flaw.field), " ",
                   flaw.refused ? "refused: " : "", flaw.what});
  }
  return out.empty() ? "-" : out;
}

TEST(Hl7Check, SaysWhatIsWrong) {
  std::ifstream in(PHIWIRE_SOURCE_DIR "/tests/formats/hl7v2/check.tsv");
  std::size_t rows = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# ")) continue;
    const std::size_t tab = line.find('\t');
    const std::string file = hl7_test::Unescape(line.substr(0, tab));
    EXPECT_EQ(Shown(CheckFile(file)), line.substr(tab + 1)) << file;
    ++rows;
  }
  EXPECT_GE(rows, 15u);
}

// Values and unknown segment names are never told.
TEST(Hl7Check, TellsNoContentOfAnyMessage) {
  for (const hl7_test::Case& c : hl7_test::AllMessages()) {
    for (const Flaw& flaw : CheckFile(c.message).flaws) {
      EXPECT_LE(flaw.begin, flaw.end) << c.name;
      EXPECT_LE(flaw.end, c.message.size()) << c.name;
      EXPECT_LT(flaw.what.size(), 60u) << c.name;
      EXPECT_TRUE(flaw.name.empty() || flaw.name.size() == 3) << c.name;
    }
  }
}

}  // namespace
}  // namespace phiwire::hl7v2
