// SPDX-License-Identifier: Apache-2.0
//
// What a document falls into, collected in order and given out as fields: the
// running text, the text aside, the slots of its properties, stretches of
// data. One object a document; not thread-safe.

#ifndef PHIWIRE_FORMATS_RTF_PARTS_H_
#define PHIWIRE_FORMATS_RTF_PARTS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/format.h"
#include "formats/rtf/stream.h"
#include "formats/rtf/words.h"

namespace phiwire::rtf {

class Parts {
 public:
  Stream main;
  Stream aside;
  Stream slot;  // of the group being read

  // The slot's text is complete: of which destination, by which word.
  void EndSlot(Word destination, std::string_view name);

  // The number of a date's control word.
  void AddDatePart(RecordRange number, std::string_view name);

  // Hexadecimal or binary bytes; those in a row are one document.
  void AddData(std::string_view record, RecordRange range,
               std::string_view media_type);
  void EndData();

  RecordFields Finish();

 private:
  void AddText(std::string_view path, Stream& stream);

  RecordFields out_;
  RecordRange data_;  // none when its end is 0
  std::string media_type_;
};

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_PARTS_H_
