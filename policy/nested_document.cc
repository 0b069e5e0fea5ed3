// SPDX-License-Identifier: Apache-2.0

#include "policy/nested_document.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "base/sniff.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/detect.h"

namespace phiwire {
namespace {

struct MediaFormat {
  std::string_view media_type;
  Format format;
};

// kAuto: by content. From IANA's registry and the HL7 standards' own names.
constexpr std::array<MediaFormat, 24> kMediaFormats = {{
    {"", Format::kAuto},
    {"application/csv", Format::kCsv},
    {"application/edi-hl7", Format::kHl7},
    {"application/edi-hl7v2", Format::kHl7},
    {"application/fhir+json", Format::kFhir},
    {"application/fhir+ndjson", Format::kFhir},
    {"application/hl7-cda+xml", Format::kCcda},
    {"application/hl7-v2", Format::kHl7},
    {"application/hl7-v2+er7", Format::kHl7},
    {"application/json", Format::kAuto},
    {"application/json+fhir", Format::kFhir},
    {"application/msword", Format::kAuto},  // often RTF
    {"application/octet-stream", Format::kAuto},
    {"application/rtf", Format::kRtf},
    {"application/x-ndjson", Format::kAuto},
    {"application/x-rtf", Format::kRtf},
    {"application/xhtml+xml", Format::kHtml},
    {"application/xml", Format::kCcda},
    {"text/csv", Format::kCsv},
    {"text/html", Format::kHtml},
    {"text/markdown", Format::kMarkdown},
    {"text/plain", Format::kAuto},
    {"text/rtf", Format::kRtf},
    {"text/xml", Format::kCcda},
}};

std::optional<Format> FormatOf(std::string_view media_type) {
  media_type = media_type.substr(0, media_type.find(';'));
  while (media_type.ends_with(' ')) media_type.remove_suffix(1);
  const auto* const it =
      std::find_if(kMediaFormats.begin(), kMediaFormats.end(),
                   [&](const auto& m) { return m.media_type == media_type; });
  if (it == kMediaFormats.end()) return std::nullopt;
  return it->format;
}

absl::Status CantRead(std::string_view reason) {
  return absl::UnimplementedError(Concat({reason}));
}

// What can't be scanned, in words of ours: a media type is the sender's text.
std::string_view KindOf(std::string_view media_type) {
  if (media_type.starts_with("image/")) return "an image";
  if (media_type.starts_with("audio/")) return "a recording";
  if (media_type.starts_with("video/")) return "a video";
  if (media_type.starts_with("application/pdf")) return "a PDF file";
  return "a media type that can't be scanned";
}

// Of the base64's own lines, so that it comes back in the same shape.
void MeasureLines(std::string_view packed, NestedDocument* out) {
  const std::size_t end = packed.find_first_of("\r\n");
  if (end == std::string_view::npos || end == 0) return;
  out->line = end;
  out->line_end = packed.substr(end, 2) == "\r\n" ? "\r\n"
                  : packed[end] == '\r'           ? "\r"
                                                  : "\n";
}

absl::StatusOr<std::string> Unwrap(Wrapping wrapping, std::string_view packed) {
  std::string bytes;
  switch (wrapping) {
    case Wrapping::kNone:
      return std::string(packed);
    case Wrapping::kBase64:
      if (!absl::Base64Unescape(ToAbsl(packed), &bytes)) {
        return CantRead("broken base64");
      }
      return bytes;
    case Wrapping::kHex:
      if (packed.size() % 2 != 0 ||
          packed.find_first_not_of("0123456789abcdefABCDEF") !=
              std::string_view::npos) {
        return CantRead("broken hexadecimal");
      }
      return absl::HexStringToBytes(ToAbsl(packed));
  }
  return CantRead("unknown wrapping");
}

// Controls that no text has.
bool HasControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 0 && c < 0x09) || (c > 0x0D && c < 0x1B && c != 0x14);
  });
}

// UTF-8 or by byte order mark, else as Windows wrote it.
absl::StatusOr<DecodedText> Decode(std::string_view bytes) {
  absl::StatusOr<DecodedText> text = ToUtf8(bytes, "auto");
  if (!text.ok()) text = ToUtf8(bytes, "windows-1252");
  if (!text.ok()) return CantRead("text in no known encoding");
  return text;
}

}  // namespace

absl::StatusOr<NestedDocument> OpenNested(const Field& field,
                                          std::string_view packed) {
  const std::optional<Format> said = FormatOf(field.media_type);
  if (!said) return CantRead(KindOf(field.media_type));
  NestedDocument out;
  if (field.wrapping == Wrapping::kBase64) MeasureLines(packed, &out);
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes,
                           Unwrap(field.wrapping, packed));
  const auto binary = BinaryFormatName(bytes);
  if (binary && *binary != "RTF") {
    return CantRead(Concat({"a ", *binary, " file"}));
  }
  PHIWIRE_ASSIGN_OR_RETURN(out.text, Decode(bytes));
  // HL7 v2 may stand in its MLLP frame.
  out.format =
      *said == Format::kAuto ? DetectFormat(out.text.utf8).format : *said;
  if (out.format != Format::kHl7 && HasControls(out.text.utf8)) {
    return CantRead("binary data");
  }
  return out;
}

absl::StatusOr<std::string> CloseNested(const NestedDocument& like,
                                        Wrapping wrapping,
                                        std::string_view text) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes,
                           FromUtf8(text, like.text.encoding, like.text.bom));
  if (wrapping == Wrapping::kNone) return bytes;
  if (wrapping == Wrapping::kHex) {
    return absl::BytesToHexString(ToAbsl(bytes));
  }
  const std::string packed = absl::Base64Escape(ToAbsl(bytes));
  if (like.line == 0) return packed;
  std::string out;
  for (std::size_t at = 0; at < packed.size(); at += like.line) {
    if (at > 0) out += like.line_end;
    out += std::string_view(packed).substr(at, like.line);
  }
  return out;
}

PhiType TypeOfUnread(std::string_view media_type) {
  if (media_type.starts_with("image/")) return PhiType::kPhoto;
  if (media_type.starts_with("audio/") || media_type.starts_with("video/")) {
    return PhiType::kBiometric;
  }
  return PhiType::kId;
}

}  // namespace phiwire
