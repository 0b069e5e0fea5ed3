// SPDX-License-Identifier: Apache-2.0
//
// Whole bundles: one of our own, and the samples beside the checkout.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/json/document.h"
#include "json_test_support.h"

namespace phiwire {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Bundles() {
  const fs::path root(PHIWIRE_SOURCE_DIR);
  std::vector<fs::path> out = {root / "tests/formats/fhir/bundle.json"};
  std::error_code error;
  for (const auto& entry :
       fs::directory_iterator(root / "../shared/samples/fhir", error)) {
    out.push_back(entry.path());
  }
  return out;
}

std::unique_ptr<FormatReader> Reader() {
  auto reader = NewFhirFormat({});
  EXPECT_TRUE(reader.ok());
  return *std::move(reader);
}

// Each id its own other id, everything else as the slot wants.
std::vector<Edit> Edits(std::string_view record, const RecordFields& fields) {
  std::map<std::string, std::string> ids;
  std::vector<Edit> out;
  for (const Field& f : fields.fields) {
    if (f.kind != FieldKind::kSlot) continue;
    std::string text = "X";
    if (f.spelling == Spelling::kResourceId) {
      const std::string id(json_test::TextOf(record, f));
      text =
          ids.try_emplace(id, "id-" + std::to_string(ids.size())).first->second;
    } else if (f.grammar == SlotGrammar::kEmpty) {
      text.clear();
    }
    out.push_back({f.begin, f.end, std::move(text)});
  }
  return out;
}

struct Graph {
  std::set<std::string> targets;
  std::vector<std::string> references;
};

Graph GraphOf(const json::Document& doc) {
  Graph out;
  for (std::uint32_t i = 0; i < doc.nodes.size(); ++i) {
    const std::string_view name = doc.RawKey(doc.nodes[i]);
    const std::string raw(doc.Raw(doc.nodes[i]));
    if (name == "fullUrl") out.targets.insert(raw);
    if (name == "reference") out.references.push_back(raw);
    const std::string_view type = doc.MemberText(i, "resourceType");
    const std::string_view id = doc.MemberText(i, "id");
    if (type.empty() || id.empty()) continue;
    out.targets.insert(std::string(type) + "/" + std::string(id));
    // Contained ones: one namespace is enough here.
    out.targets.insert("#" + std::string(id));
  }
  return out;
}

TEST(FhirSamples, KeepTheirGraph) {
  const auto reader = Reader();
  std::size_t resolved = 0;
  for (const fs::path& path : Bundles()) {
    const std::string record = json_test::Read(path);
    const auto fields = reader->Fields(record);
    ASSERT_TRUE(fields.ok()) << path << fields.status();
    const auto out = reader->Splice(record, Edits(record, *fields));
    ASSERT_TRUE(out.ok()) << path << out.status();
    const auto before = json::Parse(record);
    const auto after = json::Parse(*out);
    ASSERT_TRUE(before.ok() && after.ok()) << path;
    const Graph a = GraphOf(*before);
    const Graph b = GraphOf(*after);
    ASSERT_EQ(a.references.size(), b.references.size()) << path;
    for (std::size_t i = 0; i < a.references.size(); ++i) {
      if (!a.targets.contains(a.references[i])) continue;
      ++resolved;
      EXPECT_TRUE(b.targets.contains(b.references[i]))
          << path << " reference " << i;
      EXPECT_NE(a.references[i], b.references[i]) << path;
    }
  }
  EXPECT_GE(resolved, 3u);
}

TEST(FhirSamples, FieldsAreSortedAndInside) {
  const auto reader = Reader();
  for (const fs::path& path : Bundles()) {
    const std::string record = json_test::Read(path);
    const auto fields = reader->Fields(record);
    ASSERT_TRUE(fields.ok());
    std::size_t at = 0;
    for (const Field& f : fields->fields) {
      ASSERT_LE(at, f.begin) << path << ' ' << f.path;
      ASSERT_LE(f.begin, f.end) << path;
      // The text of mark-up may have other fields in its gaps.
      at = f.gaps.empty() ? f.end : f.begin;
      if (!f.offsets.empty()) {
        ASSERT_EQ(f.offsets.size(), f.decoded.size() + 1) << f.path;
      }
    }
    ASSERT_LE(at, record.size());
    EXPECT_EQ(*reader->Splice(record, {}), record);
  }
}

TEST(FhirSamples, BytesOutsideRandomEditsStay) {
  const auto reader = Reader();
  const std::string record = json_test::Read(fs::path(PHIWIRE_SOURCE_DIR) /
                                             "tests/formats/fhir/bundle.json");
  const auto fields = reader->Fields(record);
  ASSERT_TRUE(fields.ok());
  for (unsigned seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    std::vector<Edit> edits;
    for (Edit& edit : json_test::RandomEdits(*fields, random)) {
      const auto inside = [&](std::size_t at) {
        return (static_cast<unsigned char>(record[at]) & 0xC0) == 0x80;
      };
      if (!inside(edit.begin) && !inside(edit.end)) {
        edits.push_back(std::move(edit));
      }
    }
    const auto out = reader->Splice(record, edits);
    ASSERT_TRUE(out.ok()) << "seed " << seed << ' ' << out.status();
    std::string expected;
    std::size_t copied = 0;
    for (const Edit& edit : edits) {
      expected += record.substr(copied, edit.begin - copied);
      expected += "<\\\"\\\\\\n&>";
      copied = edit.end;
    }
    EXPECT_EQ(*out, expected + record.substr(copied)) << "seed " << seed;
  }
}

TEST(FhirSplice, EscapesForTheNarrative) {
  const auto reader = Reader();
  const std::string record =
      "{\"resourceType\":\"Basic\",\"text\":{\"status\":\"generated\","
      "\"div\":\"<div>Jo<b>hn</b> x</div>\"}}";
  const auto fields = reader->Fields(record);
  ASSERT_TRUE(fields.ok());
  ASSERT_EQ(fields->fields.size(), 1u);
  const Field& f = fields->fields[0];
  EXPECT_EQ(f.decoded, "John x\n");
  EXPECT_THAT(f.gaps, testing::SizeIs(testing::Ge(2u)));
  const std::size_t at = record.find("Jo");
  const Edit edit{at, at + 2, "<a & \"b\">"};
  const auto out = reader->Splice(record, {&edit, 1});
  ASSERT_TRUE(out.ok());
  EXPECT_THAT(*out, testing::HasSubstr("<div>&lt;a &amp; "));
  EXPECT_TRUE(json::Parse(*out).ok());
  EXPECT_THAT(*out, testing::Not(testing::HasSubstr("<a")));
}

TEST(FhirSplice, TakesWhatIsEmptiedAway) {
  const auto reader = Reader();
  const std::string record =
      "{\"resourceType\":\"Patient\",\"active\":true,\"photo\":[{\"data\":"
      "\"AAAA\"}],\"address\":[{\"city\":\"Rome\",\"extension\":[{\"url\":"
      "\"http://hl7.org/fhir/StructureDefinition/geolocation\","
      "\"extension\":[{\"url\":\"latitude\",\"valueDecimal\":1.5}]}]}]}";
  EXPECT_EQ(json_test::SpliceSlots(*reader, record, "R"),
            "{\"resourceType\":\"Patient\",\"active\":true,"
            "\"address\":[{\"city\":\"R\"}]}");
}

}  // namespace
}  // namespace phiwire
