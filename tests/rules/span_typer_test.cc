// SPDX-License-Identifier: Apache-2.0

#include "rules/span_typer.h"

#include <gtest/gtest.h>

#include "base/strings.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

struct Cover {
  const char* surface;
  PhiType type;
};

struct Row {
  // "{name:Jane}": tokens decided for a group; "{SSN!123}": proven to be a
  // type.
  const char* text;
  std::vector<std::string> spans;  // "TYPE surface"
  std::vector<Cover> covers = {};  // candidates
};

class SpanTyperTest : public DocumentFixture {
 protected:
  struct Mark {
    std::size_t begin = 0, end = 0;
    std::string label;
    bool proof = false;
  };

  void ReadMarked(const Row& row) {
    std::string text;
    marks_.clear();
    for (std::string_view rest = row.text; !rest.empty();) {
      if (rest[0] != '{') {
        text += rest[0];
        rest.remove_prefix(1);
        continue;
      }
      const std::size_t colon = rest.find_first_of(":!");
      const std::size_t end = rest.find('}');
      Mark mark{text.size(), 0, std::string(rest.substr(1, colon - 1)),
                rest[colon] == '!'};
      text += rest.substr(colon + 1, end - colon - 1);
      mark.end = text.size();
      marks_.push_back(mark);
      rest.remove_prefix(end + 1);
    }
    document_.candidates.clear();
    for (const Cover& cover : row.covers) {
      const std::size_t at = text.find(cover.surface);
      ASSERT_NE(at, std::string::npos) << cover.surface;
      Candidate c;
      c.begin = static_cast<std::uint32_t>(at);
      c.end = c.begin + static_cast<std::uint32_t>(
                            std::string_view(cover.surface).size());
      c.type = cover.type;
      c.score = 0.5f;
      document_.candidates.push_back(c);
    }
    Read(text);
  }

  static Group GroupNamed(std::string_view name) {
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      if (kGroupNames[g] == name) return static_cast<Group>(g);
    }
    ADD_FAILURE() << "no group " << name;
    return Group::kNone;
  }
  Decision DecisionOf(const Mark& mark, std::size_t token) const {
    if (!mark.proof) {
      const Group group = GroupNamed(mark.label);
      return {group, TokenType(view_, token, group), 0.8f, false};
    }
    const PhiType type = ParseType(mark.label).value_or(PhiType::kName);
    return {GroupOf(type), type, 1.0f, true};
  }
  std::vector<std::string> Spans(const Row& row) {
    ReadMarked(row);
    decisions_.Reset(view_.size());
    for (std::size_t i = 0; i < view_.size(); ++i) {
      const Token& t = view_.token(i);
      for (const Mark& mark : marks_) {
        if (t.begin < mark.begin || t.end > mark.end) continue;
        if (IsWordLike(t)) decisions_.Set(i, DecisionOf(mark, i));
      }
    }
    FormSpans(view_, decisions_, &spans_);
    std::vector<std::string> found;
    for (const TokenSpan& span : spans_) {
      const std::uint32_t begin = view_.token(span.first).begin;
      const std::uint32_t end = view_.token(span.last).end;
      found.push_back(
          Concat({TypeName(span.type), " ",
                  std::string_view(text_).substr(begin, end - begin)}));
    }
    return found;
  }

  std::vector<Mark> marks_;
  Decisions decisions_;  // one for all texts, as a thread has it
  std::vector<TokenSpan> spans_;
};

TEST(DecisionsTest, HoldWhatWasDecidedSinceTheLastReset) {
  const auto decided = [](const Decisions& decisions) {
    std::vector<std::size_t> tokens;
    decisions.ForEach([&](std::size_t i) { tokens.push_back(i); });
    return tokens;
  };
  using Tokens = std::vector<std::size_t>;
  Decisions decisions;
  decisions.Reset(200);
  EXPECT_EQ(decided(decisions), Tokens());
  for (const std::size_t i : {199u, 0u, 63u, 64u, 130u}) {
    decisions.Set(i, {Group::kDate, PhiType::kAge, 0.5f, false});
  }
  decisions.Set(64, {Group::kName, PhiType::kName, 0.75f, true});
  EXPECT_EQ(decided(decisions), (Tokens{0, 63, 64, 130, 199}));
  EXPECT_TRUE(decisions.Has(64));
  EXPECT_FALSE(decisions.Has(65));
  EXPECT_EQ(decisions[64].phi, 0.75f);
  EXPECT_EQ(decisions[63].type, PhiType::kAge);
  decisions.Set(63, {Group::kNone, PhiType::kProfession, 1.0f, true});
  EXPECT_EQ(decided(decisions), (Tokens{0, 64, 130, 199}));
  decisions.Reset(65);
  EXPECT_EQ(decided(decisions), Tokens());
  decisions.Reset(300);
  EXPECT_EQ(decided(decisions), Tokens());
}

TEST_F(SpanTyperTest, WhatJoinsAndWhatDoesNot) {
  const Row rows[] = {
      {"", {}},
      {"nothing here", {}},
      {"saw {name:Jane} {name:Smith} today", {"NAME Jane Smith"}},
      {"{name:Smith}, {name:Jane}", {"NAME Smith, Jane"}},
      {"{name:J}. {name:Smith}", {"NAME J. Smith"}},
      {"{name:Smith}-{name:Lee}", {"NAME Smith-Lee"}},
      {"{name:SMITH}^{name:JANE}", {"NAME SMITH^JANE"}},
      {"{name:Smith} - {name:Lee}", {"NAME Smith", "NAME Lee"}},
      {"{name:Smith}; {name:Lee}", {"NAME Smith", "NAME Lee"}},
      {"{name:Smith}/{name:Lee}", {"NAME Smith", "NAME Lee"}},
      {"{name:Smith} and {name:Lee}", {"NAME Smith", "NAME Lee"}},
      {"{name:Smith}\n{name:Lee}", {"NAME Smith", "NAME Lee"}},
      {"{date:3}/{date:14}/{date:1960}", {"DATE 3/14/1960"}},
      {"{date:March} {date:14}, {date:1960}", {"DATE March 14, 1960"}},
      {"{date:3}/{date:14} - {date:3}/{date:20}", {"DATE 3/14", "DATE 3/20"}},
      {"{date:3}/{date:14}; {date:3}/{date:20}", {"DATE 3/14", "DATE 3/20"}},
      {"{number:123}-{number:45}", {"ID 123-45"}},
      {"{number:123} {number:45}", {"ID 123", "ID 45"}},
      {"{number:123}, {number:45}", {"ID 123", "ID 45"}},
      {"{street:12} {street:Oak} {street:St}., {street:Apt} {street:2}",
       {"STREET 12 Oak St., Apt 2"}},
      {"{place:Boston} {place:02115}", {"CITY Boston", "ZIP 02115"}},
      {"{place:02115} {place:Boston}", {"ZIP 02115", "CITY Boston"}},
      {"{org:Mercy} & {org:Grace}", {"FACILITY Mercy & Grace"}},
      {"{name:Jane} {date:March}", {"NAME Jane", "DATE March"}},
      {"{contact:555}-{contact:0143}", {"PHONE 555-0143"}},
  };
  for (const Row& row : rows) EXPECT_EQ(Spans(row), row.spans) << row.text;
}

TEST_F(SpanTyperTest, OneCandidateHoldsItsTokensTogether) {
  const Row rows[] = {
      {"{number:123} {number:45} x",
       {"MEDICALRECORD 123 45"},
       {{"123 45", PhiType::kMedicalRecord}}},
      // A candidate of another group holds nothing together.
      {"{number:123} {number:45} x",
       {"ID 123", "ID 45"},
       {{"123 45", PhiType::kPhone}}},
      {"{date:3}/{date:14} to {date:20}", {"DATE 3/14", "DATE 20"}, {}},
      {"{date:3}/{date:14} to {date:20}",
       {"DATE 3/14 to 20"},
       {{"3/14 to 20", PhiType::kDate}}},
  };
  for (const Row& row : rows) EXPECT_EQ(Spans(row), row.spans) << row.text;
}

TEST_F(SpanTyperTest, CandidatesSayTheType) {
  const Row rows[] = {
      {"{contact:555-0143}", {"FAX 555-0143"}, {{"555-0143", PhiType::kFax}}},
      {"{number:A1234}", {"ACCOUNT A1234"}, {{"A1234", PhiType::kAccount}}},
      {"{org:Walmart}",
       {"EMPLOYER Walmart"},
       {{"Walmart", PhiType::kEmployer}}},
      {"{name:Walmart}", {"NAME Walmart"}, {{"Walmart", PhiType::kEmployer}}},
      // Ages and dates are one group, and two values.
      {"{date:92} {date:March}",
       {"AGE 92", "DATE March"},
       {{"92", PhiType::kAge}}},
  };
  for (const Row& row : rows) EXPECT_EQ(Spans(row), row.spans) << row.text;
}

TEST_F(SpanTyperTest, AProofKeepsItsType) {
  const Row rows[] = {
      {"{SSN!123-45-6789}", {"SSN 123-45-6789"}},
      {"{SSN!123-45-6789}",
       {"SSN 123-45-6789"},
       {{"123-45-6789", PhiType::kAccount}}},
      {"{NAME!Jane} {name:Smith}", {"NAME Jane Smith"}},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(Spans(row), row.spans) << row.text;
    ASSERT_EQ(spans_.size(), 1u);
    EXPECT_TRUE(spans_[0].proof);
    EXPECT_EQ(spans_[0].phi, 1.0f);
  }
  Spans({"{name:Jane} {NAME!Smith}", {}});
  EXPECT_EQ(spans_[0].surest, 1u);
  EXPECT_TRUE(spans_[0].proof);
}

}  // namespace
}  // namespace phiwire
