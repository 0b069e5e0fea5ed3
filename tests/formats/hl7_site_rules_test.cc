// SPDX-License-Identifier: Apache-2.0
//
// What a site says of places comes before the table.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "formats/formats.h"

namespace phiwire {
namespace {

using As = SiteRule::As;

constexpr std::string_view kRecord =
    "MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\r"
    "PID|1||4711^^^H^MR||DOE&VAN^JOHN||19800101|M\r"
    "ZPI|1|Jane Roe^b&c^d|19990101|Doe\r"
    "ZXY|x y z\r";

// "text", "slot TYPE" or "-" for what becomes of the leaf with this value.
std::string Fate(const std::vector<SiteRule>& rules, std::string_view value) {
  const auto format = NewHl7v2Format(rules);
  if (!format.ok()) return std::string(ToStd(format.status().message()));
  const auto fields = (*format)->Fields(kRecord);
  if (!fields.ok()) return std::string(ToStd(fields.status().message()));
  for (const Field& f : fields->fields) {
    if (kRecord.substr(f.begin, f.end - f.begin) != value) continue;
    if (f.kind == FieldKind::kText) return "text";
    return Concat({"slot ", TypeName(f.type),
                   f.grammar == SlotGrammar::kEmpty ? " empty" : ""});
  }
  return "-";
}

struct Row {
  std::vector<SiteRule> rules;
  std::string_view value;
  std::string_view fate;
};

TEST(Hl7SiteRules, SayWhatBecomesOfALeaf) {
  const std::vector<Row> rows = {
      {{}, "JOHN", "slot NAME"},
      {{{"PID-5", As::kText}}, "JOHN", "text"},
      {{{"PID-5.1", As::kText}}, "JOHN", "slot NAME"},
      {{{"PID-5.1.2", As::kDrop}}, "VAN", "slot ID empty"},
      {{{"PID-5.1.2", As::kDrop}}, "DOE", "slot NAME"},
      {{{"PID-8", As::kDrop}}, "M", "slot ID empty"},
      {{{"PID", As::kKeep}}, "19800101", "-"},
      {{}, "Jane Roe", "text"},
      {{{"ZPI-2", As::kSlot, PhiType::kName}}, "Jane Roe", "slot NAME"},
      {{{"ZPI-2", As::kSlot, PhiType::kName}}, "d", "slot NAME"},
      {{{"ZPI-2.2", As::kKeep}}, "b", "-"},
      {{{"ZPI-3", As::kSlot, PhiType::kMedicalRecord}},
       "19990101",
       "slot MEDICALRECORD"},
      // A text may be a date by its shape; a kept name of the message is not.
      {{{"ZPI-3", As::kText}}, "19990101", "slot DATE"},
      {{{"ZPI-4", As::kKeep}}, "Doe", "text"},
      {{{"ZX*", As::kKeep}}, "x y z", "-"},
      {{{"ZX*", As::kKeep}}, "Jane Roe", "text"},
      {{{"Z*-1", As::kDrop}}, "x y z", "slot ID empty"},
      // What says more of the place counts, of equals the last.
      {{{"ZXY-1", As::kDrop}, {"ZX*", As::kKeep}}, "x y z", "slot ID empty"},
      {{{"ZX*-1", As::kDrop}, {"ZXY", As::kKeep}}, "x y z", "slot ID empty"},
      {{{"ZXY-1", As::kDrop}, {"ZXY-1", As::kKeep}}, "x y z", "-"},
      {{{"MSH-11", As::kSlot, PhiType::kId}}, "P", "slot ID"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Fate(row.rules, row.value), row.fate)
        << row.value << " " << (row.rules.empty() ? "" : row.rules[0].place);
  }
}

TEST(Hl7SiteRules, RefusePlacesThatAreNone) {
  for (const char* place :
       {"", "PI", "pid-5", "PID-", "PID-0", "PID-x", "PID-5.", "PID-5.1.2.3",
        "PIDX-5", "*", "ZXY*", "1AB-1", "MSH-1", "MSH-2", "PID-1000",
        "Patient.name", "PID.5"}) {
    const std::vector<SiteRule> rules = {{place, As::kKeep}};
    const auto format = NewHl7v2Format(rules);
    ASSERT_FALSE(format.ok()) << place;
    EXPECT_EQ(format.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_NE(ToStd(format.status().message()).find(Concat({"\"", place})),
              std::string_view::npos);
  }
}

}  // namespace
}  // namespace phiwire
