// SPDX-License-Identifier: Apache-2.0
//
// A leaf that is a slot of one type whatever stands in it is told by the table
// alone; the long way, by the value, must say the same of each of them.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "formats/hl7v2/classify.h"
#include "formats/hl7v2/field_path.h"
#include "formats/hl7v2/fields_table.h"
#include "formats/hl7v2/site_rules.h"

namespace phiwire::hl7v2 {
namespace {

constexpr int kMostFields = 99;
constexpr int kMostComponents = 23;
constexpr std::string_view kValues[] = {
    "Smith",     "19800101", "1980",   "12345", "0",   "M",
    "(617)5550", "ISO",      "MR",     "MAIN",  "L",   "John Doe",
    "a@b.org",   "\"\"",     "  ",     " x",    "\"q", "2.16.840.1",
    "A-1",       "02114",    "REG|EX", "Dr.",   "x",   "http://a.b"};

// What both ways say of each value as the only leaf of a field.
void Compare(const SegmentContext& segment, int field, int component) {
  const Observation observation;
  const SiteTable site;
  for (const std::string_view value : kValues) {
    FieldRepetition repetition;
    repetition.field = field;
    Leaf leaf;
    leaf.component = component;
    leaf.end = value.size();
    repetition.leaves.push_back(leaf);
    const LeafContext context{value, segment, repetition, observation, site};
    const Decision fast = Classify(context, leaf);
    const Decision slow = ClassifyByValue(context, leaf);
    const auto where = testing::Message() << segment.name << '-' << field << '.'
                                          << component << ' ' << value;
    EXPECT_EQ(fast.kind, slow.kind) << where;
    if (fast.kind != Decision::Kind::kSlot) continue;
    EXPECT_EQ(fast.type, slow.type) << where;
    EXPECT_EQ(fast.grammar, slow.grammar) << where;
    EXPECT_EQ(fast.required, slow.required) << where;
  }
}

TEST(Hl7Classify, TheTableAloneSaysWhatTheValueWould) {
  constexpr std::string_view kBytes = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  int fixed = 0;
  std::string name(3, ' ');
  for (name[0] = 'A'; name[0] <= 'Z'; ++name[0]) {
    for (const char second : kBytes) {
      for (const char third : kBytes) {
        name[1] = second;
        name[2] = third;
        const std::uint32_t code = SegmentCode(name);
        const SegmentContext segment{name, code, SegmentTable::Of(code)};
        if (!segment.table.listed()) continue;
        for (int field = 1; field <= kMostFields; ++field) {
          for (int component = 1; component <= kMostComponents; ++component) {
            const LeafRule* const rule =
                segment.table[field].rules.FixedSlot(component, 1);
            if (rule == nullptr) continue;
            ++fixed;
            Compare(segment, field, component);
          }
        }
      }
    }
  }
  EXPECT_GT(fixed, 1000);
}

}  // namespace
}  // namespace phiwire::hl7v2
