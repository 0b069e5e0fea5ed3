// SPDX-License-Identifier: Apache-2.0
//
// One line of the audit log, sealed: what AuditLog writes and AuditVerifier
// reads, byte by byte.
//
//   {"seq":N,"time":...,"prev":HEX, MEMBERS ,"hash":HEX}
//
// "hash" is the SHA-256 of the line up to the comma before that member, "prev"
// the "hash" of the line before. Pure functions.

#ifndef PHIWIRE_POLICY_AUDIT_LINE_H_
#define PHIWIRE_POLICY_AUDIT_LINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace phiwire {

// Bytes, the line end counted. AuditLog writes none that is longer.
inline constexpr std::size_t kLongestAuditLine = std::size_t{1} << 16;

// What the first line's "prev" is: 64 zeros.
std::string FirstAuditPrev();

// 64 lower-case digits.
bool IsAuditHash(std::string_view text);

// Lower-case hexadecimal.
std::string AuditHex(std::span<const std::uint8_t> bytes);

// SHA-256 in hexadecimal; empty when OpenSSL fails, which no line's hash is.
std::string Sha256Hex(std::string_view text);

// `members`: JSON without braces, not empty. The line without its line end;
// empty when OpenSSL fails.
std::string SealAuditLine(std::size_t seq, std::string_view prev,
                          std::string_view time, std::string_view members);

struct AuditLine {
  std::size_t seq = 0;
  std::string_view prev;  // of the text it was read from
  std::string_view hash;
};

// nullopt when it is not of that form or `hash` not its own.
std::optional<AuditLine> ReadAuditLine(std::string_view line);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_AUDIT_LINE_H_
