// SPDX-License-Identifier: Apache-2.0
//
// encrypt and fpe there and back, what they refuse, and what hash and
// numbered placeholders hold to be the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/encrypt.h"
#include "anonymizers/fpe.h"
#include "anonymizers/hash.h"
#include "anonymizers/replace.h"
#include "anonymizers/sealed_code.h"
#include "anonymizers/token.h"
#include "anonymizers/token_vault.h"
#include "base/check_digits.h"
#include "tests/long_tests.h"

namespace phiwire {
namespace {

using enum SlotGrammar;

KeyRing Keys(std::uint8_t byte, std::string_view tenant = {}) {
  return *KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, byte)),
                          tenant);
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

AnonymizerContext ContextOf(const KeyRing& keys, TokenVault* vault = nullptr) {
  AnonymizerContext context;
  context.slots = {2024};
  context.keys = &keys;
  context.vault = vault;
  return context;
}

absl::StatusOr<std::string> Applied(const Anonymizer& anonymizer, PhiType type,
                                    std::string_view value,
                                    SlotGrammar grammar = kFreeText) {
  Session session;
  return anonymizer.Apply({type, grammar, value}, session);
}

absl::StatusOr<std::string> Restored(const Anonymizer& anonymizer, PhiType type,
                                     std::string_view value) {
  Session session;
  return anonymizer.Restore({type, kFreeText, value}, session);
}

TEST(Reversible, EncryptGoesBackForAnyBytes) {
  constexpr unsigned kSeed = 4711;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const KeyRing keys = Keys(1);
  const auto encrypt = NewEncrypt({}, ContextOf(keys));
  ASSERT_TRUE(encrypt.ok());
  for (std::size_t i = 0; i < Rounds(); ++i) {
    std::string value(1 + random() % 40, '\0');
    for (char& c : value) c = static_cast<char>(random());
    const auto type = static_cast<PhiType>(random() % kPhiTypeCount);
    const auto code = Applied(**encrypt, type, value);
    ASSERT_TRUE(code.ok());
    const auto back = Restored(**encrypt, type, *code);
    ASSERT_TRUE(back.ok()) << i;
    ASSERT_EQ(*back, value) << i;
  }
}

TEST(Reversible, EncryptTellsTypesAndTenantsApartAndDetectsTampering) {
  const KeyRing keys = Keys(1);
  const KeyRing tenant = Keys(1, "b");
  const auto encrypt = NewEncrypt({}, ContextOf(keys));
  const auto other = NewEncrypt({}, ContextOf(tenant));
  const std::string code = *Applied(**encrypt, PhiType::kName, "Doe");
  EXPECT_EQ(code, *Applied(**encrypt, PhiType::kName, "Doe"));
  EXPECT_NE(code.substr(15),
            Applied(**encrypt, PhiType::kCity, "Doe")->substr(15));
  EXPECT_NE(code.substr(15),
            Applied(**other, PhiType::kName, "Doe")->substr(15));
  EXPECT_FALSE(Restored(**other, PhiType::kName, code).ok());
  for (std::size_t i = 0; i < code.size(); ++i) {
    std::string changed = code;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto back = Restored(**encrypt, PhiType::kName, changed);
    EXPECT_FALSE(back.ok()) << i;
    EXPECT_EQ(Message(back.status()).find("Doe"), std::string::npos);
  }
  EXPECT_FALSE(Restored(**encrypt, PhiType::kName, code + "A").ok());
  EXPECT_FALSE(Applied(**encrypt, PhiType::kName, std::string(601, 'x')).ok());
}

TEST(Reversible, OldKeysOpenWhatTheySealed) {
  const KeyRing before = Keys(1);
  KeyRing after = Keys(2);
  const std::string code =
      *Applied(**NewEncrypt({}, ContextOf(before)), PhiType::kName, "Doe");
  const auto alone = NewEncrypt({}, ContextOf(after));
  EXPECT_THAT(Message(Restored(**alone, PhiType::kName, code).status()),
              testing::HasSubstr(before.current_id()));
  ASSERT_TRUE(after.AddOld(SecretKey(std::vector<std::uint8_t>(32, 1))).ok());
  const auto both = NewEncrypt({}, ContextOf(after));
  EXPECT_EQ(*Restored(**both, PhiType::kName, code), "Doe");
  EXPECT_NE(*Applied(**both, PhiType::kName, "Doe"), code);
}

// '#' digits, 'A' capitals and digits, 'a' any letters and digits.
std::string RandomLike(std::string_view form, std::mt19937_64& random) {
  constexpr std::string_view kAll =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  std::string out(form);
  for (char& c : out) {
    if (c == '#') c = kAll[random() % 10];
    if (c == 'A') c = kAll[random() % 36];
    if (c == 'a') c = kAll[random() % 62];
  }
  return out;
}

std::string Shape(std::string_view value) {
  std::string out(value);
  for (char& c : out) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
        (c >= 'a' && c <= 'z')) {
      c = '#';
    }
  }
  return out;
}

TEST(Reversible, FpeGoesBackAndKeepsTheFormat) {
  constexpr unsigned kSeed = 815;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const KeyRing keys = Keys(1);
  const auto fpe = NewFpe({}, ContextOf(keys));
  ASSERT_TRUE(fpe.ok());
  constexpr std::string_view kForms[] = {"###-##-####", "(###) ###-####",
                                         "MR AAAA-AAA", "aaaaaa.aa", "######"};
  for (std::size_t i = 0; i < Rounds(); ++i) {
    const std::string value = RandomLike(kForms[i % 5], random);
    const auto out = Applied(**fpe, PhiType::kSsn, value, kIdentifier);
    ASSERT_TRUE(out.ok()) << Message(out.status());
    ASSERT_EQ(Shape(*out), Shape(value));
    const auto back = Restored(**fpe, PhiType::kSsn, *out);
    ASSERT_TRUE(back.ok());
    ASSERT_EQ(*back, value) << i;
  }
}

TEST(Reversible, FpeKeepsCheckDigitsRightAndWrong) {
  const KeyRing keys = Keys(1);
  const auto npi = NewFpe({{"check", "npi"}}, ContextOf(keys));
  const auto luhn = NewFpe({{"check", "luhn"}}, ContextOf(keys));
  for (const std::string_view value : {"1234567893", "1245319599"}) {
    const std::string out = *Applied(**npi, PhiType::kId, value);
    EXPECT_TRUE(IsNpi(out)) << out;
    EXPECT_EQ(*Restored(**npi, PhiType::kId, out), value);
  }
  const std::string wrong = *Applied(**luhn, PhiType::kId, "79927398710");
  EXPECT_FALSE(IsLuhn(wrong));
  EXPECT_EQ(*Restored(**luhn, PhiType::kId, wrong), "79927398710");
}

TEST(Reversible, FpeRefusesWhatItCannotProtect) {
  const KeyRing keys = Keys(1);
  const auto fpe = NewFpe({}, ContextOf(keys));
  struct Row {
    std::string_view value;
    std::string_view reason;
  };
  const Row rows[] = {
      {"12345", "domain of 100000, under 1000000"},
      {"A-1", "domain of 1296, under 1000000"},
      {"a", "domain of 62, under 1000000"},
      {"--", "domain of 1, under 1000000"},
      {"M\xC3\xBCller12", "letters beyond ASCII"},
      {"1234567890123456789012345678901234567890123456789012345678901234567890"
       "123",
       "too long"},
  };
  for (const Row& row : rows) {
    const auto out = Applied(**fpe, PhiType::kMedicalRecord, row.value);
    EXPECT_EQ(out.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(Message(out.status()),
                testing::HasSubstr(std::string(row.reason)));
    EXPECT_EQ(
        Message(out.status()).find(std::string(row.value).substr(0, 5) + "\n"),
        std::string::npos);
  }
}

TEST(Reversible, TokensOfARunAreTheSameForTheSameAndRandom) {
  const auto first = TokenVault::ForRun();
  const auto second = TokenVault::ForRun();
  ASSERT_TRUE(first.ok() && second.ok());
  const KeyRing keys = Keys(1);
  const auto token = NewToken({}, ContextOf(keys, first->get()));
  const auto other = NewToken({}, ContextOf(keys, second->get()));
  const std::string a = *Applied(**token, PhiType::kMedicalRecord, "4711");
  EXPECT_EQ(a, *Applied(**token, PhiType::kMedicalRecord, "4711"));
  EXPECT_NE(a, *Applied(**token, PhiType::kMedicalRecord, "4712"));
  EXPECT_NE(a, *Applied(**token, PhiType::kAccount, "4711"));
  EXPECT_NE(a, *Applied(**other, PhiType::kMedicalRecord, "4711"));
  EXPECT_EQ(ReadCode(a)->size, a.size());
  EXPECT_EQ(*Applied(**token, PhiType::kDate, "19800131", kHl7Date), "1980");
  const auto digits = NewToken({{"alphabet", "digits"}, {"length", "12"}},
                               ContextOf(keys, first->get()));
  const std::string number = *Applied(**digits, PhiType::kId, "x");
  EXPECT_EQ(number.size(), 12u);
  EXPECT_EQ(number.find_first_not_of("0123456789"), std::string::npos);
}

struct SameRow {
  PhiType type;
  std::string_view one;
  std::string_view other;
  bool same;
};

constexpr SameRow kSame[] = {
    {PhiType::kName, "John Doe", "DOE, JOHN", true},
    {PhiType::kName, "John Doe", "john  doe", true},
    {PhiType::kName, "John Doe", "Jane Doe", false},
    {PhiType::kSsn, "078-05-1120", "078051120", true},
    {PhiType::kPhone, "+1 (617) 555-0123", "617.555.0123", true},
    {PhiType::kPhone, "617-555-0123", "617-555-0124", false},
    {PhiType::kMedicalRecord, "mr-4711", "MR 4711", true},
    {PhiType::kCity, "New  York", "NEW YORK", true},
};

TEST(Reversible, HashHoldsSpellingsOfOneValueToBeTheSame) {
  const KeyRing keys = Keys(1);
  const auto hash = NewHash({}, ContextOf(keys));
  ASSERT_TRUE(hash.ok());
  for (const SameRow& row : kSame) {
    EXPECT_EQ(*Applied(**hash, row.type, row.one) ==
                  *Applied(**hash, row.type, row.other),
              row.same)
        << row.one;
  }
}

TEST(Reversible, HashKeepsTypesTenantsAndKeysApart) {
  std::set<std::string> tokens;
  std::size_t made = 0;
  for (const std::uint8_t byte : {std::uint8_t{1}, std::uint8_t{2}}) {
    for (const char* tenant : {"", "t"}) {
      const KeyRing keys = Keys(byte, tenant);
      const auto hash = NewHash({{"key_id", "false"}}, ContextOf(keys));
      for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
        tokens.insert(*Applied(**hash, static_cast<PhiType>(i), "4711"));
        ++made;
      }
    }
  }
  EXPECT_EQ(tokens.size(), made);
}

TEST(Reversible, ASurnameAloneIsThePersonOfTheRecord) {
  const KeyRing keys = Keys(1);
  const auto hash = NewHash({}, ContextOf(keys));
  const auto numbered = NewReplace({{"numbered", "true"}}, ContextOf(keys));
  ASSERT_TRUE(hash.ok() && numbered.ok());
  const std::vector<PersonName> persons = {{"DOE", "JOHN", "Q"},
                                           {"ROE", "JANE", ""}};
  Session session("4711");
  session.set_persons(persons);
  for (const std::string_view name : {"Mr. Doe", "Jane Roe", "John Doe"}) {
    session.AddValue(PhiType::kName, name);
  }
  const auto of = [&](const Anonymizer& anonymizer, std::string_view name) {
    return *anonymizer.Apply({PhiType::kName, kFreeText, name}, session);
  };
  EXPECT_EQ(of(**hash, "Mr. Doe"), of(**hash, "John Doe"));
  EXPECT_NE(of(**hash, "Mr. Doe"), of(**hash, "Jane Roe"));
  const Target leaf{PhiType::kName, SlotGrammar::kName, "DOE",
                    "PID-5.1",      NamePart::kFamily,  persons.data()};
  EXPECT_EQ(*(*hash)->Apply(leaf, session), of(**hash, "John Doe"));
  EXPECT_EQ(of(**numbered, "Mr. Doe"), "[NAME_1]");
  EXPECT_EQ(of(**numbered, "Jane Roe"), "[NAME_2]");
  EXPECT_EQ(of(**numbered, "DOE, JOHN"), "[NAME_1]");
}

}  // namespace
}  // namespace phiwire
