// SPDX-License-Identifier: Apache-2.0
//
// Writes edits into mark-up: what could end the place they stand in becomes a
// character reference, and in an attribute's value without quotes a blank
// becomes '_'. Every byte outside an edit is copied.

#ifndef PHIWIRE_FORMATS_MARKUP_SPLICE_MARKUP_H_
#define PHIWIRE_FORMATS_MARKUP_SPLICE_MARKUP_H_

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "base/status_macros.h"
#include "formats/markup/references.h"
#include "formats/markup/tags.h"
#include "formats/markup/xhtml_text.h"
#include "formats/splice.h"

namespace phiwire::markup {

inline void FillBlanks(const std::vector<RecordRange>& unquoted,
                       std::vector<Edit>* edits) {
  auto range = unquoted.begin();
  for (Edit& edit : *edits) {
    while (range != unquoted.end() && range->end <= edit.begin) ++range;
    if (range == unquoted.end()) return;
    if (edit.begin < range->begin) continue;
    std::replace_if(edit.text.begin(), edit.text.end(), IsSpace, '_');
  }
}

// decode(record, XhtmlText*) reads the record; it is called only where a
// replacement has a blank in it.
template <typename Decode>
absl::StatusOr<std::string> SpliceMarkup(std::string_view record,
                                         std::span<const Edit> edits,
                                         Decode decode) {
  const auto escape = [](std::string_view text, std::string& out) {
    AppendReferences(text, &out);
  };
  if (std::none_of(edits.begin(), edits.end(), [](const Edit& edit) {
        return std::any_of(edit.text.begin(), edit.text.end(), IsSpace);
      })) {
    return SpliceEdits(record, edits, escape);
  }
  PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
  XhtmlText read;
  PHIWIRE_RETURN_IF_ERROR(decode(record, &read));
  std::vector<Edit> safe(edits.begin(), edits.end());
  FillBlanks(read.unquoted, &safe);
  return SpliceEdits(record, safe, escape);
}

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_SPLICE_MARKUP_H_
