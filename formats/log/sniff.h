// SPDX-License-Identifier: Apache-2.0
//
// Whether a file is a log, by its first lines. Conservative: a note that begins
// its lines with times must stay a note, or its memory of names is cut into
// lines. So a time stamp alone says nothing; what speaks for a log is a level
// behind it, a request in quotes, syslog's priority, or key=value pairs with a
// level or message among them, on nearly every line and three at least.

#ifndef PHIWIRE_FORMATS_LOG_SNIFF_H_
#define PHIWIRE_FORMATS_LOG_SNIFF_H_

#include <string_view>

namespace phiwire {

// `head`: the first bytes of a file; may be cut anywhere.
bool LooksLikeLog(std::string_view head);

// Lines of JSON objects, each with a time and a level by their usual names.
bool LooksLikeJsonLog(std::string_view head);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_LOG_SNIFF_H_
