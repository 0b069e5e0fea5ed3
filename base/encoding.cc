// SPDX-License-Identifier: Apache-2.0

#include "base/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/uset.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace phiwire {
namespace {

constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";
constexpr std::string_view kLittleBom = "\xFF\xFE";
constexpr std::string_view kBigBom = "\xFE\xFF";
// Not defined in windows-1252; ICU would pass them as control characters.
constexpr std::string_view kHoles1252 = "\x81\x8D\x8F\x90\x9D";

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

absl::Status Unknown(std::string_view encoding) {
  return absl::InvalidArgumentError(
      Concat({"unknown encoding \"", encoding.substr(0, 40),
              "\"; known: auto, utf-8, utf-16, utf-16le, utf-16be, "
              "windows-1252, iso-8859-1 to -15"}));
}

absl::Status Malformed(std::string_view encoding, std::size_t at) {
  return absl::DataLossError(
      Concat({"no valid ", encoding, " at byte ", std::to_string(at)}));
}

std::string Normal(std::string_view name) {
  std::string out(name);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    if (c == '_') c = '-';
  }
  if (out == "utf8") return "utf-8";
  if (out == "utf16") return "utf-16";
  if (out == "utf-16-le") return "utf-16le";
  if (out == "utf-16-be") return "utf-16be";
  if (out == "cp1252") return "windows-1252";
  if (out == "latin1" || out == "latin-1") return "iso-8859-1";
  return out;
}

bool IsUtf16(std::string_view encoding) {
  return encoding == "utf-16le" || encoding == "utf-16be";
}

// nullptr for a name that is not one of ours.
Converter Open(const std::string& encoding) {
  Converter none(nullptr, &ucnv_close);
  if (!IsUtf16(encoding) && encoding != "windows-1252" &&
      !encoding.starts_with("iso-8859-")) {
    return none;
  }
  UErrorCode error = U_ZERO_ERROR;
  Converter out(ucnv_open(encoding.c_str(), &error), &ucnv_close);
  if (U_FAILURE(error)) return none;
  ucnv_setFallback(out.get(), 0);
  ucnv_setToUCallBack(out.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr,
                      nullptr, &error);
  ucnv_setFromUCallBack(out.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr,
                        nullptr, &error);
  return U_FAILURE(error) ? std::move(none) : std::move(out);
}

std::string_view BomOf(std::string_view encoding) {
  if (encoding == "utf-8") return kUtf8Bom;
  if (encoding == "utf-16le") return kLittleBom;
  if (encoding == "utf-16be") return kBigBom;
  return {};
}

// auto and utf-16 to the encoding the bytes are in.
std::string Resolve(const std::string& encoding, std::string_view bytes) {
  if (encoding != "auto" && encoding != "utf-16") return encoding;
  if (bytes.starts_with(kBigBom)) return "utf-16be";
  if (bytes.starts_with(kLittleBom)) return "utf-16le";
  return encoding == "auto" ? "utf-8" : "utf-16le";
}

// Where the sequence begins that the converter has just rejected, `at` being
// where it stopped.
std::size_t RejectedAt(const UConverter* converter, std::size_t at) {
  std::array<char, 32> bytes;
  auto length = static_cast<std::int8_t>(bytes.size());
  UErrorCode error = U_ZERO_ERROR;
  ucnv_getInvalidChars(converter, bytes.data(), &length, &error);
  const auto size = static_cast<std::size_t>(std::max<int>(length, 0));
  return U_FAILURE(error) ? at : at - std::min(at, size);
}

// `last`: nothing follows. `base` is the offset of `bytes` in the whole, and
// `high` a surrogate whose other half is still to come.
absl::Status Decode(UConverter* converter, std::string_view bytes, bool last,
                    std::string_view encoding, std::size_t base, char32_t* high,
                    std::string* out) {
  if (encoding == "windows-1252") {
    const std::size_t hole = bytes.find_first_of(kHoles1252);
    if (hole != std::string_view::npos) {
      return Malformed(encoding, base + hole);
    }
  }
  out->reserve(out->size() + bytes.size());
  std::array<UChar, 2048> units;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
  while (error == U_BUFFER_OVERFLOW_ERROR) {
    error = U_ZERO_ERROR;
    UChar* unit_end = units.data();
    ucnv_toUnicode(converter, &unit_end, units.data() + units.size(), &at, end,
                   nullptr, last ? 1 : 0, &error);
    for (const UChar* u = units.data(); u < unit_end; ++u) {
      if (U16_IS_LEAD(*u)) {
        *high = *u;
      } else if (U16_IS_TRAIL(*u)) {
        AppendUtf8(static_cast<char32_t>(U16_GET_SUPPLEMENTARY(*high, *u)),
                   out);
      } else {
        AppendUtf8(*u, out);
      }
    }
  }
  if (U_SUCCESS(error)) return absl::OkStatus();
  const auto stopped = static_cast<std::size_t>(at - bytes.data());
  std::size_t rejected = RejectedAt(converter, base + stopped);
  // ICU counts one byte of a unit that lay across two pieces.
  if (IsUtf16(encoding)) rejected -= rejected % 2;
  return Malformed(encoding, rejected);
}

// Offset of the first character the converter can't write.
std::size_t FirstUnwritable(const UConverter* converter,
                            std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<USet, decltype(&uset_close)> set(uset_openEmpty(),
                                                         &uset_close);
  ucnv_getUnicodeSet(converter, set.get(), UCNV_ROUNDTRIP_SET, &error);
  for (std::size_t at = 0; U_SUCCESS(error) && at < utf8.size();) {
    const CodePoint c = DecodeUtf8(utf8, at);
    if (uset_contains(set.get(), static_cast<UChar32>(c.value)) == 0) return at;
    at += c.length;
  }
  return utf8.size();
}

absl::StatusOr<std::string> Encode(UConverter* converter, std::string_view utf8,
                                   std::string_view encoding) {
  std::string out;
  out.reserve(utf8.size());
  std::array<char, 4096> bytes;
  for (std::size_t at = 0; at < utf8.size();) {
    std::array<UChar, 1024> units;
    std::size_t count = 0;
    while (at < utf8.size() && count + 2 <= units.size()) {
      const CodePoint c = DecodeUtf8(utf8, at);
      U16_APPEND_UNSAFE(units.data(), count, static_cast<UChar32>(c.value));
      at += c.length;
    }
    const UChar* from = units.data();
    UErrorCode error = U_BUFFER_OVERFLOW_ERROR;
    while (error == U_BUFFER_OVERFLOW_ERROR) {
      error = U_ZERO_ERROR;
      char* to = bytes.data();
      ucnv_fromUnicode(converter, &to, to + bytes.size(), &from,
                       units.data() + count, nullptr, at >= utf8.size(),
                       &error);
      out.append(bytes.data(), to);
    }
    if (U_FAILURE(error)) {
      return absl::DataLossError(Concat(
          {encoding, " has no character for the one at byte ",
           std::to_string(FirstUnwritable(converter, utf8)), " of the text"}));
    }
  }
  return out;
}

}  // namespace

absl::StatusOr<DecodedText> ToUtf8(std::string_view bytes,
                                   std::string_view encoding) {
  DecodedText out;
  out.encoding = Resolve(Normal(encoding), bytes);
  const std::string_view bom = BomOf(out.encoding);
  out.bom = !bom.empty() && bytes.starts_with(bom);
  const std::size_t skip = out.bom ? bom.size() : 0;
  if (out.encoding == "utf-8") {
    if (const auto at = FirstInvalidUtf8(bytes)) {
      return Malformed(out.encoding, *at);
    }
    out.utf8 = bytes.substr(skip);
    return out;
  }
  const Converter converter = Open(out.encoding);
  if (converter == nullptr) return Unknown(encoding);
  if (IsUtf16(out.encoding) && bytes.size() % 2 != 0) {
    return Malformed(out.encoding, bytes.size() - 1);
  }
  // The mark is decoded too, so that an error's offset counts it.
  char32_t high = 0;
  PHIWIRE_RETURN_IF_ERROR(Decode(converter.get(), bytes, /*last=*/true,
                                 out.encoding, 0, &high, &out.utf8));
  if (out.bom) out.utf8.erase(0, kUtf8Bom.size());
  return out;
}

struct TextDecoder::State {
  std::string encoding;
  bool bom = false;
  Converter converter{nullptr, &ucnv_close};  // null for UTF-8
  std::size_t read = 0;
  std::size_t to_skip = 0;  // bytes of a mark, as UTF-8
  char32_t high = 0;
};

TextDecoder::TextDecoder(std::unique_ptr<State> state)
    : state_(std::move(state)) {}
TextDecoder::TextDecoder(TextDecoder&&) noexcept = default;
TextDecoder& TextDecoder::operator=(TextDecoder&&) noexcept = default;
TextDecoder::~TextDecoder() = default;

absl::StatusOr<TextDecoder> TextDecoder::Create(std::string_view encoding,
                                                std::string_view head) {
  auto state = std::make_unique<State>();
  state->encoding = Resolve(Normal(encoding), head);
  const std::string_view bom = BomOf(state->encoding);
  state->bom = !bom.empty() && head.starts_with(bom);
  if (state->bom) state->to_skip = kUtf8Bom.size();
  if (state->encoding != "utf-8") {
    state->converter = Open(state->encoding);
    if (state->converter == nullptr) return Unknown(encoding);
  }
  return TextDecoder(std::move(state));
}

const std::string& TextDecoder::encoding() const { return state_->encoding; }
bool TextDecoder::bom() const { return state_->bom; }

absl::Status TextDecoder::Decode(std::string_view bytes, bool last,
                                 std::string* utf8) {
  State& state = *state_;
  const std::size_t base = state.read;
  state.read += bytes.size();
  if (last && IsUtf16(state.encoding) && state.read % 2 != 0) {
    return Malformed(state.encoding, state.read - 1);
  }
  const std::size_t size = utf8->size();
  if (state.converter == nullptr) {
    utf8->append(bytes);
  } else {
    PHIWIRE_RETURN_IF_ERROR(phiwire::Decode(state.converter.get(), bytes, last,
                                            state.encoding, base, &state.high,
                                            utf8));
  }
  const std::size_t skip = std::min(state.to_skip, utf8->size() - size);
  utf8->erase(size, skip);
  state.to_skip -= skip;
  return absl::OkStatus();
}

absl::StatusOr<std::string> FromUtf8(std::string_view utf8,
                                     std::string_view encoding, bool bom) {
  const std::string name = Resolve(Normal(encoding), {});
  if (const auto at = FirstInvalidUtf8(utf8)) return Malformed("utf-8", *at);
  std::string out(bom ? BomOf(name) : std::string_view());
  if (name == "utf-8") {
    out.append(utf8);
    return out;
  }
  const Converter converter = Open(name);
  if (converter == nullptr) return Unknown(encoding);
  if (name == "windows-1252") {
    // The other half of the holes: U+0081 and its like have no byte.
    for (std::size_t at = 0; at < utf8.size();) {
      const CodePoint c = DecodeUtf8(utf8, at);
      if (c.value >= 0x80 && c.value < 0xA0) {
        return absl::DataLossError(
            Concat({name, " has no character for the one at byte ",
                    std::to_string(at), " of the text"}));
      }
      at += c.length;
    }
  }
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes,
                           Encode(converter.get(), utf8, name));
  out.append(bytes);
  return out;
}

}  // namespace phiwire
