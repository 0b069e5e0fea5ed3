// SPDX-License-Identifier: Apache-2.0
//
// How reversible anonymizers write what they give, so that phiwire reidentify
// finds it again in any document: "PW7", a letter for the kind (E encrypted, T
// token), one for the type, eight for the key's id, two for the length of the
// payload, and the payload; all of base32's alphabet, so that it stands
// unchanged in text, HL7, CSV, JSON and XML alike.
//
//   PW7E A KMR5YBH2 BA MZXW6...     (without the blanks)
//
// Pure functions, safe from any thread.

#ifndef PHIWIRE_ANONYMIZERS_SEALED_CODE_H_
#define PHIWIRE_ANONYMIZERS_SEALED_CODE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "engine/anonymizer.h"

namespace phiwire {

enum class CodeKind : char { kEncrypted = 'E', kToken = 'T' };

struct SealedCode {
  CodeKind kind = CodeKind::kEncrypted;
  PhiType type = PhiType::kName;
  std::string_view key_id;   // eight characters; of tokens the vault's id
  std::string_view payload;  // at most 1023 characters
  std::size_t size = 0;      // of the whole code
};

inline constexpr std::size_t kMaxCodePayload = 1023;

// What stands before a sealed value that is the format's own spelling, escapes
// and all: no text begins so.
inline constexpr char kRawMark = '\0';

// What reversible anonymizers seal: the surface, or the mark and the raw bytes.
std::string SealedText(const Target& target);

std::string WriteCode(const SealedCode& code);

// The code at the beginning of `text`; nullopt when none stands there whole.
std::optional<SealedCode> ReadCode(std::string_view text);

// Where the next "PW7" stands, from `at`; npos when there is none. What stands
// there and is no code was tampered with, or chance.
std::size_t FindCode(std::string_view text, std::size_t at);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_SEALED_CODE_H_
