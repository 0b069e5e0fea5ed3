// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/encapsulated.h"

#include <algorithm>

#include "formats/hl7v2/values.h"

namespace phiwire::hl7v2 {
namespace {

struct Media {
  std::string_view name;  // small letters
  std::string_view media_type;
};

// By subtype, or by type where senders put it there.
constexpr Media kSubtypes[] = {
    {"basic", "audio/basic"},
    {"bmp", "image/bmp"},
    {"ccda", "text/xml"},
    {"cda", "text/xml"},
    {"dicom", "application/dicom"},
    {"doc", "application/msword"},
    {"fax", "image/g3fax"},
    {"fhir+json", "application/fhir+json"},
    {"gif", "image/gif"},
    {"hl7", "application/edi-hl7"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"jot", "image/x-jot"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"json", "application/json"},
    {"msword", "application/msword"},
    {"octet-stream", "application/octet-stream"},
    {"pdf", "application/pdf"},
    {"pict", "image/x-pict"},
    {"plain", "text/plain"},
    {"png", "image/png"},
    {"postscript", "application/postscript"},
    {"richtext", "application/rtf"},
    {"rtf", "application/rtf"},
    {"sgml", "text/html"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"txt", "text/plain"},
    {"wav", "audio/wav"},
    {"x-hl7-cda-level-one", "text/xml"},
    {"x-hl7-cda-level-one-multipart", "text/xml"},
    {"xhtml", "text/html"},
    {"xml", "text/xml"},
};

// Table 0191, when the subtype says nothing.
constexpr Media kTypes[] = {
    {"au", "audio/basic"},        {"audio", "audio/basic"},
    {"ft", "text/plain"},         {"im", "image/x-unknown"},
    {"image", "image/x-unknown"}, {"ns", "image/x-unknown"},
    {"sd", "image/x-unknown"},    {"si", "image/x-unknown"},
    {"text", "text/plain"},       {"tx", "text/plain"},
    {"video", "video/x-unknown"},
};

char Small(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool SameWord(std::string_view text, std::string_view small) {
  return text.size() == small.size() &&
         std::equal(text.begin(), text.end(), small.begin(),
                    [](char a, char b) { return Small(a) == b; });
}

template <std::size_t N>
std::string_view Find(const Media (&table)[N], std::string_view name) {
  for (const Media& media : table) {
    if (SameWord(name, media.name)) return media.media_type;
  }
  return {};
}

// What follows the slash of "application/pdf".
std::string_view BehindSlash(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (Small(c) >= 'a' && Small(c) <= 'f');
}

}  // namespace

std::string_view MediaTypeOf(std::string_view type, std::string_view subtype) {
  for (const std::string_view name : {subtype, type}) {
    const std::string_view found = Find(kSubtypes, BehindSlash(name));
    if (!found.empty()) return found;
  }
  return Find(kTypes, type.substr(0, type.find('/')));
}

Wrapping WrappingOf(std::string_view encoding, std::string_view value) {
  if (SameWord(encoding, "hex")) return Wrapping::kHex;
  if (!encoding.empty() && !SameWord(encoding, "a")) return Wrapping::kBase64;
  return IsBinaryText(value) ? WrappingOfRun(value) : Wrapping::kNone;
}

bool IsTableWord(int component, std::string_view value) {
  if (component == 4) {
    return SameWord(value, "a") || SameWord(value, "hex") ||
           SameWord(value, "base64");
  }
  return (component == 2 || component == 3) &&
         !MediaTypeOf(value, value).empty();
}

Wrapping WrappingOfRun(std::string_view value) {
  return value.size() % 2 == 0 &&
                 std::all_of(value.begin(), value.end(), IsHexDigit)
             ? Wrapping::kHex
             : Wrapping::kBase64;
}

}  // namespace phiwire::hl7v2
