// SPDX-License-Identifier: Apache-2.0
//
// The front of a log line: time stamp, priority, host, level, thread, logger.
// The day of a time stamp is a DATE slot of path "time" (its hours stay, as in
// free text), a host is text of path "host", a UUID in brackets an ID slot of
// path "request_id"; levels, numbers of processes, threads and dotted names of
// classes stay. What isn't clearly one of these is left to the scan.
//
// Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_LOG_HEADER_H_
#define PHIWIRE_FORMATS_LOG_HEADER_H_

#include <cstddef>
#include <string_view>

#include "formats/log/parts.h"

namespace phiwire::log {

// A time stamp as log writers write it: a day and a time behind it.
struct Stamp {
  std::size_t day_begin = 0;
  std::size_t day_end = 0;
  std::size_t end = 0;  // 0: none
};
Stamp StampAt(std::string_view text, std::size_t at);

// Takes the front of the entry's first line, text[0, end); returns where the
// rest begins.
std::size_t TakeHeader(std::size_t end, Parts* parts);

// Puts the parts of a stamp, if one is there; its end, or `at`.
std::size_t TakeStamp(std::size_t at, Parts* parts);

// 8-4-4-4-12 hexadecimal digits.
bool IsUuid(std::string_view text);

bool IsLevel(std::string_view word);

// "    at com.acme.Ward.load(Ward.java:12)", "... 3 more": names of code.
bool IsFrame(std::string_view line);

}  // namespace phiwire::log

#endif  // PHIWIRE_FORMATS_LOG_HEADER_H_
