// SPDX-License-Identifier: Apache-2.0

#include "formats/log/sniff.h"

#include <algorithm>
#include <cstddef>
#include <initializer_list>

#include "base/ascii.h"
#include "formats/log/header.h"

namespace phiwire {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMostLines = 50;
constexpr std::size_t kFewest = 3;
constexpr std::size_t kLookedAt = 160;  // bytes of a line

bool HasLevel(std::string_view text) {
  std::size_t at = 0;
  for (int words = 0; words < 6 && at < text.size(); ++words) {
    at = text.find_first_not_of(" [(|-", at);
    if (at == kNone) return false;
    const std::size_t end =
        std::min(text.find_first_of(" ])|", at), text.size());
    if (log::IsLevel(text.substr(at, end - at))) return true;
    at = end;
  }
  return false;
}

bool IsSyslog(std::string_view line) {
  if (line.size() < 4 || line[0] != '<') return false;
  const std::size_t digits = DigitsAt(line, 1);
  return digits >= 1 && digits <= 3 && line.substr(1 + digits, 1) == ">";
}

bool IsLogfmt(std::string_view line) {
  if (line.find('=') == kNone) return false;  // most prose
  const bool message =
      line.find("msg=") != kNone || line.find("message=") != kNone;
  return message &&
         (line.find("level=") != kNone || line.find("lvl=") != kNone ||
          line.find("severity=") != kNone);
}

bool IsLogLine(std::string_view line) {
  line = line.substr(0, kLookedAt);
  if (IsSyslog(line) || IsLogfmt(line)) return true;
  const std::size_t open = line.find('[') == kNone ? kNone : line.find(" [");
  if (open != kNone && log::StampAt(line, open + 2).end != 0 &&
      line.find("] \"", open) != kNone) {
    return true;
  }
  const std::size_t begin = !line.empty() && line[0] == '[' ? 1 : 0;
  const log::Stamp stamp = log::StampAt(line, begin);
  return stamp.end != 0 && HasLevel(line.substr(stamp.end));
}

}  // namespace

namespace {

// Calls `is_line` for the lines of `head` that begin something; whether nearly
// all of them, and `fewest`, are what it looks for.
template <typename IsLine>
bool MostLines(std::string_view head, std::size_t fewest, IsLine is_line) {
  std::size_t lines = 0;
  std::size_t found = 0;
  for (std::size_t at = 0; at < head.size() && lines < kMostLines;) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    at = end + 1;
    // Lines that go on with the entry before them say nothing, and a line
    // that is cut off by the end of `head` little.
    const bool goes_on = !line.empty() && (line[0] == ' ' || line[0] == '\t');
    const bool cut = end == head.size() && lines > fewest;
    if (line.empty() || goes_on || cut || line == "\r") continue;
    ++lines;
    if (is_line(line)) ++found;
  }
  return found >= fewest && found * 10 >= lines * 8;
}

bool HasOneOf(std::string_view line,
              std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return line.find(name) != kNone;
  });
}

bool IsJsonLogLine(std::string_view line) {
  return line[0] == '{' &&
         HasOneOf(line, {"\"level\":", "\"severity\":", "\"lvl\":",
                         "\"levelname\":", "\"log.level\":"}) &&
         HasOneOf(line, {"\"ts\":", "\"time\":", "\"timestamp\":",
                         "\"@timestamp\":", "\"asctime\":"});
}

}  // namespace

bool LooksLikeLog(std::string_view head) {
  return MostLines(head, kFewest, IsLogLine);
}

bool LooksLikeJsonLog(std::string_view head) {
  return MostLines(head, 1, IsJsonLogLine);
}

}  // namespace phiwire
