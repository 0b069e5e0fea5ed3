// SPDX-License-Identifier: Apache-2.0

#include "formats/xml/start_tag.h"

#include <string>

#include "formats/xml/reference.h"

namespace phiwire::xml {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t SkipBlanks(std::string_view s, std::size_t at) {
  while (at < s.size() && IsBlank(s[at])) ++at;
  return at;
}

std::size_t NameEnd(std::string_view s, std::size_t at) {
  while (at < s.size() && !IsBlank(s[at]) && s[at] != '=' && s[at] != '>' &&
         s[at] != '/') {
    ++at;
  }
  return at;
}

// Whether expat's value is what the raw bytes say.
bool Agree(std::string_view raw, std::string_view value) {
  if (raw == value) return true;
  std::string decoded;
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] == '&') {
      const Reference reference = ReadReference(raw, i);
      if (reference.size == 0) return false;
      decoded.append(reference.text());
      i += reference.size;
      continue;
    }
    // A line end of two bytes is one blank.
    if (raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
    decoded += IsBlank(raw[i]) ? ' ' : raw[i];
    ++i;
  }
  return decoded == value;
}

}  // namespace

bool FindAttributes(std::string_view tag, std::size_t at,
                    const char* const* read, std::vector<Attribute>* out) {
  out->clear();
  std::size_t i = NameEnd(tag, 1);
  for (; *read != nullptr; read += 2) {
    i = SkipBlanks(tag, i);
    const std::size_t name_end = NameEnd(tag, i);
    Attribute attribute;
    attribute.name = tag.substr(i, name_end - i);
    i = SkipBlanks(tag, name_end);
    if (i >= tag.size() || tag[i] != '=') return false;
    i = SkipBlanks(tag, i + 1);
    if (i >= tag.size() || (tag[i] != '"' && tag[i] != '\'')) return false;
    const std::size_t close = tag.find(tag[i], i + 1);
    if (close == std::string_view::npos) return false;
    attribute.begin = at + i + 1;
    attribute.end = at + close;
    attribute.value = read[1];
    if (attribute.name != read[0] ||
        !Agree(tag.substr(i + 1, close - i - 1), attribute.value)) {
      return false;
    }
    out->push_back(attribute);
    i = close + 1;
  }
  i = SkipBlanks(tag, i);
  return tag.substr(i) == ">" || tag.substr(i) == "/>";
}

}  // namespace phiwire::xml
