// SPDX-License-Identifier: Apache-2.0
//
// Every anonymizer on every slot grammar, one table; then their settings.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/hash.h"
#include "anonymizers/identity.h"
#include "anonymizers/keep.h"
#include "anonymizers/mask.h"
#include "anonymizers/redact.h"
#include "anonymizers/replace.h"

namespace phiwire {
namespace {

using enum SlotGrammar;

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

const KeyRing& TestKeys() {
  static const KeyRing keys =
      *KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, 7)));
  return keys;
}

const KeyedHash& TestHash() {
  static const KeyedHash hash(*TestKeys().Derive("hash", ""));
  return hash;
}

absl::StatusOr<std::unique_ptr<Anonymizer>> Make(
    std::string_view name, const AnonymizerParams& params = {}) {
  AnonymizerContext context;
  context.slots = {2024};
  context.keys = &TestKeys();
  if (name == "replace") return NewReplace(params, context);
  if (name == "redact") return NewRedact(params, context);
  if (name == "mask") return NewMask(params, context);
  if (name == "keep") return NewKeep(params, context);
  return NewHash(params, context);
}

std::string Replaced(std::string_view name, const AnonymizerParams& params,
                     const Target& target) {
  const auto anonymizer = Make(name, params);
  EXPECT_TRUE(anonymizer.ok()) << Message(anonymizer.status());
  if (!anonymizer.ok()) return "";
  EXPECT_EQ((*anonymizer)->name(), name);
  Session session;
  const auto out = (*anonymizer)->Apply(target, session);
  EXPECT_TRUE(out.ok());
  return out.ok() ? *out : "";
}

struct Row {
  PhiType type;
  SlotGrammar grammar;
  std::string_view surface;
  // In this order; "#" stands for 20 base32 characters, "%" for 20 digits.
  std::string_view replace, redact, mask, keep, hash;
};

constexpr Row kRows[] = {
    {PhiType::kName, kFreeText, "John Doe", "[NAME]", "", "**** ***",
     "John Doe", "#"},
    {PhiType::kMedicalRecord, kFreeText, "MR-4711", "[MEDICALRECORD]", "",
     "**-****", "MR-4711", "#"},
    {PhiType::kMedicalRecord, kFreeText, "4711", "[MEDICALRECORD]", "", "****",
     "4711", "%"},
    {PhiType::kDate, kFreeText, "01/31/1980", "[DATE]", "", "**/**/****",
     "01/31/1980", "#"},
    {PhiType::kName, kName, "DOE", "[NAME]", "", "***", "DOE", "#"},
    {PhiType::kCity, kName, "S\xC3\xA3o Jos\xC3\xA9", "[CITY]", "", "*** ****",
     "S\xC3\xA3o Jos\xC3\xA9", "#"},
    {PhiType::kDate, kHl7Date, "19800131", "1980", "", "1980", "19800131",
     "1980"},
    {PhiType::kDate, kHl7Date, "19300131", "", "", "", "19300131", ""},
    {PhiType::kDate, kHl7Date, "garbage", "", "", "", "garbage", ""},
    {PhiType::kMedicalRecord, kIdentifier, "4711", "0000000000", "", "0000",
     "4711", "%"},
    {PhiType::kMedicalRecord, kIdentifier, "MR-4711", "XXXXXXXXXX", "",
     "XX-0000", "MR-4711", "#"},
    {PhiType::kPhone, kIdentifier, "(617)555-0123", "0000000000", "",
     "(000)000-0000", "(617)555-0123", "%"},
    {PhiType::kZip, kZip, "02139-4307", "021", "", "021", "02139-4307", "021"},
    {PhiType::kZip, kZip, "03601", "000", "", "000", "03601", "000"},
    {PhiType::kZip, kZip, "K1A 0B1", "", "", "", "K1A 0B1", ""},
    {PhiType::kId, kEmpty, "M", "", "", "", "M", ""},
    {PhiType::kId, kIdentifier, "", "", "", "", "", ""},
};

TEST(Anonymizers, GiveWhatEachSlotCanHold) {
  for (const Row& row : kRows) {
    const Target target{row.type, row.grammar, row.surface};
    SCOPED_TRACE(row.surface);
    EXPECT_EQ(Replaced("replace", {}, target), row.replace);
    EXPECT_EQ(Replaced("redact", {}, target), row.redact);
    EXPECT_EQ(Replaced("mask", {}, target), row.mask);
    EXPECT_EQ(Replaced("keep", {}, target), row.keep);
    const std::string hash = Replaced("hash", {}, target);
    Session session;
    const std::string same = ValueIdentity(target, session);
    if (row.hash == "#") {
      EXPECT_EQ(hash.substr(4), *TestHash().Token(TypeName(row.type), same));
      EXPECT_EQ(hash.substr(0, 4), TestKeys().current_id().substr(0, 4));
      EXPECT_EQ(hash.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
                std::string::npos);
      EXPECT_EQ(hash.size(), 20u);
    } else if (row.hash == "%") {
      EXPECT_EQ(hash.substr(4),
                *TestHash().Digits(TypeName(row.type), same, 16));
      EXPECT_EQ(hash.find_first_not_of("0123456789"), std::string::npos);
      EXPECT_EQ(hash.size(), 20u);
    } else {
      EXPECT_EQ(hash, row.hash);
    }
  }
}

TEST(Anonymizers, ReplaceWritesEveryType) {
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    const std::string name(TypeName(type));
    const Target target{type, kFreeText, "x"};
    EXPECT_EQ(Replaced("replace", {}, target), "[" + name + "]");
    EXPECT_EQ(Replaced("replace", {{"with", "<{TYPE}>, {TYPE}"}}, target),
              "<" + name + ">, " + name);
    EXPECT_EQ(Replaced("replace", {{"with", "***"}}, target), "***");
  }
  // A fixed text is no year, ZIP or identifier.
  EXPECT_EQ(Replaced("replace", {{"with", "<x>"}},
                     {PhiType::kDate, kHl7Date, "19800131"}),
            "1980");
}

struct MaskRow {
  std::string_view character, keep_last, in, out;
};

TEST(Anonymizers, MaskKeepsTheShape) {
  constexpr MaskRow kMasks[] = {
      {"*", "4", "123-45-6789", "***-**-6789"},
      {"#", "0", "123-45-6789", "###-##-####"},
      {"\xE2\x96\x88", "0", "Doe", "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88"},
      {"*", "2", "a-b-c-d", "*-*-c-d"},
      {"*", "3", "a-b-c-d", "*-*-*-*"},  // more than half: none stays
      {"*", "4", "1234", "****"},
      {"*", "64", "John", "****"},
      {"*", "1", "Jos\xC3\xA9", "***\xC3\xA9"},
      // A combining accent, an emoji and a bad byte are hidden too.
      {"*", "0", "e\xCC\x81 \xF0\x9F\x98\x80 \xFF", "** * *"},
      // Full-width digits and typographic punctuation.
      {"*", "0", "\xEF\xBC\x91\xE2\x80\x93\xEF\xBC\x92", "*\xE2\x80\x93*"},
      {"*", "0", "", ""},
  };
  for (const MaskRow& row : kMasks) {
    EXPECT_EQ(Replaced("mask",
                       {{"char", std::string(row.character)},
                        {"keep_last", std::string(row.keep_last)}},
                       {PhiType::kId, kFreeText, row.in}),
              row.out)
        << row.in;
  }
  EXPECT_EQ(Replaced("mask", {{"keep_last", "4"}},
                     {PhiType::kSsn, kIdentifier, "123-45-6789"}),
            "000-00-6789");
}

TEST(Anonymizers, HashLinksAcrossGrammarsAndTakesALength) {
  const Target text{PhiType::kMedicalRecord, kFreeText, "MR 4711"};
  const Target slot{PhiType::kMedicalRecord, kIdentifier, "mr  4711"};
  EXPECT_EQ(Replaced("hash", {}, text), Replaced("hash", {}, slot));
  EXPECT_EQ(Replaced("hash", {{"length", "42"}}, text).size(), 42u);
  EXPECT_EQ(Replaced("hash", {{"length", "12"}}, text).size(), 12u);
  EXPECT_EQ(
      Replaced("hash", {{"length", "42"}}, {PhiType::kId, kIdentifier, "1"})
          .size(),
      42u);
}

struct BadParam {
  std::string_view anonymizer, name, value, message;
};

TEST(Anonymizers, RefuseSettingsWithoutNamingTheirValue) {
  constexpr std::string_view kWith =
      "anonymizer replace: with: must be at most 256 bytes of UTF-8 without "
      "control characters";
  constexpr std::string_view kBraces =
      "anonymizer replace: with: only {TYPE} and {N} may stand in braces";
  constexpr std::string_view kChar =
      "anonymizer mask: char: must be one visible character";
  constexpr std::string_view kLast =
      "anonymizer mask: keep_last: must be a whole number from 0 to 64";
  constexpr std::string_view kLength =
      "anonymizer hash: length: must be a whole number from 12 to 42";
  const std::string long_text(257, 'x');
  const BadParam rows[] = {
      {"replace", "wiht", "x",
       "anonymizer replace: unknown setting \"wiht\"; known: with, "
       "numbered, ids"},
      {"redact", "with", "x",
       "anonymizer redact: unknown setting \"with\"; known: none"},
      {"keep", "length", "x",
       "anonymizer keep: unknown setting \"length\"; known: none"},
      {"mask", "last", "4",
       "anonymizer mask: unknown setting \"last\"; known: char, keep_last"},
      {"hash", "key", "x",
       "anonymizer hash: unknown setting \"key\"; known: length, "
       "alphabet, key_id, remember"},
      {"replace", "with", "",
       "anonymizer replace: with: must not be empty; use redact"},
      {"replace", "with", "a\nb", kWith},
      {"replace", "with", "\xFF", kWith},
      {"replace", "with", "\xC2\x85", kWith},
      {"replace", "with", long_text, kWith},
      {"replace", "with", "{type}", kBraces},
      {"replace", "with", "{TYPE", kBraces},
      {"mask", "char", "", kChar},
      {"mask", "char", "ab", kChar},
      {"mask", "char", " ", kChar},
      {"mask", "char", "\t", kChar},
      {"mask", "char", "\xFF", kChar},
      {"mask", "keep_last", "-1", kLast},
      {"mask", "keep_last", "65", kLast},
      {"mask", "keep_last", "4x", kLast},
      {"mask", "keep_last", "", kLast},
      {"hash", "length", "11", kLength},
      {"hash", "length", "43", kLength},
      {"hash", "length", "99999999999999999999", kLength},
      {"hash", "alphabet", "base64",
       "anonymizer hash: alphabet: must be auto, base32, digits or hex"},
      {"hash", "key_id", "yes",
       "anonymizer hash: key_id: must be true or false"},
      {"hash", "remember", "true",
       "anonymizer hash: remember: the policy names no vault"},
      {"replace", "ids", "x",
       "anonymizer replace: ids: must be token or zeros"},
  };
  for (const BadParam& row : rows) {
    const auto made =
        Make(row.anonymizer, {{std::string(row.name), std::string(row.value)}});
    ASSERT_FALSE(made.ok()) << row.message;
    EXPECT_EQ(made.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(Message(made.status()), row.message);
  }
  EXPECT_EQ(Message(NewHash({}, {}).status()),
            "anonymizer hash: no key is given");
}

}  // namespace
}  // namespace phiwire
