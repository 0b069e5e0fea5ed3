// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/charset.h"

#include <unicode/normalizer2.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>

#include "base/utf8.h"

namespace phiwire::hl7v2 {
namespace {

constexpr int kCharsetField = 18;

// Names as MSH-18 has them, without blanks and marks, in capitals.
struct NamedTable {
  std::string_view name;
  std::size_t table;  // index in kIcuNames
};

// JIS X 0201, which ICU lacks: half-width katakana in 0xA1-0xDF.
constexpr const char* kKatakana = nullptr;

constexpr const char* kIcuNames[] = {
    "windows-1252", "iso-8859-2",   "iso-8859-3",   "iso-8859-4",
    "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",
    "iso-8859-9",   "iso-8859-10",  "windows-874",  "iso-8859-13",
    "iso-8859-14",  "iso-8859-15",  "windows-1250", "windows-1251",
    "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258", kKatakana};

constexpr NamedTable kTables[] = {
    {"88591", 0},        {"ISO88591", 0},     {"LATIN1", 0},
    {"ISOIR100", 0},     {"WINDOWS1252", 0},  {"CP1252", 0},
    {"1252", 0},         {"WIN1252", 0},      {"ANSI", 0},
    {"88592", 1},        {"ISO88592", 1},     {"ISOIR101", 1},
    {"88593", 2},        {"ISO88593", 2},     {"ISOIR109", 2},
    {"88594", 3},        {"ISO88594", 3},     {"ISOIR110", 3},
    {"88595", 4},        {"ISO88595", 4},     {"ISOIR144", 4},
    {"88596", 5},        {"ISO88596", 5},     {"ISOIR127", 5},
    {"88597", 6},        {"ISO88597", 6},     {"ISOIR126", 6},
    {"88598", 7},        {"ISO88598", 7},     {"ISOIR138", 7},
    {"88599", 8},        {"ISO88599", 8},     {"ISOIR148", 8},
    {"885910", 9},       {"ISO885910", 9},    {"885911", 10},
    {"ISO885911", 10},   {"ISOIR166", 10},    {"885913", 11},
    {"ISO885913", 11},   {"885914", 12},      {"ISO885914", 12},
    {"885915", 13},      {"ISO885915", 13},   {"ISOIR203", 13},
    {"WINDOWS1250", 14}, {"CP1250", 14},      {"WINDOWS1251", 15},
    {"CP1251", 15},      {"WINDOWS1253", 16}, {"WINDOWS1254", 17},
    {"WINDOWS1255", 18}, {"WINDOWS1256", 19}, {"WINDOWS1257", 20},
    {"WINDOWS1258", 21}, {"ISOIR13", 22},     {"ISOIR14", 22},
    {"JISX0201", 22}};

constexpr std::string_view kAsciiNames[] = {"ASCII", "USASCII", "ISOIR6",
                                            "ISO646US"};
// Sixteen and thirty-two bit forms are UTF-8 by the time they come here.
constexpr std::string_view kUnicodeNames[] = {
    "UNICODE", "UNICODEUTF8", "UTF8", "UNICODEUTF16", "UNICODEUTF32", "UTF16"};
constexpr std::string_view kIso2022Names[] = {
    "ISOIR87",  "ISOIR159",  "ISOIR13",    "ISOIR14",  "ISOIR168", "JISX0208",
    "JISX0212", "ISO2022JP", "ISO2022JP2", "JISX0201", "JISX0202"};

template <std::size_t N>
bool IsIn(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

ByteTable BuildTable(const char* icu_name) {
  ByteTable out{};
  if (icu_name == kKatakana) {
    for (unsigned byte = 0xA1; byte <= 0xDF; ++byte) {
      out[byte - 0x80] = static_cast<char16_t>(0xFF61 + (byte - 0xA1));
    }
    return out;
  }
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(icu_name, &error), &ucnv_close);
  if (U_FAILURE(error)) return out;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr,
                      nullptr, nullptr, &error);
  for (unsigned i = 0; i < out.size(); ++i) {
    const char byte = static_cast<char>(0x80 + i);
    UChar c[4] = {};
    error = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter.get());
    const int32_t size = ucnv_toUChars(converter.get(), c, 4, &byte, 1, &error);
    if (U_SUCCESS(error) && size == 1 && c[0] != 0xFFFD) out[i] = c[0];
  }
  return out;
}

const ByteTable& Table(std::size_t index) {
  static const auto tables = [] {
    std::array<ByteTable, std::size(kIcuNames)> all;
    for (std::size_t i = 0; i < all.size(); ++i) {
      all[i] = BuildTable(kIcuNames[i]);
    }
    return all;
  }();
  return tables[index];
}

std::string Normalized(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'a' && c <= 'z') {
      out += static_cast<char>(c - 'a' + 'A');
    } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      out += c;
    }
  }
  return out;
}

// One repetition of MSH-18; the first that says how bytes are read counts.
void Take(std::string_view name, Charset* out) {
  const std::string normal = Normalized(name);
  if (normal.empty()) return;
  out->iso2022 = out->iso2022 || IsIn(kIso2022Names, normal);
  using Kind = Charset::Kind;
  if (out->kind == Kind::kTable || out->kind == Kind::kUtf8) return;
  const auto* const named =
      std::find_if(std::begin(kTables), std::end(kTables),
                   [&](const NamedTable& t) { return t.name == normal; });
  if (named != std::end(kTables)) {
    out->kind = Kind::kTable;
    out->table = &Table(named->table);
  } else if (IsIn(kUnicodeNames, normal)) {
    out->kind = Kind::kUtf8;
  } else if (IsIn(kAsciiNames, normal) || IsIn(kIso2022Names, normal)) {
    out->kind = Kind::kAscii;
  } else {
    out->kind = Kind::kUnknown;
  }
}

bool HasAllBytes(const ByteTable& table, std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 || table[byte - 0x80] != 0;
  });
}

// The byte of a character; nothing when the table has none.
std::optional<char> ByteOf(char32_t c, const ByteTable* table) {
  if (c < 0x80) return static_cast<char>(c);
  if (table == nullptr) return std::nullopt;
  const auto* const at = std::find(table->begin(), table->end(), c);
  if (at == table->end()) return std::nullopt;
  return static_cast<char>(0x80 + (at - table->begin()));
}

// "e" for U+00E9; empty when nothing of it is left.
std::string WithoutMarks(char32_t c, const ByteTable* table) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(error);
  std::string out;
  if (U_FAILURE(error)) return out;
  const icu::UnicodeString parts =
      nfkd->normalize(icu::UnicodeString(static_cast<UChar32>(c)), error);
  for (int32_t i = 0; U_SUCCESS(error) && i < parts.length(); ++i) {
    if (const auto byte = ByteOf(parts.charAt(i), table)) out += *byte;
  }
  return out;
}

}  // namespace

Charset CharsetOf(std::string_view msh18, const Delimiters& d) {
  Charset out;
  while (!msh18.empty()) {
    const std::size_t end = d.repetition == '\0' ? std::string_view::npos
                                                 : msh18.find(d.repetition);
    Take(msh18.substr(0, end), &out);
    if (end == std::string_view::npos) break;
    msh18.remove_prefix(end + 1);
  }
  return out;
}

std::string_view CharsetField(std::string_view record, const Segment& header,
                              const Delimiters& d) {
  if (header.name != "MSH") return {};
  std::string_view rest =
      record.substr(header.begin, header.end - header.begin);
  for (int field = 1; field < kCharsetField; ++field) {
    const std::size_t next = rest.find(d.field);
    if (next == std::string_view::npos) return {};
    rest.remove_prefix(next + 1);
  }
  return rest.substr(0, rest.find(d.field));
}

absl::StatusOr<const ByteTable*> TableOf(std::string_view record,
                                         const Segment& header,
                                         const Delimiters& d, bool high_bytes) {
  if (!high_bytes || IsValidUtf8(record)) return nullptr;
  Charset charset = CharsetOf(CharsetField(record, header, d), d);
  if (header.name != "MSH") {
    charset.kind = Charset::Kind::kTable;
    charset.table = &Table(0);
  }
  const std::size_t at = FirstInvalidUtf8(record).value_or(0);
  switch (charset.kind) {
    case Charset::Kind::kAbsent:
      return Refuse("not ASCII, and no character set in MSH-18", at, at + 1);
    case Charset::Kind::kUnknown:
      return Refuse("character set that can't be read", at, at + 1);
    case Charset::Kind::kAscii:
    case Charset::Kind::kUtf8:
      break;
    case Charset::Kind::kTable:
      if (HasAllBytes(*charset.table, record)) return charset.table;
      break;
  }
  return Refuse("bytes outside the character set of MSH-18", at, at + 1);
}

void AppendUtf8(char16_t c, std::string* out) {
  phiwire::AppendUtf8(static_cast<char32_t>(c), out);
}

std::string EncodeFor(std::string_view utf8, const ByteTable* table,
                      bool ascii) {
  std::string out;
  if ((table == nullptr && !ascii) || !IsValidUtf8(utf8)) {
    return out.assign(utf8);
  }
  for (std::size_t i = 0; i < utf8.size();) {
    const CodePoint c = DecodeUtf8(utf8, i);
    i += c.length;
    if (const auto byte = ByteOf(c.value, table)) {
      out += *byte;
      continue;
    }
    const std::string plain = WithoutMarks(c.value, table);
    out += plain.empty() ? "?" : plain;
  }
  return out;
}

}  // namespace phiwire::hl7v2
