// SPDX-License-Identifier: Apache-2.0

#include "engine/hs_database.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "engine/hs_cache.h"

namespace phiwire {
namespace {

namespace fs = std::filesystem;

const std::vector<PatternSpec> kSpecs = {
    {"ssn/dashed", R"(\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b)", false},
    {"mrn/label", R"(\bmrn\b)", true},
    {"digit/run", "[0-9]+", false},
};

class TempDir {
 public:
  TempDir() {
    std::string name = (fs::temp_directory_path() / "hsdb.XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TempDir() { fs::remove_all(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::vector<std::pair<std::uint32_t, std::uint32_t>> ScanAll(
    const HsDatabase& db, std::string_view text) {
  absl::StatusOr<HsScratch> scratch = db.NewScratch();
  EXPECT_TRUE(scratch.ok());
  std::vector<Hit> hits;
  const absl::Status status = db.Scan(text, &*scratch, 1000, &hits);
  EXPECT_TRUE(status.ok()) << status.ToString();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (const Hit& h : hits) out.emplace_back(h.pattern, h.end);
  return out;
}

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

TEST(HsDatabase, ReportsEveryPatternAndEndInOrder) {
  auto db = HsDatabase::Compile(kSpecs);
  ASSERT_TRUE(db.ok()) << db.status().ToString();
  EXPECT_EQ(db->pattern_count(), 3u);
  EXPECT_GT(db->database_bytes(), 0u);
  EXPECT_EQ(ScanAll(*db, "Mrn 12"), (Pairs{{1, 3}, {2, 5}, {2, 6}}));
  EXPECT_EQ(ScanAll(*db, "000-12-3456"), (Pairs{{2, 1},
                                                {2, 2},
                                                {2, 3},
                                                {2, 5},
                                                {2, 6},
                                                {2, 8},
                                                {2, 9},
                                                {2, 10},
                                                {0, 11},
                                                {2, 11}}));
}

TEST(HsDatabase, EmptyTextHasNoHits) {
  auto db = HsDatabase::Compile(kSpecs);
  ASSERT_TRUE(db.ok());
  EXPECT_TRUE(ScanAll(*db, {}).empty());
}

TEST(HsDatabase, ScanAppends) {
  auto db = HsDatabase::Compile(kSpecs);
  ASSERT_TRUE(db.ok());
  auto scratch = db->NewScratch();
  ASSERT_TRUE(scratch.ok());
  std::vector<Hit> hits = {{7, 99}};
  ASSERT_TRUE(db->Scan("mrn", &*scratch, 1, &hits).ok());
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].end, 99u);
  EXPECT_EQ(hits[1].end, 3u);
}

TEST(HsDatabase, FloodOfHitsIsAnError) {
  auto db = HsDatabase::Compile(kSpecs);
  ASSERT_TRUE(db.ok());
  auto scratch = db->NewScratch();
  ASSERT_TRUE(scratch.ok());
  std::vector<Hit> hits;
  const std::string digits(1000, '7');
  EXPECT_TRUE(db->Scan(digits, &*scratch, 1000, &hits).ok());
  hits.clear();
  EXPECT_EQ(db->Scan(digits, &*scratch, 999, &hits).code(),
            absl::StatusCode::kOutOfRange);
  hits.clear();  // and the scratch is good for another scan
  EXPECT_TRUE(db->Scan("mrn", &*scratch, 999, &hits).ok());
}

TEST(HsDatabase, RefusesTextOfTwoGibibytes) {
  auto db = HsDatabase::Compile(kSpecs);
  ASSERT_TRUE(db.ok());
  auto scratch = db->NewScratch();
  ASSERT_TRUE(scratch.ok());
  std::vector<Hit> hits;
  // Never read: the length alone decides.
  const std::string_view huge("x", std::size_t{1} << 31);
  EXPECT_EQ(db->Scan(huge, &*scratch, 10, &hits).code(),
            absl::StatusCode::kOutOfRange);
}

TEST(HsDatabase, RefusesAnotherDatabasesScratchOnlyByError) {
  auto db = HsDatabase::Compile(kSpecs);
  ASSERT_TRUE(db.ok());
  auto scratch = db->NewScratch();
  ASSERT_TRUE(scratch.ok());
  const HsScratch taken = *std::move(scratch);
  std::vector<Hit> hits;
  EXPECT_EQ(db->Scan("mrn", &*scratch, 10, &hits).code(),
            absl::StatusCode::kInternal);
}

struct BadSpec {
  const char* what;
  std::string regex;
};

class HsDatabaseRefuses : public testing::TestWithParam<BadSpec> {};

TEST_P(HsDatabaseRefuses, NamingThePattern) {
  const std::vector<PatternSpec> specs = {{"good", "abc", false},
                                          {"bad/one", GetParam().regex, false}};
  auto db = HsDatabase::Compile(specs);
  ASSERT_EQ(db.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_NE(db.status().ToString().find("pattern bad/one: "), std::string::npos)
      << db.status().ToString();
}

INSTANTIATE_TEST_SUITE_P(
    Table, HsDatabaseRefuses,
    testing::Values(BadSpec{"empty", ""}, BadSpec{"open group", "(abc"},
                    BadSpec{"look-behind", "(?<=a)b"},
                    BadSpec{"back-reference", R"((a)\1)"},
                    BadSpec{"matches the empty text", "a*"},
                    BadSpec{"over 2000 bytes", std::string(2001, 'a')},
                    BadSpec{"not ASCII", "M\xC3\xBCller"},
                    BadSpec{"NUL", std::string("a\0b", 3)}));

TEST(HsDatabase, RefusesNoAndTooManyPatterns) {
  EXPECT_EQ(HsDatabase::Compile({}).status().code(),
            absl::StatusCode::kInvalidArgument);
  const std::vector<PatternSpec> many(20'001, PatternSpec{"p", "a", false});
  EXPECT_EQ(HsDatabase::Compile(many).status().code(),
            absl::StatusCode::kInvalidArgument);
}

fs::path OnlyFile(const std::string& dir) {
  std::vector<fs::path> files;
  for (const auto& e : fs::directory_iterator(dir)) files.push_back(e.path());
  EXPECT_EQ(files.size(), 1u);
  return files.empty() ? fs::path() : files[0];
}

TEST(HsDatabaseCache, SecondCompileComesFromTheFile) {
  const TempDir dir;
  const std::string sub = dir.path() + "/made/here";
  auto first = HsDatabase::Compile(kSpecs, sub);
  ASSERT_TRUE(first.ok());
  EXPECT_FALSE(first->from_cache());
  struct stat info = {};
  ASSERT_EQ(stat(OnlyFile(sub).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  auto second = HsDatabase::Compile(kSpecs, sub);
  ASSERT_TRUE(second.ok());
  EXPECT_TRUE(second->from_cache());
  EXPECT_EQ(ScanAll(*second, "Mrn 12"), ScanAll(*first, "Mrn 12"));
}

TEST(HsDatabaseCache, AnyChangeOfTheRulesIsAnotherFile) {
  const std::string key = HsCacheKey(kSpecs, "5", "cpu");
  EXPECT_EQ(key.size(), 64u);
  auto specs = kSpecs;
  specs[1].caseless = false;
  EXPECT_NE(HsCacheKey(specs, "5", "cpu"), key);
  specs = kSpecs;
  specs[1].regex += "x";
  EXPECT_NE(HsCacheKey(specs, "5", "cpu"), key);
  specs = kSpecs;
  std::swap(specs[0], specs[1]);
  EXPECT_NE(HsCacheKey(specs, "5", "cpu"), key);
  EXPECT_NE(HsCacheKey(kSpecs, "6", "cpu"), key);
  EXPECT_NE(HsCacheKey(kSpecs, "5", "other"), key);
}

TEST(HsDatabaseCache, DamagedFileIsRebuilt) {
  for (const int damage : {0, 1, 2, 3}) {
    SCOPED_TRACE(damage);
    const TempDir dir;
    ASSERT_TRUE(HsDatabase::Compile(kSpecs, dir.path()).ok());
    const fs::path file = OnlyFile(dir.path());
    const auto size = fs::file_size(file);
    if (damage == 0) fs::resize_file(file, size / 2);
    if (damage == 1) fs::resize_file(file, 0);
    if (damage == 2) {
      std::fstream f(file, std::ios::in | std::ios::out | std::ios::binary);
      f.seekp(static_cast<std::streamoff>(size - 100));
      f.put('\x5A');
      f.put('\x5B');
    }
    if (damage == 3) fs::permissions(file, fs::perms(0666));
    auto again = HsDatabase::Compile(kSpecs, dir.path());
    ASSERT_TRUE(again.ok());
    EXPECT_FALSE(again->from_cache());
    EXPECT_EQ(ScanAll(*again, "mrn"), (Pairs{{1, 3}}));
    auto third = HsDatabase::Compile(kSpecs, dir.path());
    ASSERT_TRUE(third.ok());
    EXPECT_TRUE(third->from_cache());
  }
}

TEST(HsDatabaseCache, UnusableFolderIsNoError) {
  const TempDir dir;
  std::ofstream(dir.path() + "/file") << "x";
  auto db = HsDatabase::Compile(kSpecs, dir.path() + "/file");
  ASSERT_TRUE(db.ok());
  EXPECT_FALSE(db->from_cache());
}

}  // namespace
}  // namespace phiwire
