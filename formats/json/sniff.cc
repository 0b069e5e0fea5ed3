// SPDX-License-Identifier: Apache-2.0

#include "formats/json/sniff.h"

#include <cstddef>

#include "formats/json/document.h"
#include "formats/json/records.h"

namespace phiwire::json {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

void Skip(std::string_view* s) {
  const std::size_t begin = s->find_first_not_of(kBlanks);
  s->remove_prefix(begin == std::string_view::npos ? s->size() : begin);
}

// A string's end; npos when it is cut.
std::size_t StringEnd(std::string_view s) {
  for (std::size_t i = 1; i < s.size(); ++i) {
    if (s[i] == '\\') {
      ++i;
    } else if (s[i] == '"') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

// A front of JSON without a whole first line: its first member or element.
bool BeginsAsJson(std::string_view s) {
  const bool object = s.front() == '{';
  s.remove_prefix(1);
  Skip(&s);
  if (s.empty()) return true;
  if (!object) {
    constexpr std::string_view kValue = "{[\"-0123456789tfn]";
    return kValue.find(s.front()) != std::string_view::npos &&
           (s.front() == '{' ? BeginsAsJson(s) : true);
  }
  if (s.front() == '}') return true;
  if (s.front() != '"') return false;
  const std::size_t end = StringEnd(s);
  if (end == std::string_view::npos) return true;
  s.remove_prefix(end);
  Skip(&s);
  return s.empty() || s.front() == ':';
}

}  // namespace

bool LooksLikeJson(std::string_view head) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (head.starts_with(kBom)) head.remove_prefix(kBom.size());
  Skip(&head);
  if (head.empty() || (head.front() != '{' && head.front() != '[')) {
    return false;
  }
  // "[INFO] started" begins as JSON does not.
  if (LayoutOf(head, false) == Layout::kLines) {
    const auto lines = SplitRecords(head, Layout::kLines);
    return !lines.empty() &&
           Parse(head.substr(lines[0].begin, lines[0].end - lines[0].begin))
               .ok();
  }
  return BeginsAsJson(head);
}

}  // namespace phiwire::json
