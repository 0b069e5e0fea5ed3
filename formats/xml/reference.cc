// SPDX-License-Identifier: Apache-2.0

#include "formats/xml/reference.h"

#include <algorithm>

namespace phiwire::xml {
namespace {

struct Entity {
  std::string_view name;
  char means;
};
constexpr Entity kEntities[] = {
    {"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}};

constexpr std::uint32_t kLastCharacter = 0x10FFFF;

int DigitOf(char c, int base) {
  if (c >= '0' && c <= '9') return c - '0';
  if (base == 16 && c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (base == 16 && c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void PutUtf8(std::uint32_t c, Reference* out) {
  const auto byte = [&](std::uint32_t value) {
    out->bytes[out->length++] = static_cast<char>(value);
  };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    byte(0xE0 | (c >> 12));
    byte(0x80 | ((c >> 6) & 0x3F));
  } else {
    byte(0xF0 | (c >> 18));
    byte(0x80 | ((c >> 12) & 0x3F));
    byte(0x80 | ((c >> 6) & 0x3F));
  }
  byte(0x80 | (c & 0x3F));
}

// "&#65;" and "&#x41;".
Reference ReadNumeric(std::string_view s) {
  const int base = s.size() > 2 && s[2] == 'x' ? 16 : 10;
  std::size_t i = base == 16 ? 3 : 2;
  const std::size_t first = i;
  std::uint32_t c = 0;
  for (; i < s.size(); ++i) {
    const int digit = DigitOf(s[i], base);
    if (digit < 0) break;
    c = c * static_cast<std::uint32_t>(base) +
        static_cast<std::uint32_t>(digit);
    if (c > kLastCharacter) return {};
  }
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  if (i == first || i >= s.size() || s[i] != ';' || c == 0 || surrogate) {
    return {};
  }
  Reference out;
  out.size = i + 1;
  PutUtf8(c, &out);
  return out;
}

}  // namespace

Reference ReadReference(std::string_view s, std::size_t at) {
  s.remove_prefix(at);
  if (s.size() > 1 && s[1] == '#') return ReadNumeric(s);
  for (const Entity& entity : kEntities) {
    if (!s.substr(1).starts_with(entity.name)) continue;
    Reference out;
    out.size = entity.name.size() + 1;
    out.bytes[0] = entity.means;
    out.length = 1;
    return out;
  }
  return {};
}

void Decode(std::string_view document, std::size_t begin, std::size_t end,
            FieldText* out) {
  const std::string_view raw = document.substr(0, end);
  while (begin < end) {
    const std::size_t reference = std::min(raw.find('&', begin), end);
    out->Copy(raw.substr(begin, reference - begin), begin);
    if (reference == end) return;
    const Reference read = ReadReference(raw, reference);
    if (read.size == 0) {
      out->Copy("&", reference);
      begin = reference + 1;
    } else {
      out->Put(read.text(), reference);
      begin = reference + read.size;
    }
  }
}

}  // namespace phiwire::xml
