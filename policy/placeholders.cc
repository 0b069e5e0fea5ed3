// SPDX-License-Identifier: Apache-2.0

#include "policy/placeholders.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "base/strings.h"
#include "phiwire/types.h"

namespace phiwire {
namespace {

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

constexpr std::size_t kLongest = 64;  // "[TYPE_18446744073709551615]" is less

// The placeholder that begins at `at`: "[TYPE]", "[TYPE_12]"; empty when there
// is none.
Range PlaceholderAt(std::string_view text, std::size_t at) {
  const std::string_view reach = text.substr(at, kLongest);
  const std::size_t close = reach.find(']');
  if (close == std::string_view::npos) return {at, at};
  std::string_view inside = reach.substr(1, close - 1);
  const std::size_t mark = inside.find('_');
  if (mark != std::string_view::npos) {
    const std::size_t digits = DigitsAt(inside, mark + 1);
    if (digits == 0 || mark + 1 + digits != inside.size()) return {at, at};
    inside = inside.substr(0, mark);
  }
  return ParseType(inside) ? Range{at, at + close + 1} : Range{at, at};
}

std::vector<Range> FindPlaceholders(std::string_view text) {
  std::vector<Range> found;
  for (std::size_t at = text.find('['); at != std::string_view::npos;
       at = text.find('[', at + 1)) {
    const Range range = PlaceholderAt(text, at);
    if (range.begin == range.end) continue;
    found.push_back(range);
    at = range.end - 1;
  }
  return found;
}

// Whether a letter or digit is in it.
bool HasContent(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

void TrimBegin(std::string_view text, Finding* f) {
  while (f->begin < f->end && !HasContent(text.substr(f->begin, 1))) {
    ++f->begin;
  }
}

void TrimEnd(std::string_view text, Finding* f) {
  while (f->begin < f->end && !HasContent(text.substr(f->end - 1, 1))) {
    --f->end;
  }
}

}  // namespace

void LeaveOutPlaceholders(std::string_view text,
                          std::vector<Finding>* findings) {
  if (findings->empty() || text.find('[') == std::string_view::npos) return;
  const std::vector<Range> placeholders = FindPlaceholders(text);
  if (placeholders.empty()) return;
  for (Finding& f : *findings) {
    auto p = std::upper_bound(
        placeholders.begin(), placeholders.end(), f.begin,
        [](std::size_t at, const Range& range) { return at < range.end; });
    for (; p != placeholders.end() && p->begin < f.end; ++p) {
      if (p->begin <= f.begin) {
        f.begin = std::min(p->end, f.end);
        TrimBegin(text, &f);
      } else if (p->end >= f.end) {
        f.end = p->begin;
        TrimEnd(text, &f);
      }
    }
  }
  std::erase_if(*findings, [](const Finding& f) { return f.begin >= f.end; });
}

void LeaveOutPlaceholders(std::string_view record,
                          std::vector<KnownValue>* known) {
  if (record.find('[') == std::string_view::npos) return;
  std::erase_if(*known, [record](const KnownValue& k) {
    const std::string_view value = k.value;
    if (value.starts_with('[')) {
      const Range range = PlaceholderAt(value, 0);
      return range.end == value.size();
    }
    return ParseType(value).has_value() &&
           record.find(Concat({"[", value, "]"})) != std::string_view::npos;
  });
}

}  // namespace phiwire
