// SPDX-License-Identifier: Apache-2.0

#include "formats/json/records.h"

#include <algorithm>

namespace phiwire::json {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

std::size_t SkipBom(std::string_view file) {
  return file.starts_with(kBom) ? kBom.size() : 0;
}

// Whether the brackets of a line are closed and its strings ended: what the
// line lacks else comes on the next ones.
bool IsClosed(std::string_view line) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth > 0) --depth;
    }
  }
  return depth == 0 && !in_string;
}

void Add(std::string_view file, std::size_t begin, std::size_t end,
         std::vector<RecordRange>* out) {
  const std::string_view line = file.substr(begin, end - begin);
  const std::size_t first = line.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return;
  const std::size_t last = line.find_last_not_of(kBlanks);
  out->push_back({begin + first, begin + last + 1});
}

}  // namespace

Layout LayoutOf(std::string_view head, bool whole) {
  head.remove_prefix(SkipBom(head));
  const std::size_t begin = head.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) {
    return whole ? Layout::kWhole : Layout::kUnknown;
  }
  const std::size_t end = head.find('\n', begin);
  if (end == std::string_view::npos) {
    return whole ? Layout::kWhole : Layout::kUnknown;
  }
  if (!IsClosed(head.substr(begin, end - begin))) return Layout::kWhole;
  // "1\n" is one value; so it is with more white space behind it.
  const bool more =
      head.find_first_not_of(kBlanks, end) != std::string_view::npos;
  if (!more && !whole) return Layout::kUnknown;
  return more ? Layout::kLines : Layout::kWhole;
}

std::vector<RecordRange> SplitRecords(std::string_view file, Layout layout) {
  std::vector<RecordRange> out;
  const std::size_t begin = SkipBom(file);
  if (layout == Layout::kUnknown) layout = LayoutOf(file, true);
  if (layout == Layout::kWhole) {
    Add(file, begin, file.size(), &out);
    return out;
  }
  for (std::size_t at = begin; at < file.size();) {
    const std::size_t end = std::min(file.find('\n', at), file.size());
    Add(file, at, end, &out);
    at = end + 1;
  }
  return out;
}

std::size_t CutLines(std::string_view bytes) {
  return bytes.rfind('\n') + 1;  // npos + 1 is 0
}

}  // namespace phiwire::json
