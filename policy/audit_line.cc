// SPDX-License-Identifier: Apache-2.0

#include "policy/audit_line.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::size_t kHashSize = 64;
constexpr std::size_t kTimeSize = 20;  // 2024-01-31T23:59:59Z
constexpr std::string_view kSeqKey = "{\"seq\":";
constexpr std::string_view kTimeKey = ",\"time\":\"";
constexpr std::string_view kPrevKey = "\",\"prev\":\"";
constexpr std::string_view kHashKey = ",\"hash\":\"";
constexpr std::string_view kEnd = "\"}";

bool Cut(std::string_view prefix, std::string_view* text) {
  if (!text->starts_with(prefix)) return false;
  text->remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::string FirstAuditPrev() { return std::string(kHashSize, '0'); }

bool IsAuditHash(std::string_view text) {
  return text.size() == kHashSize &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string AuditHex(std::span<const std::uint8_t> bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : bytes) {
    out += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

std::string Sha256Hex(std::string_view text) {
  std::array<std::uint8_t, 32> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(),
                 nullptr) != 1) {
    return "";
  }
  return AuditHex(digest);
}

std::string SealAuditLine(std::size_t seq, std::string_view prev,
                          std::string_view time, std::string_view members) {
  const std::string body = Concat({kSeqKey, std::to_string(seq), kTimeKey, time,
                                   kPrevKey, prev, "\",", members});
  const std::string hash = Sha256Hex(body);
  if (hash.empty()) return "";
  return Concat({body, kHashKey, hash, kEnd});
}

std::optional<AuditLine> ReadAuditLine(std::string_view line) {
  constexpr std::size_t kTail = kHashKey.size() + kHashSize + kEnd.size();
  if (line.size() < kTail || !line.ends_with(kEnd)) return std::nullopt;
  const std::string_view body = line.substr(0, line.size() - kTail);
  const std::string_view tail = line.substr(body.size());
  AuditLine out;
  out.hash = tail.substr(kHashKey.size(), kHashSize);
  if (!tail.starts_with(kHashKey) || out.hash != Sha256Hex(body)) {
    return std::nullopt;
  }
  std::string_view rest = body;
  if (!Cut(kSeqKey, &rest)) return std::nullopt;
  const auto [end, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), out.seq);
  if (error != std::errc()) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  if (!Cut(kTimeKey, &rest) || rest.size() < kTimeSize) return std::nullopt;
  rest.remove_prefix(kTimeSize);
  if (!Cut(kPrevKey, &rest)) return std::nullopt;
  out.prev = rest.substr(0, kHashSize);
  if (!IsAuditHash(out.prev)) return std::nullopt;
  return out;
}

}  // namespace phiwire
