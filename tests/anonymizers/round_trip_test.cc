// SPDX-License-Identifier: Apache-2.0
//
// token, by way of a vault that was closed in between, and date_shift there
// and back for random values; encrypt and fpe are in reversible_test.cc.

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "anonymizers/date_shift.h"
#include "anonymizers/token.h"
#include "anonymizers/token_vault.h"
#include "base/calendar.h"
#include "tests/long_tests.h"

namespace phiwire {
namespace {

using enum SlotGrammar;

KeyRing Keys() {
  return *KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, 7)));
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

struct Value {
  PhiType type;
  std::string text;
};

// Any bytes; the number in front makes each another value.
Value RandomValue(std::size_t number, std::mt19937_64& random) {
  Value value{static_cast<PhiType>(random() % kPhiTypeCount),
              std::to_string(number)};
  for (std::size_t n = random() % 40; n > 0; --n) {
    value.text.push_back(static_cast<char>(random()));
  }
  return value;
}

class TokenRoundTrip : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = testing::TempDir() + std::to_string(::getpid()) + "_round_trip/";
    std::filesystem::create_directories(dir_);
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  // Runs `use` on a token anonymizer over the vault, opened anew.
  template <class Use>
  void WithToken(Use use) {
    const KeyRing keys = Keys();
    const auto vault = TokenVault::Open(dir_ + "v.sqlite", keys, true);
    ASSERT_TRUE(vault.ok()) << Message(vault.status());
    AnonymizerContext context;
    context.keys = &keys;
    context.vault = vault->get();
    const auto token = NewToken({}, context);
    ASSERT_TRUE(token.ok());
    use(**token);
  }

  std::string dir_;
};

TEST_F(TokenRoundTrip, EveryTokenIsItsOwnAndGoesBack) {
  constexpr unsigned kSeed = 1847;
  SCOPED_TRACE(kSeed);
  std::vector<std::string> tokens;
  WithToken([&](const Anonymizer& token) {
    std::mt19937_64 random(kSeed);
    std::unordered_set<std::string> seen;
    Session session;
    for (std::size_t i = 0; i < Rounds(); ++i) {
      const Value value = RandomValue(i, random);
      auto out = token.Apply({value.type, kFreeText, value.text}, session);
      ASSERT_TRUE(out.ok()) << i << ": " << Message(out.status());
      ASSERT_TRUE(seen.insert(*out).second) << i;
      tokens.push_back(*std::move(out));
    }
    ASSERT_TRUE(token.Finish(session).ok());
  });
  WithToken([&](const Anonymizer& token) {
    std::mt19937_64 random(kSeed);
    Session session;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Value value = RandomValue(i, random);
      const auto back =
          token.Restore({value.type, kFreeText, tokens[i]}, session);
      ASSERT_TRUE(back.ok()) << i << ": " << Message(back.status());
      ASSERT_EQ(*back, value.text) << i;
    }
  });
}

std::string Padded(int number, std::size_t width) {
  std::string digits = std::to_string(number);
  return std::string(width - digits.size(), '0') + digits;
}

// The forms that say all of a date.
std::string Written(const CivilDate& date, std::size_t form) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::string year = Padded(date.year, 4);
  const std::string month = Padded(date.month, 2);
  const std::string day = Padded(date.day, 2);
  switch (form) {
    case 0:
      return year + "-" + month + "-" + day;
    case 1:
      return month + "/" + day + "/" + year;
    case 2:
      return std::string(kMonths[static_cast<std::size_t>(date.month - 1)]) +
             " " + std::to_string(date.day) + ", " + year;
    case 3:
      return year + month + day;
    default:
      return year + month + day + "0830";
  }
}

TEST(DateShiftRoundTrip, EveryDateMovesAndGoesBack) {
  constexpr unsigned kSeed = 1928;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const KeyRing keys = Keys();
  AnonymizerContext context;
  context.slots = {2024};
  context.keys = &keys;
  const auto shift = NewDateShift({}, context);
  ASSERT_TRUE(shift.ok());
  std::uniform_int_distribution<std::int64_t> day(
      DaysFromCivil({1910, 1, 1}), DaysFromCivil({2090, 12, 31}));
  for (std::size_t i = 0; i < Rounds(); ++i) {
    const std::string date = Written(CivilFromDays(day(random)), i % 5);
    const SlotGrammar grammar = i % 5 < 3 ? kFreeText : kHl7Date;
    const std::string subject = std::to_string(random() % 5000);
    Session there(subject);
    const auto out = (*shift)->Apply({PhiType::kDate, grammar, date}, there);
    ASSERT_TRUE(out.ok()) << Message(out.status());
    ASSERT_NE(*out, date) << subject;
    Session back(subject);
    const auto before =
        (*shift)->Restore({PhiType::kDate, grammar, *out}, back);
    ASSERT_TRUE(before.ok()) << Message(before.status());
    ASSERT_EQ(*before, date) << subject;
  }
}

}  // namespace
}  // namespace phiwire
