// SPDX-License-Identifier: Apache-2.0
//
// Where the records of an X12 file begin and end: each envelope segment (ISA,
// GS, GE, IEA, TA1) and each transaction set from ST to SE. Blanks, line ends
// and empty segments between them belong to none. Whatever else stands there is
// a record of its own, which the reader refuses; so is an interchange whose
// delimiters are not the file's. Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_X12_SPLITTER_H_
#define PHIWIRE_FORMATS_X12_SPLITTER_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/field.h"
#include "formats/x12/delimiters.h"

namespace phiwire::x12 {

struct SplitFile {
  std::vector<RecordRange> records;
  std::size_t certain = 0;  // the end of the last one nothing can add to
};

SplitFile SplitRecords(std::string_view file, const Delimiters& d);

// The range of a segment with its terminator; `end` is the end of `text` when
// that is missing. The length that a binary segment (BIN, BDS) declares counts.
RecordRange SegmentAt(std::string_view text, std::size_t begin,
                      const Delimiters& d);

// From `at` on: the next byte that is no blank and no line end.
std::size_t SkipBlanks(std::string_view text, std::size_t at);

}  // namespace phiwire::x12

#endif  // PHIWIRE_FORMATS_X12_SPLITTER_H_
