// SPDX-License-Identifier: Apache-2.0
//
// (X)HTML as people read it, with a map back to the bytes. Tag soup is read
// by the HTML standard's tokenizer rules (its section 13.2.5), in one pass,
// without a tree: any nesting, any size, linear time.
//
//   "<p>John<b>son</b> &lt;1</p>"    running text "Johnson <1\n"
//
// `text` is the running text: inline tags are gaps, blocks and <br> line ends,
// cells tabs; white space outside <pre> reads as one blank.
// `aside` is all other text, a line a piece: attribute values (and the names
// of attributes and elements that HTML doesn't know), comments, <script>,
// <style>, processing instructions. `data_urls` are base64 payloads.
// Nothing else is left but known names, and values that only say how things
// look (names.h).
//
// The two texts interleave: each is a gap of the other, as is a data URL of
// both, so the edits of all are disjoint once they are sorted by begin.
//
// A tag that the input ends in is text, as are all bytes behind its '<'.
// Offsets are those of `markup` plus `base`: a caller whose markup is itself
// decoded (FHIR's Narrative) composes the maps. Stateless, thread-safe.
//
// Errors: kOutOfRange when base + size doesn't fit 32 bits.

#ifndef PHIWIRE_FORMATS_MARKUP_XHTML_TEXT_H_
#define PHIWIRE_FORMATS_MARKUP_XHTML_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/decoded_text.h"
#include "engine/field.h"

namespace phiwire::markup {

// The payload of "data:image/png;base64,...".
struct DataUrl {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string media_type;  // lower case; may be empty
};

struct XhtmlText {
  DecodedText text;
  DecodedText aside;
  RecordRange aside_range;  // its first piece's begin to its last one's end
  std::vector<DataUrl> data_urls;
  // Attribute values without quotes: a replacement there must have no blank.
  std::vector<RecordRange> unquoted;
};

absl::Status DecodeXhtml(std::string_view markup, std::size_t base,
                         XhtmlText* out);

// The texts of mark-up at [begin, end) as fields sorted by begin; see below.
void AppendFields(XhtmlText decoded, RecordRange range, std::string_view path,
                  std::vector<Field>* fields);

// The fields of one piece of mark-up at [base, base + markup.size()), sorted
// by begin: running text (path `path`), what stands aside (path + "/@"), and
// data URLs (kDocument).
absl::Status AppendXhtmlFields(std::string_view markup, std::size_t base,
                               std::string_view path,
                               std::vector<Field>* fields);

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_XHTML_TEXT_H_
