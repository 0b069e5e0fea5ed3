// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "base/strings.h"
#include "rules/evidence_model.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class OnePattern : public Confirmer {
 public:
  const std::vector<PatternSpec>& patterns() const override { return none_; }
  std::string_view PatternName(std::uint32_t pattern) const override {
    return pattern == 0 ? "test/pattern" : "";
  }
  absl::Status Confirm(Document*) const override { return absl::OkStatus(); }

 private:
  std::vector<PatternSpec> none_;
};

class KnownTokens : public KnownMatcher {
 public:
  explicit KnownTokens(std::vector<KnownMatch> matches)
      : matches_(std::move(matches)) {}
  void Find(const Document&, std::vector<KnownMatch>* matches) const override {
    matches->insert(matches->end(), matches_.begin(), matches_.end());
  }

 private:
  std::vector<KnownMatch> matches_;
};

class EvidenceTest : public DocumentFixture {
 protected:
  EvidenceTest() {
    thresholds_.fill(0.5f);
    ThresholdOf(PhiType::kFax) = 2;  // not looked for
  }
  float& ThresholdOf(PhiType type) {
    return thresholds_[static_cast<std::size_t>(type)];
  }
  // A model that calls every token PHI of one group (kNone: no PHI), by e^6,
  // and knows every rule as worth nothing.
  std::unique_ptr<EvidenceModel> ModelFor(Group group) const {
    const std::vector<std::string> folders = ContextFolders();
    auto rules = ContextRules::Load(folders, *classes_);
    if (!rules.ok()) return nullptr;
    const auto shared = std::make_shared<const ContextRules>(*std::move(rules));
    GroupScores bias{};
    bias[static_cast<std::size_t>(group)] = 6;
    Weights weights;
    weights.words = WeightTable::Build(
        {{FeatureKey(static_cast<std::uint32_t>(Feature::kBias), 0), bias}});
    std::vector<std::pair<std::uint32_t, GroupScores>> second;
    for (std::size_t r = 0; r < shared->size(); ++r) {
      second.push_back({FeatureKey(static_cast<std::uint32_t>(Feature::kRule),
                                   shared->hash(r)),
                        {}});
    }
    weights.document = WeightTable::Build(second);
    return std::make_unique<EvidenceModel>(std::move(weights), *classes_,
                                           confirmer_, shared, thresholds_);
  }
  // Adds a candidate over `surface` in the text to be read.
  Candidate& AddCandidate(std::string_view text, std::string_view surface,
                          PhiType type) {
    Candidate c;
    c.begin = static_cast<std::uint32_t>(text.find(surface));
    c.end = c.begin + static_cast<std::uint32_t>(surface.size());
    c.type = type;
    c.score = 0.9f;
    c.valid = true;
    document_.candidates.push_back(c);
    return document_.candidates.back();
  }
  // "TYPE surface" of what is found.
  std::vector<std::string> Find(std::string_view text, Group group) {
    const auto model = ModelFor(group);
    if (model == nullptr) return {"no model"};
    Read(text);
    const auto scratch = model->NewScratch();
    findings_.clear();
    EXPECT_TRUE(
        model->Weigh(document_, options_, scratch.get(), &findings_).ok());
    std::vector<std::string> found;
    for (const Finding& f : findings_) {
      found.push_back(Concat(
          {TypeName(f.type), " ", text.substr(f.begin, f.end - f.begin)}));
    }
    document_.candidates.clear();
    return found;
  }

  TypeThresholds thresholds_;
  OnePattern confirmer_;
  WeighOptions options_;
  std::vector<Finding> findings_;
};

TEST_F(EvidenceTest, ABareYearIsNeverFound) {
  for (const char* year : {"2015", "1999", "2035", "(2015)"}) {
    EXPECT_THAT(Find(year, Group::kDate), IsEmpty()) << year;
  }
  EXPECT_THAT(Find("'09", Group::kDate), IsEmpty());
  EXPECT_THAT(Find("1776", Group::kDate), ElementsAre("DATE 1776"));
  EXPECT_THAT(Find("09", Group::kDate), ElementsAre("DATE 09"));
  // Whatever else it is.
  EXPECT_THAT(Find("2015", Group::kNumber), ElementsAre("ID 2015"));
}

TEST_F(EvidenceTest, AYearInsideADateIsPartOfIt) {
  const std::string text = "3/14/2015";
  AddCandidate(text, text, PhiType::kDate);
  EXPECT_THAT(Find(text, Group::kDate), ElementsAre("DATE 3/14/2015"));
  EXPECT_EQ(findings_[0].source, "test/pattern");
  AddCandidate("2015", "2015", PhiType::kDate);
  EXPECT_THAT(Find("2015", Group::kDate), IsEmpty());
}

TEST_F(EvidenceTest, StrongAgesAndAddressesStandWhole) {
  const std::string text = "92 years old";
  AddCandidate(text, text, PhiType::kAge);
  EXPECT_THAT(Find(text, Group::kNone), ElementsAre("AGE 92 years old"));
  AddCandidate(text, text, PhiType::kAge);
  EXPECT_THAT(Find(text, Group::kDate), ElementsAre("AGE 92 years old"));
  const std::string mail = "to zeb.q@example.org now";
  AddCandidate(mail, "zeb.q@example.org", PhiType::kEmail);
  EXPECT_THAT(Find(mail, Group::kNone), ElementsAre("EMAIL zeb.q@example.org"));
}

TEST_F(EvidenceTest, WeakOrOtherCandidatesDoNotStandAlone) {
  const std::string text = "92 years old";
  AddCandidate(text, text, PhiType::kAge).valid = false;
  EXPECT_THAT(Find(text, Group::kNone), IsEmpty());
  AddCandidate(text, text, PhiType::kAge).score = 0.4f;
  EXPECT_THAT(Find(text, Group::kNone), IsEmpty());
  AddCandidate(text, text, PhiType::kPhone);
  EXPECT_THAT(Find(text, Group::kNone), IsEmpty());
}

// The model says 0.998 of each token.
TEST_F(EvidenceTest, TypesOfOneGroupHaveThresholdsOfTheirOwn) {
  const auto found = [&](bool candidate) {
    if (candidate) AddCandidate("12345", "12345", PhiType::kMedicalRecord);
    return Find("12345", Group::kNumber);
  };
  EXPECT_THAT(found(false), ElementsAre("ID 12345"));
  EXPECT_THAT(found(true), ElementsAre("MEDICALRECORD 12345"));
  ThresholdOf(PhiType::kId) = 0.999f;
  EXPECT_THAT(found(false), IsEmpty());
  EXPECT_THAT(found(true), ElementsAre("MEDICALRECORD 12345"));
  ThresholdOf(PhiType::kId) = 0.5f;
  ThresholdOf(PhiType::kMedicalRecord) = 0.999f;
  EXPECT_THAT(found(false), ElementsAre("ID 12345"));
  EXPECT_THAT(found(true), IsEmpty());
  thresholds_.fill(0.999f);
  EXPECT_THAT(found(false), IsEmpty());
  EXPECT_THAT(found(true), IsEmpty());
}

// Of two candidates that share a token, the one that covers it best decides.
TEST_F(EvidenceTest, CandidatesThatOverlapAreEachTried) {
  const std::string text = "92 years old; zeb.q@example.org or 95 years";
  AddCandidate(text, "92 years", PhiType::kAge).score = 0.4f;
  AddCandidate(text, "92 years old", PhiType::kAge);
  AddCandidate(text, "zeb.q@example.org", PhiType::kEmail);
  AddCandidate(text, "q@example.org", PhiType::kEmail).score = 0.85f;
  AddCandidate(text, "95 years", PhiType::kAge);
  EXPECT_THAT(Find(text, Group::kNone),
              ElementsAre("AGE 92 years old", "EMAIL zeb.q@example.org",
                          "AGE 95 years"));
}

TEST_F(EvidenceTest, AProofIsFoundWhateverTheWeightsSay) {
  const std::string text = "nr 123-45-6789 end";
  AddCandidate(text, "123-45-6789", PhiType::kSsn).proof = true;
  EXPECT_THAT(Find(text, Group::kNone), ElementsAre("SSN 123-45-6789"));
  EXPECT_EQ(findings_[0].score, 1.0);
  AddCandidate(text, "123-45-6789", PhiType::kFax).proof = true;
  EXPECT_THAT(Find(text, Group::kNone), IsEmpty());  // not looked for
}

TEST_F(EvidenceTest, KnownValuesAreProofAndEvidenceJoinsTheOdds) {
  const KnownTokens proof({{1, 2, PhiType::kName, 0}});
  const KnownTokens strong({{0, 0, PhiType::kName, 7}});
  const KnownTokens weak({{0, 0, PhiType::kName, 1}});
  const KnownMatcher* known[] = {&proof};
  document_.known = known;
  EXPECT_THAT(Find("saw zeb quack", Group::kNone),
              ElementsAre("NAME zeb quack"));
  EXPECT_EQ(findings_[0].source, "known value");
  known[0] = &strong;
  EXPECT_THAT(Find("saw zeb quack", Group::kNone), ElementsAre("NAME saw"));
  EXPECT_LT(findings_[0].score, 1.0);
  known[0] = &weak;
  EXPECT_THAT(Find("saw zeb quack", Group::kNone), IsEmpty());
}

TEST_F(EvidenceTest, ExplainAddsUpTheTermsOfTheSurestToken) {
  options_.explain = true;
  ASSERT_THAT(Find("smith", Group::kName), ElementsAre("NAME smith"));
  ASSERT_EQ(findings_[0].evidence.size(), 1u);
  EXPECT_EQ(findings_[0].evidence[0].name, "bias=0");
  EXPECT_DOUBLE_EQ(findings_[0].evidence[0].weight, 6);
}

}  // namespace
}  // namespace phiwire
