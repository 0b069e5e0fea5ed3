// SPDX-License-Identifier: Apache-2.0

#include "policy/attack/code_set.h"

#include <algorithm>

#include "base/base32.h"

namespace phiwire {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kUpperHex = "0123456789ABCDEF";
constexpr std::size_t kMark = 4;          // of phiwire's hash, for the key
constexpr std::size_t kLeastDigits = 15;  // of 48 bits and more
constexpr std::size_t kLongest = 128;     // SHA-512 in hexadecimal

bool Holds(std::string_view text, std::string_view alphabet) {
  return text.find_first_not_of(alphabet) == text.npos;
}

std::uint64_t First64(const Digest& digest) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < 8; ++i) out = out << 8 | digest[i];
  return out;
}

// DigitsOf gives a number's digits, the last one first: this is the number that
// its first 15 make, the digest modulo 10^15.
std::uint64_t FirstDigits(const Digest& digest) {
  constexpr std::uint64_t kModulus = 1'000'000'000'000'000;  // below 2^50
  std::uint64_t rest = 0;
  for (const std::uint8_t byte : digest) rest = (rest << 8 | byte) % kModulus;
  return rest;
}

}  // namespace

bool CodeSet::AddPrefix(std::string_view code, std::string_view alphabet,
                        int bits_each, std::uint32_t id) {
  std::uint64_t bits = 0;
  int count = 0;
  for (const char c : code) {
    if (count + bits_each > 64) break;
    bits = bits << bits_each | alphabet.find(c);
    count += bits_each;
  }
  if (count < kLeastBits) return false;
  const std::uint64_t mask = ~std::uint64_t{0} << (64 - count);
  bits <<= 64 - count;
  filter_[bits >> (64 - kFilterBits)] = true;
  prefixes_[bits >> (64 - kLeastBits)].push_back({bits, mask, id});
  return true;
}

bool CodeSet::AddDigits(std::string_view code, std::uint32_t id) {
  if (code.size() < kLeastDigits || code.size() > KeyedHash::kMaxDigits) {
    return false;
  }
  std::uint64_t key = 0;
  for (std::size_t i = kLeastDigits; i-- > 0;) {
    key = key * 10 + static_cast<std::uint64_t>(code[i] - '0');
  }
  digits_[key].push_back({std::string(code), id});
  return true;
}

bool CodeSet::Add(std::string_view code, std::uint32_t id) {
  if (code.size() > kLongest) return false;
  bool taken = false;
  for (const std::size_t cut : {std::size_t{0}, kMark}) {
    if (code.size() <= cut) break;
    const std::string_view rest = code.substr(cut);
    if (Holds(rest, kHex)) taken |= AddPrefix(rest, kHex, 4, id);
    // Digits alone are the same in both.
    if (Holds(rest, kUpperHex) && !Holds(rest, kDigits)) {
      taken |= AddPrefix(rest, kUpperHex, 4, id);
    }
    if (Holds(rest, kBase32Alphabet)) {
      taken |= AddPrefix(rest, kBase32Alphabet, 5, id);
    }
    if (Holds(rest, kDigits)) taken |= AddDigits(rest, id);
  }
  return taken;
}

void CodeSet::Match(const Digest& digest,
                    std::vector<std::uint32_t>* ids) const {
  const std::uint64_t bits = First64(digest);
  if (filter_[bits >> (64 - kFilterBits)]) {
    const auto found = prefixes_.find(bits >> (64 - kLeastBits));
    if (found != prefixes_.end()) {
      for (const Prefix& prefix : found->second) {
        if ((bits & prefix.mask) == prefix.bits) ids->push_back(prefix.id);
      }
    }
  }
  if (digits_.empty()) return;
  const auto found = digits_.find(FirstDigits(digest));
  if (found == digits_.end()) return;
  for (const Digits& code : found->second) {
    if (DigitsOf(digest, code.text.size()) == code.text) {
      ids->push_back(code.id);
    }
  }
}

}  // namespace phiwire
