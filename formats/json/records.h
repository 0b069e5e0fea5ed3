// SPDX-License-Identifier: Apache-2.0
//
// How a file of JSON falls into records: one value a line (NDJSON), or one
// value that is the whole file, however it is laid out. The first line that is
// not blank says which: when it holds a whole value and more follows, every
// line is a record. Byte order marks, blank lines and line ends lie between
// records and are copied.
//
// Pure functions.

#ifndef PHIWIRE_FORMATS_JSON_RECORDS_H_
#define PHIWIRE_FORMATS_JSON_RECORDS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/field.h"

namespace phiwire::json {

enum class Layout {
  kUnknown,  // `head` ends within the first line
  kLines,
  kWhole,
};

// By the first bytes of a file; `whole`: that is all of it.
Layout LayoutOf(std::string_view head, bool whole);

// None when there is nothing but white space.
std::vector<RecordRange> SplitRecords(std::string_view file, Layout layout);

// Behind the last line end; 0: none.
std::size_t CutLines(std::string_view bytes);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_RECORDS_H_
