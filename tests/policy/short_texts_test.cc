// SPDX-License-Identifier: Apache-2.0
//
// A short text that was seen before is not looked at again; what its record
// says of its own people still counts.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "phiwire/types.h"
#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

// A message about somebody of that surname, with short texts in it.
std::string Message(std::string_view surname, std::string_view text) {
  std::string out = "MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5\rPID|1||||";
  out.append(surname).append("^Zebulon\rOBX|1|CE|X1^").append(text);
  return out.append("^99LOCAL||1|\rZZZ|").append(text).append("\r");
}

class ShortTextsEndToEnd : public SafeHarborTest {
 protected:
  static std::string Run(const std::string& file) {
    return FileText(file, Format::kHl7);
  }
};

TEST_F(ShortTextsEndToEnd, AKnownNameIsFoundInARememberedText) {
  const std::string text = "plain Quixotly panel";
  const std::string other = Message("Andrews", text);
  const std::string own = Message("Quixotly", text);
  for (int round = 0; round < 3; ++round) {
    EXPECT_NE(Run(other).find("Quixotly"), std::string::npos);
    EXPECT_EQ(Run(own).find("Quixotly"), std::string::npos);
  }
}

TEST_F(ShortTextsEndToEnd, ATextIsTheSameEachTime) {
  for (const std::string_view text :
       {"Internet", "CT CHEST", "call 555-867-5309 now", "seen by Dr. Smith",
        "U21pdGgsIEpvaG4=", "caf\xC3\xA9 Jos\xC3\xA9", ""}) {
    const std::string message = Message("Andrews", text);
    const std::string first = Run(message);
    EXPECT_NE(first, "refused");
    EXPECT_EQ(first, Run(message)) << text;
    // In the middle of a file, behind one about somebody else.
    const std::string two = Run(Message("Brewster", text) + message);
    ASSERT_GE(two.size(), first.size());
    EXPECT_EQ(first, two.substr(two.size() - first.size())) << text;
  }
}

// Whether a known name is a word as well ("brown") is asked of what is kept
// with the text: the engine's memory of words may have been begun anew
// meanwhile.
TEST_F(ShortTextsEndToEnd, AKnownNameThatIsAWordIsHeldAgainstARememberedText) {
  const std::string lower = "a brown stool seen", title = "see Brown today";
  const std::string a = Message("Brown", lower), b = Message("Brown", title);
  const std::string first_a = Run(a), first_b = Run(b);
  EXPECT_NE(first_a.find("brown"), std::string::npos);
  EXPECT_EQ(first_b.find("Brown"), std::string::npos);
  std::string words;  // more than are kept (engine/word_table.h)
  for (int i = 0; i < 140'000; ++i)
    words.append(std::to_string(i)).append("x ");
  ASSERT_TRUE(deid_->Analyze(words).ok());
  for (const std::string& text : {lower, title}) Run(Message("Andrews", text));
  EXPECT_EQ(Run(a), first_a);
  EXPECT_EQ(Run(b), first_b);
}

// 49 bytes and more are looked at each time.
TEST_F(ShortTextsEndToEnd, LongTextsAreNotRemembered) {
  const std::string text =
      "a text of well over the size that is remembered, Quixotly";
  EXPECT_NE(Run(Message("Andrews", text)).find("Quixotly"), std::string::npos);
  EXPECT_EQ(Run(Message("Quixotly", text)).find("Quixotly"), std::string::npos);
}

}  // namespace
}  // namespace phiwire
