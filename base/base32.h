// SPDX-License-Identifier: Apache-2.0
//
// Base32 of RFC 4648 section 6 (A-Z, 2-7) without padding: five bits a
// character, one case, no character that is a delimiter anywhere. It spells
// hashes so that they survive file names, HL7 and case-folding databases.
//
//   Base32({0x66, 0x6F, 0x6F})  == "MZXW6"   (the bytes of "foo")

#ifndef PHIWIRE_BASE_BASE32_H_
#define PHIWIRE_BASE_BASE32_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {

inline constexpr std::string_view kBase32Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// ceil(8 * bytes / 5) characters.
std::string Base32(std::span<const std::uint8_t> bytes);

// The way back; nullopt for other characters, a length that no bytes have, and
// bits behind the last byte that are not 0: one text for the same bytes.
std::optional<std::vector<std::uint8_t>> DecodeBase32(std::string_view text);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_BASE32_H_
