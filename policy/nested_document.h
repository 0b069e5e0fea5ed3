// SPDX-License-Identifier: Apache-2.0
//
// A document inside a record (FieldKind::kDocument): out of its wrapping, in
// UTF-8, of a known format; and back. Pure functions, safe from any thread.
//
// Read: plain text, HTML, RTF, Markdown, CSV, JSON, FHIR, XML and C-CDA, HL7
// v2, by media type or content. Anything else (PDF, images, archives, broken
// base64, text in no known encoding) can't be scanned and is to be removed.

#ifndef PHIWIRE_POLICY_NESTED_DOCUMENT_H_
#define PHIWIRE_POLICY_NESTED_DOCUMENT_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "base/encoding.h"
#include "engine/field.h"
#include "phiwire/types.h"

namespace phiwire {

struct NestedDocument {
  Format format = Format::kText;
  DecodedText text;
  std::size_t line = 0;  // length of the lines of its base64; 0: one line
  std::string_view line_end;
};

// kUnimplemented with the reason when it can't be scanned: "an image", "a
// PDF file", "broken base64". `packed` is what stands in the field.
absl::StatusOr<NestedDocument> OpenNested(const Field& field,
                                          std::string_view packed);

// `text` in the encoding and wrapping of `like`.
absl::StatusOr<std::string> CloseNested(const NestedDocument& like,
                                        Wrapping wrapping,
                                        std::string_view text);

// What an unread document most likely is to the law: an image a PHOTO, a
// recording a BIOMETRIC, anything else an ID.
PhiType TypeOfUnread(std::string_view media_type);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_NESTED_DOCUMENT_H_
