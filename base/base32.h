// SPDX-License-Identifier: Apache-2.0
//
// Base32 of RFC 4648 section 6 (A-Z, 2-7) without padding: five bits a
// character, one case, no character that is a delimiter anywhere. It spells
// hashes so that they survive file names, HL7 and case-folding databases.
// Encoding only: phiwire never needs the bytes back.
//
//   Base32({0x66, 0x6F, 0x6F})  == "MZXW6"   (the bytes of "foo")

#ifndef PHIWIRE_BASE_BASE32_H_
#define PHIWIRE_BASE_BASE32_H_

#include <cstdint>
#include <span>
#include <string>

namespace phiwire {

// ceil(8 * bytes / 5) characters.
std::string Base32(std::span<const std::uint8_t> bytes);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_BASE32_H_
