// SPDX-License-Identifier: Apache-2.0

#include "formats/rtf/code_pages.h"

#include <array>
#include <string>
#include <utility>

namespace phiwire::rtf {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// https://learn.microsoft.com/openspecs/windows_protocols/ms-wmf (CharacterSet)
constexpr auto kCharsets = std::to_array<std::pair<int, int>>({
    {0, 1252},   {1, 0},      {2, 1252},   {77, 10000}, {128, 932},
    {129, 949},  {130, 1361}, {134, 936},  {136, 950},  {161, 1253},
    {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {179, 1256},
    {180, 1256}, {181, 1255}, {186, 1257}, {204, 1251}, {222, 874},
    {238, 1250}, {254, 437},  {255, 850},
});

}  // namespace

int CodePageOfCharset(long charset) {
  for (const auto& [known, code_page] : kCharsets) {
    if (known == charset) return code_page;
  }
  return -1;
}

bool IsLeadByte(int code_page, unsigned char byte) {
  switch (code_page) {
    case 932:
      return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
    case 936:
    case 949:
    case 950:
    case 1361:
      return byte >= 0x81 && byte <= 0xFE;
    default:
      return false;
  }
}

UConverter* CodePages::Get(int code_page) {
  const auto found = converters_.find(code_page);
  if (found != converters_.end()) return found->second.get();
  const std::string number = std::to_string(code_page);
  Converter converter;
  const std::string names[] = {
      code_page == 65001 ? "utf-8" : "windows-" + number, "ibm-" + number,
      "cp" + number, code_page == 10000 ? "macintosh" : ""};
  for (const std::string& name : names) {
    if (name.empty()) continue;
    UErrorCode error = U_ZERO_ERROR;
    converter.reset(ucnv_open(name.c_str(), &error));
    if (U_SUCCESS(error)) break;
    converter.reset();
  }
  return converters_.emplace(code_page, std::move(converter))
      .first->second.get();
}

bool CodePages::Has(int code_page) { return Get(code_page) != nullptr; }

CodePages::Char CodePages::First(int code_page, std::string_view bytes) {
  UConverter* const converter = Get(code_page);
  ucnv_reset(converter);
  const char* source = bytes.data();
  UErrorCode error = U_ZERO_ERROR;
  const UChar32 value = ucnv_getNextUChar(converter, &source,
                                          bytes.data() + bytes.size(), &error);
  const auto size = static_cast<std::size_t>(source - bytes.data());
  if (U_FAILURE(error) || value < 0 || size == 0) return {kReplacement, 1};
  return {static_cast<char32_t>(value), size};
}

}  // namespace phiwire::rtf
