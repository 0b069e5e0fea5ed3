// SPDX-License-Identifier: Apache-2.0

#include "formats/markdown/sniff.h"

#include <algorithm>
#include <cstddef>

#include "formats/markup/tags.h"

namespace phiwire {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// "## History": a letter follows, so that "# 3" is none.
bool IsHeading(std::string_view line) {
  const std::size_t marks = line.find_first_not_of('#');
  if (marks == kNone || marks == 0 || marks > 6) return false;
  if (line[marks] != ' ' || marks + 1 >= line.size()) return false;
  const char c = line[marks + 1];
  return markup::IsLetter(c) || c == '*' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// "**word**"
bool HasBold(std::string_view line) {
  const std::size_t open = line.find("**");
  if (open == kNone || open + 2 >= line.size() ||
      !markup::IsLetter(line[open + 2])) {
    return false;
  }
  const std::size_t close = line.find("**", open + 3);
  return close != kNone && line[close - 1] != ' ';
}

// "[text](http..."
bool HasLink(std::string_view line) {
  const std::size_t at = line.find("](");
  if (at == kNone || line.find(')', at) == kNone) return false;
  const std::string_view target = line.substr(at + 2);
  return line.substr(0, at).find('[') != kNone &&
         (target.starts_with("http") || target.starts_with("mailto:") ||
          target.starts_with("./") || target.starts_with("#"));
}

// "|---|:--|"
bool IsTableRule(std::string_view line) {
  return line.find('|') != kNone && line.find("--") != kNone &&
         line.find_first_not_of("|-: \t") == kNone;
}

bool IsFence(std::string_view line) { return line.starts_with("```"); }

// Lines that `is_sign` says are one, at most `most`; each of them has `mark` in
// it, so that a text without is not looked at line by line.
template <typename IsSign>
int Count(std::string_view head, std::string_view mark, int most,
          IsSign is_sign) {
  int count = 0;
  std::size_t begin = 0;
  for (std::size_t at = head.find(mark); at != kNone && count < most;
       at = head.find(mark, begin)) {
    const std::string_view before = head.substr(begin, at - begin);
    const std::size_t line_end = before.rfind('\n');
    if (line_end != kNone) begin += line_end + 1;
    const std::size_t end = std::min(head.size(), head.find('\n', at));
    std::string_view line = head.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    count += is_sign(line) ? 1 : 0;
    begin = std::min(head.size(), end + 1);
  }
  return count;
}

}  // namespace

int MarkdownSigns(std::string_view head) {
  bool front = head.starts_with("---\n") || head.starts_with("---\r\n");
  front = front && head.find("\n---", 4) != kNone;
  return Count(head, "#", 1, IsHeading) + Count(head, "**", 1, HasBold) +
         Count(head, "](", 1, HasLink) + Count(head, "|", 1, IsTableRule) +
         int{front} + Count(head, "```", 2, IsFence) / 2;
}

}  // namespace phiwire
