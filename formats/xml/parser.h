// SPDX-License-Identifier: Apache-2.0
//
// XML by expat, with the byte range of everything in the document: the events
// tile it, so what no event names does not exist. Names are as written, with
// their prefix; namespaces are not resolved (fragments often declare none).
//
//   class Count final : public xml::Handler {
//     void Text(RecordRange raw) override { bytes += raw.end - raw.begin; }
//     ...
//   };
//   PHIWIRE_RETURN_IF_ERROR(xml::Parse(document, handler));
//
// UTF-8 only: whoever reads files has decoded them, so the encoding that the
// document declares is not followed, but must be a known name.
//
// Refused (kDataLoss with a byte range): what is not well-formed, a document
// type declaration (so there are no entities but XML's five and no external
// ones), more than kMaxDepth elements in one another, an attribute over
// kMaxAttribute bytes, 2 GiB and more.
//
// One call a document, no state between calls: safe from any thread.

#ifndef PHIWIRE_FORMATS_XML_PARSER_H_
#define PHIWIRE_FORMATS_XML_PARSER_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "engine/field.h"

namespace phiwire::xml {

inline constexpr int kMaxDepth = 128;
inline constexpr std::size_t kMaxAttribute = std::size_t{1} << 20;

struct Attribute {
  std::string_view name;  // with its prefix
  // The raw value between its quotes, in the document.
  std::size_t begin = 0;
  std::size_t end = 0;
  // References decoded, line ends and tabs as blanks; lives for the event.
  std::string_view value;
};

// Events in document order. Ranges are bytes of the document.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual void Start(std::string_view name,
                     std::span<const Attribute> attributes,
                     RecordRange tag) = 0;
  // Of <a/> too, with an empty range behind the tag.
  virtual void End(RecordRange tag) = 0;
  // Character data as written: references in it are not decoded.
  virtual void Text(RecordRange raw) = 0;
  // <![CDATA[...]]>; `content` is what is inside.
  virtual void Cdata(RecordRange raw, RecordRange content) = 0;
  virtual void Comment(RecordRange raw, RecordRange content) = 0;
  // <?target content?>, without the blanks between; not the XML declaration.
  virtual void Instruction(RecordRange raw, RecordRange content) = 0;

  // Set by an event to end the parse with that error.
  const absl::Status& status() const { return status_; }

 protected:
  void Fail(absl::Status status) {
    if (status_.ok()) status_ = std::move(status);
  }

 private:
  absl::Status status_;
};

absl::Status Parse(std::string_view document, Handler& handler);

// "xml: REASON at bytes BEGIN-END": reasons are static texts.
absl::Status Refuse(std::string_view reason, std::size_t begin,
                    std::size_t end);

// "effectiveTime" of "v3:effectiveTime".
inline std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace phiwire::xml

#endif  // PHIWIRE_FORMATS_XML_PARSER_H_
