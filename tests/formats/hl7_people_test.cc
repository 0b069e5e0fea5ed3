// SPDX-License-Identifier: Apache-2.0
//
// Whom a message is about, and who stands in it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "formats/hl7v2/reader.h"

namespace phiwire::hl7v2 {
namespace {

std::string Shown(const PersonName& name) {
  return name.family + "/" + name.given + "/" + name.middle;
}

// "PART person" of the field at `path`, the nth such.
std::string Part(const RecordFields& fields, std::string_view path,
                 std::string_view record, std::string_view value) {
  for (const Field& field : fields.fields) {
    if (field.path != path ||
        record.substr(field.begin, field.end - field.begin) != value) {
      continue;
    }
    const std::string who =
        field.person < 0
            ? "-"
            : Shown(fields.persons[static_cast<std::size_t>(field.person)]);
    return std::to_string(static_cast<int>(field.part)) + " " + who;
  }
  return "none";
}

TEST(Hl7People, NamesHavePartsAndThePatientComesFirst) {
  constexpr std::string_view kRecord =
      "MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\r"
      "EVN|A01|20240101|||77^WELBY^MARCUS^T^JR^DR\r"
      "PID|1||4711^^^H^MR||DOE&VAN&DER^JOHN^Q^JR||19800131|M\r"
      "NK1|1|ROE^JANE|SPO\r";
  const auto fields = ReadFields(kRecord);
  ASSERT_TRUE(fields.ok());
  ASSERT_EQ(fields->persons.size(), 3u);
  EXPECT_EQ(Shown(fields->persons[0]), "DOE/JOHN/Q");
  EXPECT_EQ(Shown(fields->persons[1]), "WELBY/MARCUS/T");
  EXPECT_EQ(Shown(fields->persons[2]), "ROE/JANE/");
  EXPECT_EQ(Part(*fields, "PID-5.1.1", kRecord, "DOE"), "1 DOE/JOHN/Q");
  EXPECT_EQ(Part(*fields, "PID-5.2", kRecord, "JOHN"), "2 DOE/JOHN/Q");
  EXPECT_EQ(Part(*fields, "PID-5.3", kRecord, "Q"), "3 DOE/JOHN/Q");
  EXPECT_EQ(Part(*fields, "EVN-5.2", kRecord, "WELBY"), "1 WELBY/MARCUS/T");
  EXPECT_EQ(Part(*fields, "EVN-5.3", kRecord, "MARCUS"), "2 WELBY/MARCUS/T");
  EXPECT_EQ(Part(*fields, "NK1-2.1", kRecord, "ROE"), "1 ROE/JANE/");
  EXPECT_EQ(Part(*fields, "EVN-5.1", kRecord, "77"), "0 -");
}

struct SubjectRow {
  std::string_view pid;
  std::string_view subject;
};

constexpr SubjectRow kSubjects[] = {
    {"PID|1||4711^^^H^MR||DOE^J", "4711"},
    {"PID|1||999^^^H^PI~4711^^^H^MR||DOE^J", "4711"},
    {"PID|1||4711||DOE^J", "4711"},
    {"PID|1|22|4711||DOE^J", "4711"},
    {"PID|1|22|||DOE^J", "22"},
    {"PID|1|||33|DOE^J", "33"},
    {"PID|1||A\\T\\B||DOE^J", "A&B"},
    {"PID|1||||DOE^J", ""},
    {"PID|1||\"\"^^^H^MR||DOE^J", ""},
    {"PID|1||\"\"^^^H^MR~4711||DOE^J", "4711"},
    {"PID|1|| ^^^H^MR||DOE^J", ""},
};

TEST(Hl7People, TheSubjectIsTheMedicalRecordNumber) {
  for (const SubjectRow& row : kSubjects) {
    const std::string record = "MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\r" +
                               std::string(row.pid) + "\r";
    const auto fields = ReadFields(record);
    ASSERT_TRUE(fields.ok()) << row.pid;
    if (row.subject.empty()) {
      EXPECT_TRUE(fields->subjects.empty());
    } else {
      ASSERT_EQ(fields->subjects.size(), 1u) << row.pid;
      EXPECT_EQ(fields->subjects[0], row.subject);
    }
  }
}

TEST(Hl7People, EachPidBeginsANewSubject) {
  const auto fields = ReadFields(
      "MSH|^~\\&|A|B|C|D|20240101||ORU^R01|1|P|2.5\r"
      "PID|1||11||DOE^J||19800131\r"
      "PID|2||22||ROE^J||19900131\r");
  ASSERT_TRUE(fields.ok());
  ASSERT_EQ(fields->subjects.size(), 2u);
  std::string seen;
  for (const Field& field : fields->fields) {
    if (field.path == "PID-7.1") seen += std::to_string(field.subject);
    if (field.path == "MSH-7.1") seen += std::to_string(field.subject);
  }
  EXPECT_EQ(seen, "-101");
}

}  // namespace
}  // namespace phiwire::hl7v2
