// SPDX-License-Identifier: Apache-2.0
//
// What must hold for every message, ours, the samples' and mutated ones:
// no edits give the same bytes; fields are sorted, disjoint and inside their
// record; their offset maps are sound; replacing every field leaves the
// structure as it was; and no leaf that data/hl7_fields.csv calls identifying
// is missed, found by a cutter of the test's own.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <tuple>

#include "base/strings.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/segments.h"
#include "formats/hl7v2/values.h"
#include "tests/formats/hl7_test_support.h"

namespace phiwire {
namespace {

using hl7_test::AllMessages;
using hl7_test::Case;
using hl7_test::EditAll;
using hl7_test::Pieces;

// Calls `check(record, fields)` for each readable record; counts refusals by
// reason, without their byte ranges.
template <typename Check>
std::map<std::string, int> ForEachRecord(std::string_view file, Check check) {
  std::map<std::string, int> counts;
  const auto reason = [](const absl::Status& status) {
    const std::string text(ToStd(status.message()));
    return text.substr(0, text.find(" at bytes"));
  };
  const auto format = NewHl7v2Format();
  const auto records = format->Split(file);
  if (!records.ok()) {
    EXPECT_EQ(records.status().code(), absl::StatusCode::kDataLoss);
    ++counts[reason(records.status())];
    return counts;
  }
  for (const RecordRange& range : *records) {
    const auto record = file.substr(range.begin, range.end - range.begin);
    const auto fields = format->Fields(record);
    if (!fields.ok()) {
      EXPECT_EQ(fields.status().code(), absl::StatusCode::kDataLoss);
      ++counts[reason(fields.status())];
      continue;
    }
    ++counts["read"];
    check(record, *fields);
  }
  return counts;
}

// Whether one of the gaps holds the whole of the other field.
bool InGap(const Field& running, const Field& other) {
  return std::any_of(running.gaps.begin(), running.gaps.end(),
                     [&](const RecordRange& gap) {
                       return gap.begin <= other.begin && other.end <= gap.end;
                     });
}

// Sorted by begin, and disjoint but for what stands in a gap of a text.
void CheckOrder(const std::string& name, const RecordFields& fields) {
  const Field* last = nullptr;  // the one that reaches furthest
  for (const Field& f : fields.fields) {
    if (last != nullptr) {
      ASSERT_LE(last->begin, f.begin) << name << " " << f.path;
      ASSERT_TRUE(last->end <= f.begin || InGap(*last, f))
          << name << " " << f.path;
    }
    if (last == nullptr || f.end > last->end) last = &f;
  }
}

void CheckFields(const std::string& name, std::string_view record,
                 const RecordFields& fields) {
  CheckOrder(name, fields);
  for (const Field& f : fields.fields) {
    ASSERT_LT(f.begin, f.end) << name << " " << f.path;
    ASSERT_LE(f.end, record.size()) << name << " " << f.path;
    if (f.offsets.empty()) {
      ASSERT_TRUE(f.decoded.empty()) << name << " " << f.path;
      continue;
    }
    ASSERT_EQ(f.offsets.size(), f.decoded.size() + 1) << name;
    ASSERT_GE(f.offsets.front(), f.begin) << name;
    ASSERT_EQ(f.offsets.back(), f.end) << name;
    ASSERT_TRUE(std::is_sorted(f.offsets.begin(), f.offsets.end())) << name;
  }
}

std::string Paths(const hl7v2::Record& parsed, std::string_view record) {
  std::string out;
  const auto text =
      hl7v2::RecordText::Of(record, parsed.segments.front(), parsed.delimiters,
                            parsed.high_bytes, parsed.switches);
  EXPECT_TRUE(text.ok());
  if (text.ok() && !text->switches.empty()) {
    record = text->switches.structure();
  }
  hl7v2::Cutter cutter(parsed.delimiters);
  for (const hl7v2::Segment& s : parsed.segments) {
    out += s.name;
    cutter.ForEachRepetition(record, s, [&](const hl7v2::FieldRepetition& r) {
      out +=
          std::to_string(r.field) + ":" + std::to_string(r.leaves.size()) + " ";
    });
  }
  return out;
}

// Delimiters, escapes and line ends in a replacement must not show.
void CheckReplacement(const std::string& name, std::string_view record,
                      const RecordFields& fields) {
  const std::vector<Edit> edits = EditAll(fields, "[a|b^c~d\\e&f#g\r\nh]");
  const auto out = NewHl7v2Format()->Splice(record, edits);
  ASSERT_TRUE(out.ok()) << name << ": " << out.status().message();
  const auto before = hl7v2::ParseRecord(record);
  const auto after = hl7v2::ParseRecord(*out);
  ASSERT_TRUE(before.ok() && after.ok()) << name;
  EXPECT_EQ(Paths(*before, record), Paths(*after, *out)) << name;
}

// Some pieces replaced: every other byte must be there, in order.
void CheckUntouched(const std::string& name, std::string_view record,
                    const RecordFields& fields, std::mt19937& random) {
  std::vector<Edit> edits = EditAll(fields, "[*]");
  std::erase_if(edits, [&](const Edit&) { return random() % 3 == 0; });
  const auto format = NewHl7v2Format();
  const auto out = format->Splice(record, edits);
  ASSERT_TRUE(out.ok()) << name;
  std::string expected;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    // A switched character set is left and entered again around an edit.
    if (record.find('\x1B') != std::string_view::npos ||
        record.find("\\M") != std::string_view::npos) {
      return;
    }
    const RecordRange wide = format->Widen(record, {edit.begin, edit.end});
    expected.append(record.substr(copied, wide.begin - copied));
    expected += "[*]";
    copied = wide.end;
  }
  expected.append(record.substr(copied));
  EXPECT_EQ(*out, expected) << name;
}

TEST(Hl7Properties, HoldForEveryMessage) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::map<std::string, int> counts;
  for (const Case& c : AllMessages()) {
    const auto here = ForEachRecord(
        c.message, [&](std::string_view record, const RecordFields& fields) {
          CheckFields(c.name, record, fields);
          const auto same = NewHl7v2Format()->Splice(record, {});
          ASSERT_TRUE(same.ok());
          ASSERT_EQ(*same, record) << c.name;
          CheckReplacement(c.name, record, fields);
          CheckUntouched(c.name, record, fields, random);
        });
    for (const auto& [reason, n] : here) counts[reason] += n;
  }
  for (const auto& [reason, n] : counts) {
    std::printf("  %5d %s\n", n, reason.c_str());
  }
  EXPECT_GE(counts["read"], hl7_test::ReadSamples().empty() ? 50 : 1400);
}

// Pieces cut off at Cut are split as the whole file is.
TEST(Hl7Properties, PiecesSplitAsTheWholeDoes) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto format = NewHl7v2Format();
  EXPECT_TRUE(format->streams());
  std::vector<Case> cases = hl7_test::ReadCases();
  for (int round = 0; round < 200; ++round) {
    std::string file;
    for (auto n = 1 + random() % 6; n-- > 0;) {
      file += cases[random() % cases.size()].message;
      if (random() % 2 == 0) file += random() % 2 == 0 ? "\r\n" : "\x0B";
    }
    const auto whole = format->Split(file);
    std::vector<std::string> expected;
    if (!whole.ok()) continue;  // no header anywhere
    for (const RecordRange& r : *whole) {
      expected.push_back(file.substr(r.begin, r.end - r.begin));
    }
    std::vector<std::string> found;
    std::string buffer;
    const auto take = [&](std::size_t size) {
      const std::string piece = buffer.substr(0, size);
      buffer.erase(0, size);
      const auto records = format->Split(piece);
      if (!records.ok()) {  // no header in it: one refused record
        return found.push_back(
            piece.substr(piece.find_first_not_of(" \t\r\n")));
      }
      for (const RecordRange& r : *records) {
        found.push_back(piece.substr(r.begin, r.end - r.begin));
      }
    };
    for (std::size_t at = 0; at < file.size();) {
      const std::size_t size = 1 + random() % 200;
      buffer += file.substr(at, size);
      at += size;
      if (const std::size_t cut = format->Cut(buffer); cut > 0) take(cut);
    }
    take(buffer.size());
    EXPECT_EQ(found, expected) << file;
  }
}

// (segment, field, component, subcomponent) of identifying leaves.
using Place = std::tuple<std::string, int, int, int>;

std::set<Place> IdentifyingPlaces() {
  const std::set<std::string> kept = {"CODED_TEXT", "STATE", "COUNTRY", "QUASI",
                                      "DEVICE_LOT"};
  std::set<Place> out;
  std::ifstream in(PHIWIRE_SOURCE_DIR "/data/hl7_fields.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream row(line);
    std::string segment, field, component, name, cls;
    for (std::string* cell : {&segment, &field, &component, &name, &cls}) {
      std::getline(row, *cell, ',');
    }
    // "ED.5" and "*" are rules by type, not places.
    if (kept.count(cls) != 0 || component.empty() || component[0] < '0' ||
        component[0] > '9') {
      continue;
    }
    const std::size_t dot = component.find('.');
    out.insert(
        {segment, std::stoi(field), std::stoi(component),
         dot == std::string::npos ? 1 : std::stoi(component.substr(dot + 1))});
  }
  return out;
}

std::vector<std::string_view> Cut(std::string_view text, char delimiter) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find(delimiter, begin);
    out.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return out;
    begin = end + 1;
  }
}

void CheckNothingMissed(const std::string& name, std::string_view record,
                        const RecordFields& fields,
                        const std::set<Place>& places) {
  std::set<std::size_t> begins;
  for (const Field& f : fields.fields) {
    for (const RecordRange& piece : Pieces(f)) begins.insert(piece.begin);
  }
  const std::size_t msh = record.find("MSH");
  if (msh == std::string_view::npos || record.size() < msh + 8) return;
  const char field_delimiter = record[msh + 3];
  const auto encoding = Cut(record.substr(msh + 4), field_delimiter).front();
  if (encoding.size() < 4) return;  // other tests have these
  for (std::string_view line : Cut(record, '\r')) {
    for (std::string_view s : Cut(line, '\n')) {
      if (s.size() < 4 || s.substr(0, 3) == "OBX") continue;
      const std::string segment(s.substr(0, 3));
      int field = segment == "MSH" ? 1 : 0;
      for (std::string_view f : Cut(s.substr(4), field_delimiter)) {
        ++field;
        if (segment == "MSH" && field <= 2) continue;
        for (std::string_view r : Cut(f, encoding[1])) {
          int component = 0;
          for (std::string_view c : Cut(r, encoding[0])) {
            ++component;
            int sub = 0;
            for (std::string_view leaf : Cut(c, encoding[3])) {
              ++sub;
              if (leaf.find_first_not_of(' ') == std::string_view::npos ||
                  leaf == "\"\"") {
                continue;
              }
              if (places.count({segment, field, component, sub}) == 0) {
                continue;
              }
              // The degree of precision of a TS is no date.
              if (component > 1 && leaf.size() == 1) continue;
              const auto at =
                  static_cast<std::size_t>(leaf.data() - record.data());
              EXPECT_TRUE(begins.count(at) != 0)
                  << name << " " << segment << "-" << field << "." << component
                  << "." << sub;
            }
          }
        }
      }
    }
  }
}

TEST(Hl7Properties, NoIdentifyingLeafIsMissed) {
  const std::set<Place> places = IdentifyingPlaces();
  ASSERT_GT(places.size(), 2000u);
  for (const Case& c : AllMessages()) {
    if (c.message.find("MSH") == std::string::npos) continue;
    ForEachRecord(c.message,
                  [&](std::string_view record, const RecordFields& fields) {
                    CheckNothingMissed(c.name, record, fields, places);
                  });
  }
}

TEST(Hl7Properties, MutatedMessagesAreReadSoundlyOrRefused) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::string bytes("|^~\\&\r\n\x0B\x1C#X41.br\"MSHPIDZ09[ ");
  bytes += "\x1B\xE9\xC3\xA9\x7F";
  bytes += '\0';
  const std::vector<Case> cases = hl7_test::ReadCases();
  for (int round = 0; round < 4000; ++round) {
    std::string message = cases[random() % cases.size()].message;
    if (message.empty()) continue;
    for (auto n = random() % 6; n-- > 0;) {
      const std::size_t at = random() % message.size();
      const char byte = bytes[random() % bytes.size()];
      if (random() % 3 == 0) {
        message.insert(at, 1, byte);
      } else if (random() % 2 == 0) {
        message.erase(at, random() % 20);
        if (message.empty()) message = "M";
      } else {
        message[at] = byte;
      }
    }
    ForEachRecord(message,
                  [&](std::string_view record, const RecordFields& fields) {
                    CheckFields("mutated", record, fields);
                    const auto same = NewHl7v2Format()->Splice(record, {});
                    ASSERT_TRUE(same.ok());
                    ASSERT_EQ(*same, record);
                    CheckReplacement("mutated", record, fields);
                  });
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace phiwire
