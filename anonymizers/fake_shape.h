// SPDX-License-Identifier: Apache-2.0
//
// Numbers and codes of the same shape: letters for letters of the same case,
// digits for digits, punctuation and leading zeros where they were. What had a
// valid check digit (NPI, DEA, VIN, NHS, ABA, IBAN, payment cards, Australian
// Medicare; GS1 on request) gets one again; a Medicare number keeps its kinds
// of characters. Pure functions of the surface and the stream.
//
//   FakeShape("MR-0047118", stream)  == "QK-0083902"

#ifndef PHIWIRE_ANONYMIZERS_FAKE_SHAPE_H_
#define PHIWIRE_ANONYMIZERS_FAKE_SHAPE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/keyed_choice.h"

namespace phiwire {

using FakeStream = KeyedChoice::Stream;

// Digits and letters, many to one number of the stream.
class FakeChars {
 public:
  explicit FakeChars(FakeStream& stream) : stream_(stream) {}

  char Digit() { return static_cast<char>('0' + Take(10)); }
  char DigitFrom1() { return static_cast<char>('1' + Take(9)); }
  char Lower() { return static_cast<char>('a' + Take(26)); }
  // Of a short alphabet, at most 36.
  char Of(std::string_view alphabet) { return alphabet[Take(alphabet.size())]; }

 private:
  // The pool is used while more than 2^16 times n is left: the bias is small.
  std::size_t Take(std::size_t n);

  FakeStream& stream_;
  std::uint64_t pool_ = 0;
  std::uint64_t left_ = 0;
};

// `gs1`: a GS1 check digit counts too (devices); one in ten numbers of eight
// digits has one by chance.
std::string FakeShape(std::string_view surface, FakeStream& stream,
                      bool gs1 = false);

// Area 900 to 999 with group 01 to 49: never issued as a Social Security
// number, nor as a taxpayer number (those have group 50 and up). Masked and
// partial numbers keep their X.
std::string FakeSsn(std::string_view surface, FakeStream& stream);

// Only the letters and digits, in upper case: what a number is known by.
std::string NumberKey(std::string_view surface);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_FAKE_SHAPE_H_
