// SPDX-License-Identifier: Apache-2.0
//
// Names follow SP 800-38G, Algorithms 7 and 8: u, v, b, d, P, Q, R, S, y, m.

#include "base/ff1.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr int kRounds = 10;
constexpr int kMostBits = 120;  // of half a string: one byte is shifted in
constexpr std::size_t kBlock = 16;

void PutBigEndian(Wide value, std::span<std::uint8_t> out) {
  for (std::size_t i = out.size(); i-- > 0; value >>= 8) {
    out[i] = static_cast<std::uint8_t>(value);
  }
}

// NUM and STR of the standard.
Wide Number(std::span<const std::uint8_t> numerals, unsigned radix) {
  Wide value = 0;
  for (const std::uint8_t numeral : numerals) value = value * radix + numeral;
  return value;
}

void Numerals(Wide value, unsigned radix, std::span<std::uint8_t> out) {
  for (std::size_t i = out.size(); i-- > 0; value /= radix) {
    out[i] = static_cast<std::uint8_t>(value % radix);
  }
}

Wide Power(unsigned radix, std::size_t exponent) {
  Wide value = 1;
  while (exponent-- > 0) value *= radix;
  return value;
}

// The bytes as a big-endian number, modulo m.
Wide Modulo(std::span<const std::uint8_t> bytes, Wide m) {
  const bool narrow = m >> 64 == 0;  // four bytes at a time fit
  Wide value = 0;
  std::size_t i = 0;
  for (; narrow && i + 4 <= bytes.size(); i += 4) {
    const std::uint32_t word = static_cast<std::uint32_t>(bytes[i]) << 24 |
                               static_cast<std::uint32_t>(bytes[i + 1]) << 16 |
                               static_cast<std::uint32_t>(bytes[i + 2]) << 8 |
                               bytes[i + 3];
    value = (value << 32 | word) % m;
  }
  for (; i < bytes.size(); ++i) value = (value << 8 | bytes[i]) % m;
  return value;
}

// Bytes that hold radix^v - 1: b of the standard.
std::size_t BytesFor(Wide power) {
  std::size_t bytes = 0;
  for (Wide most = power - 1; most != 0; most >>= 8) ++bytes;
  return bytes;
}

}  // namespace

absl::StatusOr<Ff1> Ff1::Create(std::span<const std::uint8_t> key,
                                unsigned radix) {
  if (radix < 2 || radix > 256) {
    return absl::InvalidArgumentError("FF1 radix outside 2 to 256");
  }
  PHIWIRE_ASSIGN_OR_RETURN(Aes aes, Aes::Create(key));
  return Ff1(std::move(aes), radix);
}

absl::Status Ff1::CheckDomain(std::size_t size) const {
  std::uint64_t domain = 1;
  for (std::size_t i = 0; i < size && domain < kLeastDomain; ++i) {
    domain *= radix_;
  }
  if (size < 2 || domain < kLeastDomain) {
    return absl::OutOfRangeError(
        Concat({std::to_string(size), " characters of ", std::to_string(radix_),
                " have a domain of ", std::to_string(domain),
                ", under 1000000: FF1 would be no protection"}));
  }
  const std::size_t v = size - size / 2;
  if (static_cast<double>(v) * std::log2(radix_) >= kMostBits) {
    return absl::OutOfRangeError("too long for FF1");
  }
  return absl::OkStatus();
}

absl::Status Ff1::Run(std::string_view tweak, std::span<std::uint8_t> numerals,
                      bool encrypt) const {
  PHIWIRE_RETURN_IF_ERROR(CheckDomain(numerals.size()));
  const std::size_t n = numerals.size();
  const std::size_t u = n / 2;
  const std::size_t v = n - u;
  const Wide power[2] = {Power(radix_, u), Power(radix_, v)};
  const std::size_t b = BytesFor(power[1]);
  const std::size_t d = 4 * ((b + 3) / 4) + 4;

  // P, then Q = T, zeros, round number, NUM(B).
  const std::size_t filled = tweak.size() + b + 1;
  const std::size_t q = (filled + kBlock - 1) / kBlock * kBlock;
  std::vector<std::uint8_t> message(kBlock + q);
  message[0] = 1;
  message[1] = 2;
  message[2] = 1;
  PutBigEndian(radix_, std::span(message).subspan(3, 3));
  message[6] = kRounds;
  message[7] = static_cast<std::uint8_t>(u % 256);
  PutBigEndian(n, std::span(message).subspan(8, 4));
  PutBigEndian(tweak.size(), std::span(message).subspan(12, 4));
  std::copy(tweak.begin(), tweak.end(), message.begin() + kBlock);

  const Aes::Lease aes(aes_);
  // The first blocks are the same in all rounds: their CBC-MAC is kept.
  const std::size_t fixed = kBlock + tweak.size() / kBlock * kBlock;
  AesBlock prefix{};
  const auto absorb = [&](std::size_t begin, std::size_t end, AesBlock* r) {
    for (std::size_t at = begin; at < end; at += kBlock) {
      for (std::size_t i = 0; i < kBlock; ++i) (*r)[i] ^= message[at + i];
      if (!aes.Encrypt(*r)) return false;
    }
    return true;
  };
  bool good = absorb(0, std::min(fixed, message.size()), &prefix);

  Wide a = Number(numerals.first(u), radix_);
  Wide c = Number(numerals.last(v), radix_);  // B
  for (int step = 0; good && step < kRounds; ++step) {
    const int round = encrypt ? step : kRounds - 1 - step;
    // Decryption feeds A and takes from B.
    const Wide fed = encrypt ? c : a;
    message[message.size() - b - 1] = static_cast<std::uint8_t>(round);
    PutBigEndian(fed, std::span(message).last(b));
    // R, and more blocks of S where d needs them.
    std::array<std::uint8_t, 2 * kBlock> s{};
    AesBlock r = prefix;
    good = absorb(std::min(fixed, message.size()), message.size(), &r);
    std::copy(r.begin(), r.end(), s.begin());
    if (good && d > kBlock) {
      r.back() ^= 1;
      good = aes.Encrypt(r);
      std::copy(r.begin(), r.end(), s.begin() + kBlock);
    }
    const Wide m = power[round % 2];  // radix^u in even rounds
    const Wide y = Modulo(std::span(s).first(d), m);
    const Wide other = encrypt ? a : c;
    const Wide next = encrypt ? (other + y) % m : (other + m - y) % m;
    if (encrypt) {
      a = c;
      c = next;
    } else {
      c = a;
      a = next;
    }
  }
  if (!good) return absl::InternalError("AES failed");
  Numerals(a, radix_, numerals.first(u));
  Numerals(c, radix_, numerals.last(v));
  return absl::OkStatus();
}

}  // namespace phiwire
