// SPDX-License-Identifier: Apache-2.0
//
// Hyperscan against PCRE2, an engine that shares no code with it: for many
// texts, every (pattern, end) that one reports the other must report too. A
// matcher that misses is a leak.

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <random>
#include <set>
#include <utility>

#include "engine/hs_database.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

namespace phiwire {
namespace {

using Ends = std::set<std::pair<std::uint32_t, std::uint32_t>>;

const std::vector<PatternSpec>& Specs() {
  static const auto& specs = *new std::vector<PatternSpec>{
      {"ssn", R"(\b[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}\b)", false},
      {"ssn/bare", R"(\b[0-9]{9}\b)", false},
      {"date/numeric", R"(\b[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}\b)",
       false},
      {"date/iso", R"([0-9]{4}-[0-9]{2}-[0-9]{2})", false},
      {"date/month", R"(\b(jan|feb|mar|apr|may)[a-z]{0,6}\.? [0-9]{1,2}\b)",
       true},
      {"phone", R"(\(?[2-9][0-9]{2}\)?[-. ]{0,2}[0-9]{3}[-. ][0-9]{4})", false},
      {"email", R"([a-z0-9]@[a-z0-9])", true},
      {"email/whole",
       R"(\b[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,100}\.[a-z]{2,10}\b)", true},
      {"url", R"(\bhttps?://[^\s]{1,40})", true},
      {"ip", R"(\b[0-9]{1,3}(\.[0-9]{1,3}){3}\b)", false},
      {"mac", R"(\b([0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b)", true},
      {"zip", R"(\b[0-9]{5}(-[0-9]{4})?\b)", false},
      {"mrn/label", R"(\bmrn\b[ :#]{0,3}[0-9])", true},
      {"phrase", R"(medical\s+record\s+n(o|umber)\b)", true},
      {"vin", R"(\b[A-HJ-NPR-Z0-9]{17}\b)", false},
      {"npi", R"(\b[12][0-9]{9}\b)", false},
      {"dea", R"(\b[A-Z]{2}[0-9]{7}\b)", false},
      {"mbi",
       R"(\b[1-9][AC-Z][0-9AC-Z][0-9]-?[AC-Z][0-9AC-Z][0-9]-?[AC-Z]{2}[0-9]{2}\b)",
       true},
      {"age", R"(\b(9[0-9]|1[0-1][0-9])[- ]?(y(ear)?s?|yo)\b)", true},
      {"street", R"(\b[0-9]{1,5} [A-Z][a-z]+ (St|Ave|Rd|Dr)\b)", false},
      {"title", R"(\b(mr|mrs|ms|dr)\.? [a-z])", true},
      {"literal", "Patient", false},
      {"literal/i", "patient name", true},
      {"fax", R"(\bfax\b[^0-9\n]{0,5}[0-9])", true},
      {"line", R"((^|\n)name:)", true},
      {"bytes", R"([\xC3\xC4][\x80-\xBF]{1,3}[a-z])", false},
  };
  return specs;
}

class Pcre {
 public:
  explicit Pcre(const PatternSpec& spec) {
    int error = 0;
    PCRE2_SIZE where = 0;
    code_.reset(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(spec.regex.data()),
                              spec.regex.size(),
                              PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS |
                                  (spec.caseless ? PCRE2_CASELESS : 0u),
                              &error, &where, nullptr));
    EXPECT_NE(code_, nullptr) << spec.id;
    data_.reset(pcre2_match_data_create_from_pattern(code_.get(), nullptr));
  }

  // Every end of every match from every start. The callout at the pattern's
  // end fails each match after noting it, so that PCRE2 tries them all.
  std::set<std::uint32_t> Ends(std::string_view text) {
    ends_.clear();
    std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)>
        context(pcre2_match_context_create(nullptr), &pcre2_match_context_free);
    pcre2_set_callout(
        context.get(),
        [](pcre2_callout_block* block, void* self) {
          static_cast<Pcre*>(self)->ends_.insert(
              static_cast<std::uint32_t>(block->current_position));
          return 1;
        },
        this);
    EXPECT_EQ(
        pcre2_match(code_.get(), reinterpret_cast<PCRE2_SPTR>(text.data()),
                    text.size(), 0, 0, data_.get(), context.get()),
        PCRE2_ERROR_NOMATCH);
    return ends_;
  }

 private:
  std::unique_ptr<pcre2_code, decltype(&pcre2_code_free)> code_{
      nullptr, &pcre2_code_free};
  std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data_{
      nullptr, &pcre2_match_data_free};
  std::set<std::uint32_t> ends_;
};

// A pattern whose every match ends in a callout.
PatternSpec WithCallout(PatternSpec spec) {
  spec.regex = "(?:" + spec.regex + ")(?C1)";
  return spec;
}

const std::vector<std::string>& Pieces() {
  static const auto& pieces = *new std::vector<std::string>{
      "123-45-6789",
      "123456789",
      "01/02/1980",
      "2020-02-30",
      "January 5",
      "feb. 12",
      "(617) 555-0199",
      "617-555-0199",
      "a.b@c.org",
      "x@y",
      "http://a.b/c?d=1",
      "10.0.0.254",
      "00:1B:44:11:3A:B7",
      "02139-1234",
      "02139",
      "MRN: 99",
      "medical record number",
      "1HGCM82633A004352",
      "1234567893",
      "AB1234563",
      "1EG4-TE5-MK73",
      "94 yo",
      "101-year",
      "12 Main St",
      "Dr. J",
      "Patient",
      "PATIENT NAME",
      "fax no. 5",
      "\nName:",
      "\xC3\xA9"
      "a",
      "\xC4\x80"
      "b",
      " ",
      " ",
      "-",
      ".",
      "\n",
      "0",
      "9",
      "a",
      "Z",
      "/",
      "@",
  };
  return pieces;
}

std::string RandomText(std::size_t length, std::mt19937_64* random) {
  std::string text;
  while (text.size() < length) {
    std::string piece = Pieces()[(*random)() % Pieces().size()];
    if ((*random)() % 8 == 0) {
      piece[(*random)() % piece.size()] =
          static_cast<char>(' ' + static_cast<int>((*random)() % 95));
    }
    text += piece;
  }
  text.resize(length);
  return text;
}

TEST(HsDifferential, AgreesWithPcre2OnRandomTexts) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  auto db = HsDatabase::Compile(Specs());
  ASSERT_TRUE(db.ok()) << db.status().ToString();
  auto scratch = db->NewScratch();
  ASSERT_TRUE(scratch.ok());
  std::vector<Pcre> others;
  for (const PatternSpec& spec : Specs())
    others.emplace_back(WithCallout(spec));

  alignas(64) char arena[512];
  std::vector<std::size_t> hit_count(Specs().size());
  for (std::size_t round = 0; round < 301 * 4; ++round) {
    const std::size_t length = round % 301;
    const std::size_t offset = (round * 7 + round / 301) % 64;
    const std::string text = RandomText(length, &random);
    // What stands around the text must not matter.
    std::memset(arena, round % 2 == 0 ? '5' : 'x', sizeof(arena));
    std::memcpy(arena + offset, text.data(), length);
    std::vector<Hit> hits;
    ASSERT_TRUE(
        db->Scan({arena + offset, length}, &*scratch, 100'000, &hits).ok());
    Ends ours;
    for (std::size_t i = 0; i < hits.size(); ++i) {
      ours.emplace(hits[i].pattern, hits[i].end);
      ASSERT_LE(hits[i == 0 ? 0 : i - 1].end, hits[i].end);
    }
    ASSERT_EQ(ours.size(), hits.size()) << "a hit was reported twice";
    Ends theirs;
    for (std::uint32_t p = 0; p < others.size(); ++p) {
      for (std::uint32_t end : others[p].Ends(text)) {
        theirs.emplace(p, end);
        ++hit_count[p];
      }
    }
    ASSERT_EQ(ours, theirs) << "length " << length << " offset " << offset
                            << " text <" << text << ">";
  }
  for (std::size_t p = 0; p < hit_count.size(); ++p) {
    EXPECT_GT(hit_count[p], 0u) << Specs()[p].id << " was never exercised";
  }
}

}  // namespace
}  // namespace phiwire
