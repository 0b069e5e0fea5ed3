// SPDX-License-Identifier: Apache-2.0

#include "formats/html/sniff.h"

#include <cstddef>

#include "formats/markup/names.h"
#include "formats/markup/tags.h"

namespace phiwire {
namespace {

using markup::EqualsIgnoringCase;
using markup::IsSpace;

constexpr std::size_t kNone = std::string_view::npos;

bool Starts(std::string_view text, std::string_view front) {
  return EqualsIgnoringCase(text.substr(0, front.size()), front);
}

// The head from its first byte that is no byte order mark, white space,
// comment or XML declaration.
std::string_view Front(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (true) {
    while (!head.empty() && IsSpace(head.front())) head.remove_prefix(1);
    std::string_view close;
    if (head.starts_with("<!--")) {
      close = "-->";
    } else if (head.starts_with("<?")) {
      close = ">";
    } else {
      return head;
    }
    const std::size_t end = head.find(close);
    if (end == kNone) return {};
    head.remove_prefix(end + close.size());
  }
}

std::size_t NameEnd(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         (markup::IsLetter(text[at]) || (text[at] >= '0' && text[at] <= '9'))) {
    ++at;
  }
  return at;
}

// The known element whose tag begins at `at`: "<p>", "<td ", "</b>".
bool IsTag(std::string_view text, std::size_t at) {
  const std::size_t end = NameEnd(text, at);
  if (end == text.size() ||
      (!IsSpace(text[end]) && text[end] != '>' && text[end] != '/')) {
    return false;
  }
  return markup::ElementOf(text.substr(at, end - at)) !=
         markup::Element::kUnknown;
}

// A whole tag of another vocabulary: "<paragraph>". Office programs put tags
// with prefixes into HTML.
bool IsForeign(std::string_view text, std::size_t at) {
  const std::size_t end = NameEnd(text, at);
  return end < text.size() && (IsSpace(text[end]) || text[end] == '>');
}

}  // namespace

bool LooksLikeHtml(std::string_view head) {
  head = Front(head);
  if (Starts(head, "<!doctype")) {
    head.remove_prefix(9);
    while (!head.empty() && IsSpace(head.front())) head.remove_prefix(1);
    return Starts(head, "html") && NameEnd(head, 0) == 4;
  }
  return Starts(head, "<html") && NameEnd(head, 1) == 5;
}

bool LooksLikeHtmlFragment(std::string_view head) {
  head = Front(head);
  if (!head.starts_with('<') || !IsTag(head, 1)) return false;
  bool closed = false;
  for (std::size_t at = 0; at != kNone; at = head.find('<', at + 1)) {
    const bool closes = head.substr(at + 1).starts_with('/');
    const std::size_t name = at + (closes ? 2 : 1);
    if (name >= head.size() || !markup::IsLetter(head[name])) continue;
    if (IsTag(head, name)) {
      closed = closed || closes;
    } else if (IsForeign(head, name)) {
      return false;
    }
  }
  return closed;
}

}  // namespace phiwire
