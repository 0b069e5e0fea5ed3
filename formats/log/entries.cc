// SPDX-License-Identifier: Apache-2.0

#include "formats/log/entries.h"

#include <cstddef>

namespace phiwire {
namespace {

// Beginnings of unindented lines that go on with the entry before them (Java,
// Python, Go and .NET stack traces).
constexpr std::string_view kContinuations[] = {
    "Caused by:",
    "Suppressed:",
    "at ",
    "... ",
    "Traceback (most recent call last)",
    "During handling of the above exception",
    "The above exception was the direct cause",
    "goroutine ",
    "--- End of ",
};
constexpr std::string_view kTraceback = "Traceback (most recent call last)";

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\v\f") == std::string_view::npos;
}

bool IsIndented(std::string_view line) {
  return line.front() == ' ' || line.front() == '\t';
}

bool ClosesBracket(std::string_view line) {
  const char c = line.front();
  return c == '}' || c == ']' || c == ')';
}

bool IsContinuation(std::string_view line) {
  if (IsIndented(line) || ClosesBracket(line)) return true;
  for (std::string_view prefix : kContinuations) {
    if (StartsWith(line, prefix)) return true;
  }
  return false;
}

// What the cutter knows of the entry it is in.
struct Entry {
  RecordRange range;
  bool open = false;
  bool traceback = false;       // a Python traceback began in it
  bool after_indented = false;  // its last line was indented
};

}  // namespace

std::vector<RecordRange> SplitLogEntries(std::string_view file) {
  std::vector<RecordRange> entries;
  Entry entry;
  for (std::size_t begin = 0; begin < file.size();) {
    std::size_t newline = file.find('\n', begin);
    if (newline == std::string_view::npos) newline = file.size();
    std::size_t end = newline;
    if (end > begin && file[end - 1] == '\r') --end;
    const std::string_view line = file.substr(begin, end - begin);
    if (!IsBlank(line)) {
      // The exception line ends a traceback: unindented, after its frames.
      const bool ends_traceback =
          entry.traceback && entry.after_indented && !IsIndented(line);
      if (entry.open && (IsContinuation(line) || ends_traceback)) {
        entry.range.end = end;
      } else {
        if (entry.open) entries.push_back(entry.range);
        entry = {{begin, end}, true, false, false};
      }
      if (line.find(kTraceback) != std::string_view::npos) {
        entry.traceback = true;
      } else if (ends_traceback) {
        entry.traceback = false;
      }
      entry.after_indented = IsIndented(line);
    }
    begin = newline + 1;
  }
  if (entry.open) entries.push_back(entry.range);
  return entries;
}

std::size_t CutBeforeLastEntry(std::string_view bytes) {
  // A line that isn't whole says nothing yet of where it belongs.
  const std::string_view lines = bytes.substr(0, bytes.rfind('\n') + 1);
  const std::vector<RecordRange> entries = SplitLogEntries(lines);
  return entries.empty() ? lines.size() : entries.back().begin;
}

}  // namespace phiwire
