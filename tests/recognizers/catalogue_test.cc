// SPDX-License-Identifier: Apache-2.0

#include "recognizers/catalogue.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/yaml.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/recognizers/fixture.h"

namespace phiwire {
namespace {

constexpr std::string_view kFile = R"(version: 1
type: SSN
doc: d
patterns:
  - name: ours
    regex: '\bZZ-\d{4}\b'
    score: 0.7
context:
  before: [zed]
)";

TEST(Catalogue, HasAFileWithDocAndExamplesForEveryType) {
  const absl::StatusOr<Catalogue> c = Catalogue::Load(BuiltInCatalogue());
  ASSERT_TRUE(c.ok()) << c.status();
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    const TypeEntry& entry = c->type(static_cast<PhiType>(t));
    const auto name = TypeName(static_cast<PhiType>(t));
    EXPECT_FALSE(entry.doc.empty()) << name;
    EXPECT_GE(entry.positive.size(), 6U) << name;
    EXPECT_GE(entry.negative.size(), 6U) << name;
    EXPECT_FALSE(entry.before.empty()) << name;
  }
}

TEST(Catalogue, RefusesBadFilesByPlaceAndRule) {
  const auto rows = ReadYamlFile(std::string(PHIWIRE_SOURCE_DIR) +
                                 "/tests/recognizers/data/bad_rules.yaml");
  ASSERT_TRUE(rows.ok()) << rows.status();
  ASSERT_GT(rows->entries().size(), 20U);
  for (const auto& [key, row] : rows->entries()) {
    Catalogue c;
    const absl::Status status =
        c.AddFile(*row.Get("file")->AsString(), "bad.yaml", false);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << row.line();
    EXPECT_EQ(std::string(status.message()), *row.Get("error")->AsString())
        << "row at line " << row.line();
  }
}

TEST(Catalogue, SaysWhereARegexStandsThatHyperscanRefuses) {
  Catalogue c;
  // A pattern that takes nothing at all is RE2's to accept, not Hyperscan's.
  const absl::Status added = c.AddFile(
      "version: 1\ntype: SSN\ndoc: d\npatterns:\n"
      "  - {name: n, regex: 'a*', score: 0.5}\n",
      "bad.yaml", false);
  ASSERT_TRUE(added.ok()) << added;
  const auto runner = ExampleRunner::Create(std::move(c), TestLexicon());
  ASSERT_FALSE(runner.ok());
  EXPECT_THAT(std::string(runner.status().message()),
              testing::HasSubstr("ssn/n (bad.yaml:5)"));
}

TEST(Catalogue, PutsSiteRulesBesideTheBuiltInOnes) {
  Catalogue c;
  ASSERT_TRUE(c.AddFile(kFile, "a.yaml", false).ok());
  ASSERT_TRUE(c.AddFile(kFile, "b.yaml", true).ok());
  ASSERT_EQ(c.rules().size(), 2U);
  EXPECT_EQ(c.rules()[0].id, "ssn/ours");
  EXPECT_EQ(c.rules()[1].id, "site/ssn/ours");
  EXPECT_EQ(c.rules()[1].source, "b.yaml:5");
  EXPECT_EQ(c.type(PhiType::kSsn).before.size(), 2U);
}

TEST(Catalogue, LeavesFilesOfOtherSchemasInASiteFolderAlone) {
  const std::filesystem::path dir =
      std::filesystem::path(testing::TempDir()) /
      ("phiwire_site_rules" + std::to_string(::getpid()));
  std::filesystem::create_directories(dir);
  std::ofstream(dir / "ids.yaml") << kFile;
  std::ofstream(dir / "context.yaml") << "version: 1\nphrases: []\n";
  const std::vector<std::string> dirs = {dir.string()};
  const absl::StatusOr<Catalogue> c = Catalogue::Load(BuiltInCatalogue(), dirs);
  ASSERT_TRUE(c.ok()) << c.status();
  EXPECT_EQ(c->rules().back().id, "site/ssn/ours");
  std::filesystem::remove_all(dir);
}

TEST(Catalogue, MissesNoFolderSilently) {
  EXPECT_EQ(Catalogue::Load("/no/such/folder").status().code(),
            absl::StatusCode::kNotFound);
  const std::vector<std::string> dirs = {"/no/such/folder"};
  EXPECT_FALSE(Catalogue::Load(BuiltInCatalogue(), dirs).ok());
}

}  // namespace
}  // namespace phiwire
