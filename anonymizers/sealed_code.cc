// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/sealed_code.h"

#include <algorithm>

#include "base/base32.h"
#include "base/key_ring.h"

namespace phiwire {
namespace {

constexpr std::string_view kMark = "PW7";
constexpr std::size_t kHead = kMark.size() + 2 + KeyRing::kIdLength + 2;
static_assert(kPhiTypeCount <= kBase32Alphabet.size());

bool IsBase32(std::string_view text) {
  return text.find_first_not_of(kBase32Alphabet) == std::string_view::npos;
}

}  // namespace

std::string WriteCode(const SealedCode& code) {
  std::string out(kMark.size() + code.key_id.size() + code.payload.size() + 4,
                  '\0');
  char* at = std::copy(kMark.begin(), kMark.end(), out.data());
  *at++ = static_cast<char>(code.kind);
  *at++ = kBase32Alphabet[static_cast<std::size_t>(code.type)];
  at = std::copy(code.key_id.begin(), code.key_id.end(), at);
  *at++ = kBase32Alphabet[code.payload.size() / 32];
  *at++ = kBase32Alphabet[code.payload.size() % 32];
  std::copy(code.payload.begin(), code.payload.end(), at);
  return out;
}

std::optional<SealedCode> ReadCode(std::string_view text) {
  if (!text.starts_with(kMark) || text.size() < kHead) return std::nullopt;
  const std::string_view head = text.substr(kMark.size(), kHead - kMark.size());
  SealedCode code;
  code.kind = static_cast<CodeKind>(head[0]);
  if (code.kind != CodeKind::kEncrypted && code.kind != CodeKind::kToken) {
    return std::nullopt;
  }
  const std::size_t type = kBase32Alphabet.find(head[1]);
  if (type >= kPhiTypeCount || !IsBase32(head)) return std::nullopt;
  code.type = static_cast<PhiType>(type);
  code.key_id = head.substr(2, KeyRing::kIdLength);
  const std::string_view size = head.substr(2 + KeyRing::kIdLength);
  const std::size_t length =
      kBase32Alphabet.find(size[0]) * 32 + kBase32Alphabet.find(size[1]);
  if (text.size() < kHead + length) return std::nullopt;
  code.payload = text.substr(kHead, length);
  if (!IsBase32(code.payload)) return std::nullopt;
  code.size = kHead + length;
  return code;
}

std::string SealedText(const Target& target) {
  if (target.raw.empty()) return std::string(target.surface);
  return kRawMark + std::string(target.raw);
}

std::size_t FindCode(std::string_view text, std::size_t at) {
  return text.find(kMark, at);
}

}  // namespace phiwire
