// SPDX-License-Identifier: Apache-2.0
//
// What the tests of formats with mark-up share: what a reader made of a
// record, as text, and the promise that bytes outside edits stay.

#ifndef PHIWIRE_TESTS_FORMATS_MARKUP_TEST_SUPPORT_H_
#define PHIWIRE_TESTS_FORMATS_MARKUP_TEST_SUPPORT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/format.h"

namespace phiwire {

inline std::string FieldText(const Field& field, std::string_view record) {
  return field.offsets.empty()
             ? std::string(record.substr(field.begin, field.end - field.begin))
             : field.decoded;
}

// The texts of all fields of a path, joined by '|'; of all but the two
// running texts when path is "": "path=text".
inline std::string TextOf(const RecordFields& fields, std::string_view record,
                          std::string_view path) {
  std::string out;
  for (const Field& field : fields.fields) {
    const bool text = field.path == "text" || field.path == "text/@";
    if (path.empty() ? text : field.path != path) continue;
    if (!out.empty()) out += '|';
    if (path.empty()) out += field.path + "=";
    out += FieldText(field, record);
  }
  return out;
}

// The stretches of each field that are not gaps, in the record's order.
inline std::vector<RecordRange> OwnRanges(const RecordFields& fields) {
  std::vector<RecordRange> out;
  for (const Field& field : fields.fields) {
    std::size_t at = field.begin;
    for (const RecordRange& gap : field.gaps) {
      if (gap.begin > at) out.push_back({at, std::min(gap.begin, field.end)});
      at = std::max(at, gap.end);
    }
    if (at < field.end) out.push_back({at, field.end});
  }
  std::sort(out.begin(), out.end(),
            [](const RecordRange& a, const RecordRange& b) {
              return a.begin < b.begin;
            });
  return out;
}

// Fields are sorted, their maps whole, and no two claim the same byte.
inline void CheckFields(const RecordFields& fields, std::string_view record) {
  std::size_t last = 0;
  for (const Field& field : fields.fields) {
    EXPECT_LE(last, field.begin);
    last = field.begin;
    EXPECT_LE(field.begin, field.end);
    EXPECT_LE(field.end, record.size());
    if (field.offsets.empty()) continue;
    ASSERT_EQ(field.offsets.size(), field.decoded.size() + 1);
    EXPECT_TRUE(std::is_sorted(field.offsets.begin(), field.offsets.end()));
    EXPECT_LE(field.offsets.back(), field.end);
  }
  std::size_t end = 0;
  for (const RecordRange& range : OwnRanges(fields)) {
    EXPECT_LE(end, range.begin);
    end = range.end;
  }
}

// Random edits inside what may be edited leave every other byte as it was,
// and what is put in can't add fields of another kind.
inline void CheckRandomEdits(const FormatReader& reader,
                             std::string_view record, std::uint32_t seed) {
  SCOPED_TRACE(seed);
  const auto fields = reader.Fields(record);
  ASSERT_TRUE(fields.ok());
  std::mt19937 random(seed);
  std::vector<Edit> edits;
  for (const RecordRange& range : OwnRanges(*fields)) {
    if (random() % 2 == 0) edits.push_back({range.begin, range.end, "[NAME]"});
  }
  const auto out = reader.Splice(record, edits);
  ASSERT_TRUE(out.ok());
  std::string rest(*out);
  std::size_t at = 0;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    const auto kept = record.substr(copied, edit.begin - copied);
    ASSERT_EQ(std::string_view(*out).substr(at, kept.size()), kept);
    at += kept.size();
    // A blank may stand before it where a format needs one.
    if ((*out)[at] == ' ') ++at;
    ASSERT_EQ(out->substr(at, 6), "[NAME]");
    at += 6;
    copied = edit.end;
  }
  EXPECT_EQ(std::string_view(*out).substr(at), record.substr(copied));
  EXPECT_TRUE(reader.Fields(*out).ok());
}

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_FORMATS_MARKUP_TEST_SUPPORT_H_
