// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

class EmbeddedEndToEnd : public SafeHarborTest {
 protected:
  static std::vector<Finding> Find(std::string_view text) {
    auto findings = deid_->Analyze(text);
    EXPECT_TRUE(findings.ok()) << findings.status();
    return findings.ok() ? *std::move(findings) : std::vector<Finding>();
  }
};

constexpr std::string_view kSecret = "Patient: John Smith, MRN: 0048213";

std::string Base64(std::string_view bytes) {
  return absl::Base64Escape(ToAbsl(bytes));
}
std::string Hex(std::string_view bytes) {
  return absl::BytesToHexString(ToAbsl(bytes));
}

TEST_F(EmbeddedEndToEnd, TheWholeRunIsOneFinding) {
  for (const std::string& run :
       {Base64(kSecret), Hex(kSecret), Base64(Hex(kSecret)),
        Hex(Base64(kSecret)), Base64(Base64(Base64(kSecret)))}) {
    const std::string before = "payload accepted: ";
    const auto findings = Find(before + run + " in 20 ms\n");
    ASSERT_EQ(findings.size(), 1u) << run;
    EXPECT_EQ(findings[0].begin, before.size());
    EXPECT_EQ(findings[0].end, before.size() + run.size());
    EXPECT_EQ(findings[0].source, "embedded text");
  }
}

TEST_F(EmbeddedEndToEnd, NothingOfItIsReleased) {
  const std::string run = Base64(kSecret);
  const auto out = deid_->Text("payload " + run + " accepted");
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(out->text.find(run.substr(0, 8)), std::string::npos) << out->text;
}

TEST_F(EmbeddedEndToEnd, TheTypeIsThatOfTheLikeliest) {
  const auto findings =
      Find("token=" + Base64("{\"mail\": \"jane.doe@hospital.org\"}"));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].type, PhiType::kEmail);
}

TEST_F(EmbeddedEndToEnd, OthersAroundItStay) {
  const std::string text = "Patient: John Smith, blob " + Base64(kSecret) +
                           ", MRN: 0048213, blob " + Hex(kSecret);
  const auto findings = Find(text);
  ASSERT_EQ(findings.size(), 4u);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    EXPECT_EQ(findings[i].source == "embedded text", i % 2 == 1) << i;
    if (i > 0) {
      EXPECT_LE(findings[i - 1].end, findings[i].begin);
    }
  }
  EXPECT_EQ(text.substr(findings[0].begin, 10), "John Smith");
}

TEST_F(EmbeddedEndToEnd, ADisguiseInsideIsUndone) {
  const auto findings = Find(
      "payload " + Base64("SSN: \xEF\xBC\x92\xEF\xBC\x91\xEF\xBC\x99-09-9998") +
      " accepted");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].begin, 8u);
}

TEST_F(EmbeddedEndToEnd, ADisguiseOutsideIsUndone) {
  std::string text = "payload ";
  for (char c : Base64(kSecret)) text += std::string(1, c) + "\xE2\x80\x8B";
  const auto findings = Find(text + " accepted");
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].begin, 8u);
  EXPECT_GE(findings[0].end, text.size() - 3);
}

TEST_F(EmbeddedEndToEnd, HarmlessTextStays) {
  for (const std::string_view plain :
       {"the lungs are clear to auscultation", "{\"status\": \"accepted\"}"}) {
    const std::string text = "payload " + Base64(plain) + " accepted";
    for (const Finding& f : Find(text)) {
      EXPECT_NE(f.source, "embedded text") << plain;
    }
  }
}

TEST_F(EmbeddedEndToEnd, AFloodIsRefused) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += Base64(kSecret) + " ";
  EXPECT_EQ(deid_->Analyze(text).status().code(),
            absl::StatusCode::kOutOfRange);
  // As many in a text of a usual density are fine.
  text.clear();
  for (int i = 0; i < 400; ++i) {
    text += Base64(kSecret) + std::string(200, '.') + "\n";
  }
  EXPECT_EQ(Find(text).size(), 400u);
}

// Runs of any length at any place, the text around them random.
TEST_F(EmbeddedEndToEnd, FindingsAreSortedAndDisjoint) {
  const std::uint64_t seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937_64 random(seed);
  constexpr std::string_view kPieces[] = {
      "John Smith ", "MRN: ", "0048213", "=", "/", "-", " ", "\n", "12"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      const auto pick = random() % 12;
      const std::string_view secret = kSecret.substr(random() % 20);
      text += pick < 9 ? std::string(kPieces[pick])
                       : (pick == 9 ? Hex(secret) : Base64(secret));
    }
    std::size_t last = 0;
    for (const Finding& f : Find(text)) {
      ASSERT_LE(last, f.begin) << text;
      ASSERT_LT(f.begin, f.end) << text;
      last = f.end;
    }
    ASSERT_LE(last, text.size());
  }
}

}  // namespace
}  // namespace phiwire
