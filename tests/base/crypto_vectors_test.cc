// SPDX-License-Identifier: Apache-2.0
//
// Standard vectors of the modes of operation, from tests/base/data, and what
// they must refuse.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/aes.h"
#include "base/base32.h"
#include "base/ff1.h"
#include "base/key_ring.h"
#include "base/keyed_choice.h"
#include "base/siv.h"

namespace phiwire {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes FromHex(std::string_view hex) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out.push_back(static_cast<std::uint8_t>(
        std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

std::string AsText(const Bytes& bytes) {
  return std::string(bytes.begin(), bytes.end());
}

std::vector<std::string> Cut(const std::string& line, char by) {
  std::vector<std::string> out(1);
  for (const char c : line) {
    if (c == by) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

std::vector<std::vector<std::string>> Rows(const std::string& name) {
  std::ifstream in(PHIWIRE_SOURCE_DIR "/tests/base/data/" + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with('#')) rows.push_back(Cut(line, '\t'));
  }
  return rows;
}

Bytes Numerals(std::string_view text) {
  Bytes out;
  for (const char c : text) {
    out.push_back(static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10));
  }
  return out;
}

SecretKey KeyOf(std::uint8_t byte, std::size_t size = 32) {
  return SecretKey(Bytes(size, byte));
}

TEST(Ff1, MatchesNistsSamplesBothWays) {
  const auto rows = Rows("ff1.tsv");
  ASSERT_EQ(rows.size(), 9u);
  for (const auto& row : rows) {
    const auto cipher =
        Ff1::Create(FromHex(row[0]), static_cast<unsigned>(std::stoi(row[1])));
    ASSERT_TRUE(cipher.ok());
    const std::string tweak = AsText(FromHex(row[2]));
    Bytes numerals = Numerals(row[3]);
    ASSERT_TRUE(cipher->Encrypt(tweak, numerals).ok());
    EXPECT_EQ(numerals, Numerals(row[4])) << row[4];
    ASSERT_TRUE(cipher->Decrypt(tweak, numerals).ok());
    EXPECT_EQ(numerals, Numerals(row[3])) << row[4];
  }
}

TEST(Ff1, GoesBackForAllLengthsAndRefusesSmallDomains) {
  constexpr unsigned kSeed = 20240131;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  for (const unsigned radix : {2u, 10u, 36u, 62u, 256u}) {
    const auto cipher = Ff1::Create(Bytes(32, 9), radix);
    ASSERT_TRUE(cipher.ok());
    double domain = 1;
    for (std::size_t size = 1; size < 80; ++size) {
      domain *= radix;
      Bytes numerals(size);
      for (auto& n : numerals) n = static_cast<std::uint8_t>(random() % radix);
      const Bytes before = numerals;
      const absl::Status status = cipher->Encrypt("NAME", numerals);
      if (domain < 1e6 || size < 2) {
        EXPECT_EQ(status.code(), absl::StatusCode::kOutOfRange) << size;
      }
      if (!status.ok()) {
        EXPECT_EQ(numerals, before);
        continue;
      }
      ASSERT_TRUE(cipher->Decrypt("NAME", numerals).ok());
      EXPECT_EQ(numerals, before) << radix << " " << size;
    }
  }
}

TEST(Siv, MatchesRfc5297BothWays) {
  const auto rows = Rows("siv.tsv");
  ASSERT_EQ(rows.size(), 2u);
  for (const auto& row : rows) {
    const auto siv = Siv::Create(SecretKey(FromHex(row[0])));
    ASSERT_TRUE(siv.ok());
    std::vector<std::string> parts;
    for (const std::string& hex : Cut(row[1], '+')) {
      parts.push_back(AsText(FromHex(hex)));
    }
    const std::vector<std::string_view> associated(parts.begin(), parts.end());
    const std::string plain = AsText(FromHex(row[2]));
    const auto sealed = (*siv)->Seal(associated, plain);
    ASSERT_TRUE(sealed.ok());
    EXPECT_EQ(*sealed, FromHex(row[3]));
    const auto opened = (*siv)->Open(associated, *sealed);
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(*opened, plain);
  }
}

TEST(Siv, DetectsEveryChangedBitAndOtherAssociatedData) {
  const auto siv = Siv::Create(KeyOf(3, Siv::kKeyBytes));
  ASSERT_TRUE(siv.ok());
  const std::vector<std::string_view> name = {"NAME"};
  const std::vector<std::string_view> date = {"DATE"};
  auto sealed = *(*siv)->Seal(name, "Doe");
  for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
    sealed[i / 8] ^= static_cast<std::uint8_t>(1 << i % 8);
    EXPECT_EQ((*siv)->Open(name, sealed).status().code(),
              absl::StatusCode::kInvalidArgument);
    sealed[i / 8] ^= static_cast<std::uint8_t>(1 << i % 8);
  }
  EXPECT_TRUE((*siv)->Open(name, sealed).ok());
  EXPECT_FALSE((*siv)->Open(date, sealed).ok());
  sealed.pop_back();
  EXPECT_FALSE((*siv)->Open(name, sealed).ok());
}

TEST(Aes, CmacMatchesSp80038b) {
  const auto rows = Rows("cmac.tsv");
  ASSERT_EQ(rows.size(), 4u);
  for (const auto& row : rows) {
    const auto aes = Aes::Create(FromHex(row[0]));
    ASSERT_TRUE(aes.ok());
    AesBlock tag{};
    ASSERT_TRUE(Aes::Lease(*aes).Cmac(AsText(FromHex(row[1])), &tag));
    EXPECT_EQ(Bytes(tag.begin(), tag.end()), FromHex(row[2]));
  }
}

// RFC 5869 appendix A.3: no salt, no info.
TEST(KeyRing, HkdfMatchesRfc5869) {
  const auto key = Hkdf(Bytes(22, 0x0b), "", 42);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(Bytes(key->bytes().begin(), key->bytes().end()),
            FromHex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c"
                    "738d2d9d201395faa4b61a96c8"));
}

TEST(KeyRing, PurposesTypesTenantsAndKeysHaveNothingInCommon) {
  std::set<Bytes> seen;
  std::size_t derived = 0;
  for (const std::uint8_t byte : {std::uint8_t{1}, std::uint8_t{2}}) {
    for (const char* tenant : {"", "a", "b"}) {
      const auto ring = KeyRing::Create(KeyOf(byte), tenant);
      ASSERT_TRUE(ring.ok());
      for (const char* purpose : {"hash", "fpe"}) {
        for (const char* type : {"", "NAME", "DATE"}) {
          const auto key = ring->Derive(purpose, type);
          ASSERT_TRUE(key.ok());
          seen.insert(Bytes(key->bytes().begin(), key->bytes().end()));
          ++derived;
        }
      }
    }
  }
  EXPECT_EQ(seen.size(), derived);
}

TEST(KeyRing, OldKeysResolveById) {
  auto before = KeyRing::Create(KeyOf(1));
  auto after = KeyRing::Create(KeyOf(2));
  ASSERT_TRUE(before.ok() && after.ok());
  EXPECT_EQ(before->current_id().size(), KeyRing::kIdLength);
  const std::string old_id = before->current_id();
  EXPECT_EQ(after->DeriveFrom(old_id, "hash", "").status().code(),
            absl::StatusCode::kNotFound);
  ASSERT_TRUE(after->AddOld(KeyOf(1)).ok());
  EXPECT_FALSE(after->AddOld(KeyOf(1)).ok());
  const auto then = before->Derive("hash", "");
  const auto now = after->DeriveFrom(old_id, "hash", "");
  ASSERT_TRUE(then.ok() && now.ok());
  EXPECT_TRUE(std::ranges::equal(then->bytes(), now->bytes()));
  EXPECT_NE(after->current_id(), old_id);
}

TEST(KeyedChoice, IsTheSameForTheSameAndEvenOverItsRange) {
  const auto ring = KeyRing::Create(KeyOf(5));
  ASSERT_TRUE(ring.ok());
  const auto names = KeyedChoice::Create(*ring, "surrogate", "NAME");
  const auto again = KeyedChoice::Create(*ring, "surrogate", "NAME");
  const auto other = KeyedChoice::Create(*ring, "surrogate", "CITY");
  ASSERT_TRUE(names.ok() && again.ok() && other.ok());
  std::vector<int> counts(10);
  for (int i = 0; i < 10'000; ++i) {
    const std::string value = "value " + std::to_string(i);
    auto a = names->For(value);
    auto b = again->For(value);
    auto c = other->For(value);
    ASSERT_TRUE(a.ok() && b.ok() && c.ok());
    const std::uint64_t first = a->Next();
    EXPECT_EQ(first, b->Next());
    EXPECT_NE(first, c->Next());
    for (int k = 0; k < 40; ++k) EXPECT_EQ(a->Next(), b->Next());
    ++counts[names->For(value)->Below(10)];
  }
  for (const int count : counts) {
    EXPECT_GT(count, 850);  // 1000 expected, sigma 30
    EXPECT_LT(count, 1150);
  }
}

TEST(Base32, GoesBackAndRefusesOtherSpellings) {
  Bytes bytes;
  for (int size = 0; size < 40; ++size) {
    const auto back = DecodeBase32(Base32(bytes));
    ASSERT_TRUE(back.has_value()) << size;
    EXPECT_EQ(*back, bytes);
    bytes.push_back(static_cast<std::uint8_t>(size * 37 + 11));
  }
  for (const char* bad : {"A", "AAA", "AAAAAA", "AB", "mzxw6", "MZXW1", "7Z"}) {
    EXPECT_FALSE(DecodeBase32(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace phiwire
