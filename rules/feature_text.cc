// SPDX-License-Identifier: Apache-2.0

#include "rules/feature_text.h"

#include "base/strings.h"

namespace phiwire {
namespace {

char ShapeOf(char ch) {
  const auto byte = static_cast<unsigned char>(ch);
  if (byte >= 0x80 || (byte >= 'a' && byte <= 'z')) return 'x';
  if (byte >= 'A' && byte <= 'Z') return 'X';
  return byte >= '0' && byte <= '9' ? 'd' : ch;
}

}  // namespace

std::string LowerText(std::string_view text) {
  std::string out(text);
  for (char& ch : out) {
    if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch | 0x20);
  }
  return out;
}

std::string ShapeText(const DocumentView& view, std::size_t first,
                      std::size_t last) {
  std::string out;
  for (std::size_t k = first; k <= last; ++k) {
    for (const char ch : view.surface(k)) {
      const char s = ShapeOf(ch);
      const std::size_t n = out.size();
      const bool third = n > 1 && out[n - 1] == s && out[n - 2] == s;
      if (third && (s == 'x' || s == 'X')) continue;
      out += s;
    }
  }
  return out;
}

std::string NearText(const DocumentView& view, std::size_t i, int offset) {
  const auto at = static_cast<std::ptrdiff_t>(i) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.size())) return "<edge>";
  const auto k = static_cast<std::size_t>(at);
  const Token& t = view.token(k);
  if (t.kind == TokenKind::kNewline) return "<line>";
  if (t.kind == TokenKind::kNumber) {
    return Concat({"<", std::to_string(t.end - t.begin), " digits>"});
  }
  return LowerText(view.surface(k));
}

std::string HashText(const DocumentView& view, std::uint32_t hash) {
  for (std::size_t k = 0; k < view.size(); ++k) {
    if (view.token(k).hash == hash && IsWordLike(view.token(k))) {
      return LowerText(view.surface(k));
    }
  }
  return Concat({"#", std::to_string(hash)});
}

}  // namespace phiwire
