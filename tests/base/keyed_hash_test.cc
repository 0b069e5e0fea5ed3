// SPDX-License-Identifier: Apache-2.0

#include "base/keyed_hash.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phiwire {
namespace {

std::vector<std::uint8_t> Repeat(std::size_t n, std::uint8_t byte) {
  return std::vector<std::uint8_t>(n, byte);
}

std::string Hex(std::span<const std::uint8_t> bytes) {
  std::string out;
  for (std::uint8_t byte : bytes) {
    std::array<char, 3> two{};
    std::snprintf(two.data(), two.size(), "%02x", byte);
    out += two.data();
  }
  return out;
}

KeyedHash Hasher(std::uint8_t byte = 7) {
  return KeyedHash(SecretKey(Repeat(32, byte)));
}

std::vector<std::uint8_t> Counting(std::uint8_t last) {
  std::vector<std::uint8_t> key;
  for (std::uint8_t b = 1; b <= last; ++b) key.push_back(b);
  return key;
}

// RFC 4231 sections 4.2 to 4.8.
TEST(KeyedHash, MatchesRfc4231) {
  struct Row {
    std::vector<std::uint8_t> key;
    std::string data;
    std::string_view mac;  // a prefix, for case 5
  };
  const std::vector<std::uint8_t> jefe = {'J', 'e', 'f', 'e'};
  const Row rows[] = {
      {Repeat(20, 0x0b), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {jefe, "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {Repeat(20, 0xaa), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {Counting(25), std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {Repeat(20, 0x0c), "Test With Truncation",
       "a3b6167473100ee06e0c796c2955552b"},
      {Repeat(131, 0xaa),
       "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {Repeat(131, 0xaa),
       "This is a test using a larger than block-size key and a larger than "
       "block-size data. The key needs to be hashed before being used by the "
       "HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const Row& row : rows) {
    const auto digest = HmacSha256(row.key, row.data);
    ASSERT_TRUE(digest.ok());
    EXPECT_EQ(Hex(*digest).substr(0, row.mac.size()), row.mac);
  }
}

// Part of the file format: tokens in released data must stay what they are.
// python3: b32encode(hmac.new(b'\7'*32, b'phiwire/hash/v1\0SSN\078...')).
TEST(KeyedHash, TokensAreFrozen) {
  EXPECT_EQ(*Hasher().Token("SSN", "078-05-1120"), "SM4BPHWIFS6PQJKR");
  EXPECT_EQ(*Hasher().Digits("SSN", "078-05-1120", 9), "067393788");
}

TEST(KeyedHash, LinksCaseAndSpacesOnly) {
  const KeyedHash hash = Hasher();
  const std::string token = *hash.Token("NAME", "Doe, John");
  EXPECT_EQ(*hash.Token("NAME", " DOE, \t john\r\n"), token);
  for (std::string_view other : {"Doe John", "Doe,John", "John Doe", "Doe, Jon",
                                 "D\xC3\xB6"
                                 "e, John"}) {
    EXPECT_NE(*hash.Token("NAME", other), token) << other;
  }
}

TEST(KeyedHash, SeparatesTypesAndKeys) {
  const KeyedHash hash = Hasher();
  EXPECT_NE(*hash.Token("MEDICALRECORD", "12345"),
            *hash.Token("ACCOUNT", "12345"));
  EXPECT_NE(*hash.Token("ID", "12345"), *Hasher(8).Token("ID", "12345"));
  // The NULs keep type and value apart.
  EXPECT_NE(*hash.Token("A", "Bc"), *hash.Token("AB", "c"));
}

TEST(KeyedHash, TokensHaveTheLengthAskedFor) {
  const KeyedHash hash = Hasher();
  EXPECT_EQ(hash.Token("ID", "x")->size(), 16u);
  const std::string longest = *hash.Token("ID", "x", 52);
  EXPECT_EQ(longest.size(), 52u);
  EXPECT_EQ(*hash.Token("ID", "x", 8), longest.substr(0, 8));
  EXPECT_FALSE(hash.Token("ID", "x", 7).ok());
  EXPECT_FALSE(hash.Token("ID", "x", 53).ok());
  EXPECT_FALSE(hash.Digits("ID", "x", 0).ok());
  EXPECT_FALSE(hash.Digits("ID", "x", 39).ok());
}

TEST(KeyedHash, DigitsAreEvenlySpread) {
  const KeyedHash hash = Hasher();
  std::array<int, 10> count{};
  std::set<std::string> seen;
  for (int i = 0; i < 2000; ++i) {
    const std::string digits = *hash.Digits("ID", std::to_string(i), 10);
    ASSERT_EQ(digits.size(), 10u);
    for (char c : digits) ++count[static_cast<std::size_t>(c - '0')];
    seen.insert(digits);
  }
  EXPECT_EQ(seen.size(), 2000u);
  // 20,000 digits: 2000 each, standard deviation 42.
  EXPECT_GT(*std::min_element(count.begin(), count.end()), 1750);
  EXPECT_LT(*std::max_element(count.begin(), count.end()), 2250);
}

TEST(KeyedHash, MovedFromKeyIsEmpty) {
  SecretKey key(Repeat(32, 1));
  SecretKey other(Repeat(40, 2));
  other = std::move(key);
  EXPECT_EQ(other.bytes().size(), 32u);
  EXPECT_TRUE(key.bytes().empty());  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace phiwire
