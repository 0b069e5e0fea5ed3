// SPDX-License-Identifier: Apache-2.0

#include "base/fold.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "base/fold_table.h"

namespace phiwire {
namespace {

constexpr char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// Typographic apostrophes, the okina and what stands in for them; the same
// list as APOSTROPHES in tools/build_lexicon.py.
constexpr bool IsApostrophe(UChar32 c) {
  switch (c) {
    case 0x00B4:
    case 0x02B9:
    case 0x02BB:
    case 0x02BC:
    case 0x2018:
    case 0x2019:
    case 0x2032:
    case 0xFF07:
      return true;
    default:
      return false;
  }
}

// The ASCII letters of a Latin letter; empty when the table has none.
std::string_view LatinBase(UChar32 c) {
  if (c >= 0xC0 && c < 0x250) return internal::kFoldLatin[c - 0xC0];
  if (c >= 0x1E00 && c < 0x1F00) {
    return internal::kFoldLatinAdditional[c - 0x1E00];
  }
  if (IsApostrophe(c)) return "'";
  return {};
}

// Appends whole pieces only.
class Writer {
 public:
  explicit Writer(std::span<char> out) : out_(out) {}
  bool Append(std::string_view piece) {
    if (out_.size() - size_ < piece.size()) return false;
    for (char c : piece) out_[size_++] = c;
    return true;
  }
  std::size_t size() const { return size_; }

 private:
  std::span<char> out_;
  std::size_t size_ = 0;
};

bool AppendCodePoint(UChar32 c, Writer& out) {
  if (c >= 0x300 && c < 0x370) return true;  // combining marks
  const std::string_view base = LatinBase(c);
  if (!base.empty()) return out.Append(base);
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t n = 0;
  U8_APPEND_UNSAFE(bytes, n, u_tolower(c));
  return out.Append(
      {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(n)});
}

// The rest of a word from its first byte that is no ASCII.
void FoldUtf8(std::string_view rest, Writer& out) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(rest.data());
  std::size_t i = 0;
  while (i < rest.size()) {
    const std::size_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, rest.size(), c);
    bool fits = false;
    if (c < 0) {
      fits = out.Append(rest.substr(begin, i - begin));
    } else if (c < 0x80) {
      const char low = LowerAscii(static_cast<char>(c));
      fits = out.Append({&low, 1});
    } else {
      fits = AppendCodePoint(c, out);
    }
    if (!fits) return;
  }
}

}  // namespace

std::size_t FoldWord(std::string_view word, std::span<char> out) {
  const std::size_t limit = word.size() < out.size() ? word.size() : out.size();
  std::size_t n = 0;
  while (n < limit && static_cast<unsigned char>(word[n]) < 0x80) {
    out[n] = LowerAscii(word[n]);
    ++n;
  }
  if (n == word.size() || n == out.size()) return n;
  Writer rest(out.subspan(n));
  FoldUtf8(word.substr(n), rest);
  return n + rest.size();
}

std::string Folded(std::string_view word) {
  std::string out(2 * word.size(), '\0');
  out.resize(FoldWord(word, out));
  return out;
}

}  // namespace phiwire
