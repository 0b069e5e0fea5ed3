// SPDX-License-Identifier: Apache-2.0
//
// What must hold for every interchange, the samples', made ones and mutated
// ones: fields are sorted, disjoint and in range; no edits give the same bytes;
// bytes outside edits stay; the structure holds whatever is written; pieces cut
// anywhere give the same as the whole.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/strings.h"
#include "formats/x12/delimiters.h"
#include "tests/formats/x12_test_support.h"

namespace phiwire {
namespace {

using x12_test::Generator;
using x12_test::Open;
using x12_test::ReadSamples;
using x12_test::Records;
using x12_test::Sample;

// The delimiters alone.
std::string Delimited(std::string_view record, const x12::Delimiters& d) {
  std::string out;
  for (const char c : record) {
    if (c == d.element || c == d.terminator) out += c;
  }
  return out;
}

void CheckRecord(const FormatReader& reader, std::string_view record,
                 const x12::Delimiters& d, std::mt19937& random) {
  const auto read = reader.Fields(record);
  if (!read.ok()) {
    ASSERT_EQ(read.status().code(), absl::StatusCode::kDataLoss);
    return;
  }
  std::size_t last = 0;
  std::vector<Edit> edits;
  for (const Field& f : read->fields) {
    ASSERT_LE(last, f.begin) << f.path;
    ASSERT_LT(f.begin, f.end) << f.path;
    ASSERT_LE(f.end, record.size()) << f.path;
    last = f.end;
    if (!f.offsets.empty()) {
      ASSERT_EQ(f.offsets.size(), f.decoded.size() + 1);
    }
    ASSERT_LT(f.subject, static_cast<int>(read->subjects.size()));
    ASSERT_LT(f.person, static_cast<int>(read->persons.size()));
    if (random() % 3 == 0) continue;
    const bool date = f.kind == FieldKind::kSlot && f.type == PhiType::kDate;
    edits.push_back({f.begin, f.end, date ? "1999" : "[*:^~|\n\rX]"});
  }
  const auto same = reader.Splice(record, {});
  ASSERT_TRUE(same.ok());
  ASSERT_EQ(*same, record);
  const auto out = reader.Splice(record, edits);
  ASSERT_TRUE(out.ok()) << ToStd(out.status().message());
  ASSERT_EQ(Delimited(*out, d), Delimited(record, d));
  if (x12::IsIsaAt(record, 0)) {
    ASSERT_EQ(out->size(), record.size());
    return;
  }
  // The complement of the edits, in order.
  std::size_t at = 0;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    const auto kept = record.substr(copied, edit.begin - copied);
    at = out->find(kept, at);
    ASSERT_NE(at, std::string::npos);
    at += kept.size();
    copied = edit.end;
  }
  ASSERT_TRUE(out->ends_with(record.substr(copied)));
}

void CheckFile(std::string_view file, std::mt19937& random) {
  const auto reader = Open(file);
  if (reader == nullptr) return;
  const std::size_t start = file.find("ISA");
  const auto d = x12::ReadIsa(file.substr(start));
  ASSERT_TRUE(d.ok());
  std::size_t last = 0;
  for (const RecordRange& range : Records(*reader, file)) {
    ASSERT_LE(last, range.begin);
    ASSERT_LT(range.begin, range.end);
    ASSERT_LE(range.end, file.size());
    for (const char c : file.substr(last, range.begin - last)) {
      ASSERT_TRUE(std::string_view(" \t\r\n\x1A\xEF\xBB\xBF").find(c) !=
                      std::string_view::npos ||
                  c == d->terminator);
    }
    last = range.end;
    CheckRecord(*reader, file.substr(range.begin, range.end - range.begin), *d,
                random);
    if (testing::Test::HasFatalFailure()) return;
  }
}

// Read in pieces of random sizes, records are the same ones.
void CheckPieces(std::string_view file, std::mt19937& random) {
  const auto reader = Open(file);
  if (reader == nullptr) return;
  std::vector<std::string_view> whole;
  for (const RecordRange& r : Records(*reader, file)) {
    whole.push_back(file.substr(r.begin, r.end - r.begin));
  }
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  std::size_t end = 0;
  const auto take = [&](std::size_t size) {
    const auto piece = file.substr(begin, size);
    for (const RecordRange& r : Records(*reader, piece)) {
      pieces.push_back(piece.substr(r.begin, r.end - r.begin));
    }
    begin += size;
  };
  while (end < file.size()) {
    end = std::min<std::size_t>(end + 1 + random() % 400, file.size());
    take(reader->Cut(file.substr(begin, end - begin)));
  }
  take(file.size() - begin);
  ASSERT_EQ(pieces, whole);
}

TEST(X12Properties, HoldForSamplesAndMadeFiles) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Generator generator(seed);
  for (const Sample& sample : ReadSamples()) {
    CheckFile(sample.bytes, generator.random());
    CheckPieces(sample.bytes, generator.random());
  }
  for (int round = 0; round < 200; ++round) {
    const std::string file = generator.Interchange();
    ASSERT_NE(Open(file), nullptr);
    CheckFile(file, generator.random());
    CheckPieces(file, generator.random());
    if (HasFatalFailure()) return;
  }
}

// Whatever a made patient's identifying elements are, a field covers them.
TEST(X12Properties, NoIdentifyingElementIsMissed) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Generator generator(seed);
  for (int round = 0; round < 100; ++round) {
    const std::string file = generator.Interchange();
    const auto reader = Open(file);
    const auto d = *x12::ReadIsa(file);
    for (const RecordRange& range : Records(*reader, file)) {
      const auto record =
          std::string_view(file).substr(range.begin, range.end - range.begin);
      const auto read = reader->Fields(record);
      ASSERT_TRUE(read.ok());
      std::vector<Edit> edits;
      for (const Field& f : read->fields) {
        edits.push_back({f.begin, f.end, ""});
      }
      std::string out = *reader->Splice(record, edits);
      // What is left of a patient's segments is qualifiers.
      for (const char* id : {"NM1", "N3", "DMG", "CLM", "NTE", "REF"}) {
        std::size_t at = 0;
        const std::string front = std::string(id) + d.element;
        while ((at = out.find(front, at)) != std::string::npos) {
          const std::string segment =
              out.substr(at, out.find(d.terminator, at) - at);
          for (std::size_t i = 0; i + 6 < segment.size(); ++i) {
            const std::string_view six = std::string_view(segment).substr(i, 6);
            ASSERT_FALSE(std::all_of(six.begin(), six.end(), [](char c) {
              return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            })) << segment;
          }
          at += segment.size();
        }
      }
    }
  }
}

TEST(X12Properties, MutatedFilesAreReadSoundlyOrRefused) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<Sample> samples = ReadSamples();
  const std::string_view bytes("*~:^|\r\nSTE ISA0123\x1A");
  for (int round = 0; round < 3000; ++round) {
    std::string file = samples[random() % samples.size()].bytes;
    for (auto n = 1 + random() % 6; n-- > 0;) {
      const std::size_t at = random() % file.size();
      const char byte = bytes[random() % bytes.size()];
      if (random() % 3 == 0) {
        file.insert(at, 1, byte);
      } else if (random() % 2 == 0) {
        file.erase(at, random() % 40);
        if (file.empty()) file = "I";
      } else {
        file[at] = byte;
      }
    }
    CheckFile(file, random);
    CheckPieces(file, random);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace phiwire
