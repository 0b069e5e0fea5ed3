// SPDX-License-Identifier: Apache-2.0
//
// What must hold for every document, ours, the samples' and mutated ones: no
// edits give the same bytes; fields are sorted, and disjoint but for those in
// the gaps of a text; offset maps are sound; random edits leave every byte
// outside them as it was, and the elements and attributes too.

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <random>

#include "base/strings.h"
#include "formats/xml/parser.h"
#include "tests/formats/ccda_test_support.h"

namespace phiwire {
namespace {

using ccda_test::AllDocuments;
using ccda_test::Case;

// Names of elements and attributes in order, and how deep: what stays.
class Shape final : public xml::Handler {
 public:
  void Start(std::string_view name, std::span<const xml::Attribute> attributes,
             RecordRange) override {
    shape += "<" + std::string(name);
    for (const xml::Attribute& a : attributes) {
      shape += " " + std::string(a.name);
    }
  }
  void End(RecordRange) override { shape += ">"; }
  void Text(RecordRange) override {}
  void Cdata(RecordRange, RecordRange) override { shape += "!"; }
  void Comment(RecordRange, RecordRange) override { shape += "-"; }
  void Instruction(RecordRange, RecordRange) override { shape += "?"; }
  std::string shape;
};

std::string ShapeOf(std::string_view document) {
  Shape shape;
  const absl::Status status = xml::Parse(document, shape);
  return status.ok() ? shape.shape : std::string(ToStd(status.message()));
}

bool InGap(const Field& outer, const Field& inner) {
  for (const RecordRange& gap : outer.gaps) {
    if (inner.begin >= gap.begin && inner.end <= gap.end) return true;
  }
  return false;
}

void CheckFields(const std::string& name, std::string_view record,
                 const RecordFields& fields) {
  const Field* outer = nullptr;
  std::size_t last = 0;
  for (const Field& f : fields.fields) {
    ASSERT_LT(f.begin, f.end) << name << " " << f.path;
    ASSERT_LE(f.end, record.size()) << name << " " << f.path;
    ASSERT_LE(last, f.begin) << name << " " << f.path;
    if (outer != nullptr && f.begin < outer->end) {
      ASSERT_TRUE(InGap(*outer, f)) << name << " " << f.path;
    } else {
      outer = &f;
    }
    last = f.begin;
    if (f.offsets.empty()) {
      ASSERT_TRUE(f.decoded.empty() && f.gaps.empty()) << name;
      continue;
    }
    ASSERT_EQ(f.offsets.size(), f.decoded.size() + 1) << name;
    ASSERT_GE(f.offsets.front(), f.begin) << name;
    ASSERT_EQ(f.offsets.back(), f.end) << name;
    ASSERT_TRUE(std::is_sorted(f.offsets.begin(), f.offsets.end())) << name;
    std::size_t at = f.begin;
    for (const RecordRange& gap : f.gaps) {
      ASSERT_TRUE(at <= gap.begin && gap.begin < gap.end && gap.end <= f.end)
          << name << " " << f.path;
      at = gap.end;
    }
  }
}

// Of each field at random: all of it, or a part of a text, outside gaps.
std::vector<Edit> RandomEdits(const RecordFields& fields, std::mt19937& random,
                              const std::string& text) {
  std::vector<Edit> edits;
  for (const Field& f : fields.fields) {
    if (random() % 3 == 0) continue;
    std::size_t begin = f.begin;
    const std::size_t end =
        f.gaps.empty() ? f.end : f.gaps[random() % f.gaps.size()].begin;
    for (const RecordRange& gap : f.gaps) {
      if (gap.end <= end) begin = gap.end;
    }
    if (begin < end) edits.push_back({begin, end, text});
  }
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  return edits;
}

// The pieces of `record` between edits, one behind the other, in `out`.
bool KeepsTheRest(std::string_view record, std::string_view out,
                  const std::vector<Edit>& edits) {
  std::size_t copied = 0;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    const auto piece = record.substr(copied, edit.begin - copied);
    at = out.find(piece, at);
    if (at == std::string_view::npos) return false;
    at += piece.size();
    copied = edit.end;
  }
  return out.substr(at).ends_with(record.substr(copied));
}

TEST(CcdaProperties, HoldForEveryDocument) {
  const unsigned seed = std::random_device()();
  std::printf("  seed %u\n", seed);
  std::mt19937 random(seed);
  const auto reader = ccda_test::Reader();
  std::map<std::string, int> counts;
  for (const Case& c : AllDocuments()) {
    const auto records = reader->Split(c.document);
    ASSERT_TRUE(records.ok());
    ASSERT_EQ(records->size(), 1u) << c.name;
    const auto record =
        std::string_view(c.document)
            .substr(records->front().begin, records->front().end);
    const auto fields = reader->Fields(record);
    if (!fields.ok()) {
      ASSERT_TRUE(absl::IsDataLoss(fields.status())) << c.name;
      ++counts[std::string(ToStd(fields.status().message()))];
      continue;
    }
    ++counts["read"];
    CheckFields(c.name, record, *fields);
    const auto same = reader->Splice(record, {});
    ASSERT_TRUE(same.ok() && *same == record) << c.name;
    for (const std::string text : {"1980", "]]>--?>\"'&<x\n]"}) {
      const auto edits = RandomEdits(*fields, random, text);
      const auto out = reader->Splice(record, edits);
      ASSERT_TRUE(out.ok()) << c.name << ": " << out.status().message();
      ASSERT_TRUE(text != "1980" || KeepsTheRest(record, *out, edits))
          << c.name;
      ASSERT_TRUE(ShapeOf(record) == ShapeOf(*out)) << c.name;
    }
  }
  for (const auto& [reason, n] : counts) {
    std::printf("  %5d %s\n", n, reason.c_str());
  }
  EXPECT_LE(counts.size(), 2u);
}

// Whatever bytes come: no crash, and what is read is sound.
TEST(CcdaProperties, HoldForMutatedDocuments) {
  const unsigned seed = std::random_device()();
  std::printf("  seed %u\n", seed);
  std::mt19937 random(seed);
  const auto reader = ccda_test::Reader();
  int read = 0;
  for (const Case& c : ccda_test::OwnCases()) {
    for (int round = 0; round < 60; ++round) {
      std::string document = c.document;
      for (int i = 0; i < 1 + round % 3; ++i) {
        const std::size_t at = random() % document.size();
        const std::string pieces[] = {"<",  ">",   "&",   "\"", "",
                                      "/>", "<a>", "]]>", "x",  "&#0;"};
        document.replace(at, random() % 3, pieces[random() % 10]);
      }
      const auto fields = reader->Fields(document);
      if (!fields.ok()) {
        ASSERT_TRUE(absl::IsDataLoss(fields.status()));
        continue;
      }
      ++read;
      CheckFields(c.name, document, *fields);
      const auto out =
          reader->Splice(document, RandomEdits(*fields, random, "a&b"));
      ASSERT_TRUE(out.ok());
      ASSERT_EQ(ShapeOf(document), ShapeOf(*out)) << document;
    }
  }
  EXPECT_GT(read, 50);
}

}  // namespace
}  // namespace phiwire
