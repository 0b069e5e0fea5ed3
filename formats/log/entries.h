// SPDX-License-Identifier: Apache-2.0
//
// Where log entries begin and end. An entry is a line plus the lines that
// continue it: indented lines, "Caused by:" and the like, the lines of a
// traceback, and the closing bracket of a pretty-printed value. A line that
// is none of these begins an entry, so cutting needs no look-ahead but one
// line, and a stream is cut as a file is.

#ifndef PHIWIRE_FORMATS_LOG_ENTRIES_H_
#define PHIWIRE_FORMATS_LOG_ENTRIES_H_

#include <string_view>
#include <vector>

#include "engine/field.h"

namespace phiwire {

// Entries in order, without their last line end; blank lines between entries
// belong to none.
std::vector<RecordRange> SplitLogEntries(std::string_view file);

// The size of the entries that no further bytes can add to: all but the last.
std::size_t CutBeforeLastEntry(std::string_view bytes);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_LOG_ENTRIES_H_
