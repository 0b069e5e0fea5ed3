// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/sniff.h"

#include <algorithm>
#include <cstddef>

#include "formats/ccda/reader.h"
#include "formats/xml/parser.h"

namespace phiwire::ccda {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r\n";

bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Takes white space, comments, instructions and a DOCTYPE off the front.
std::string_view SkipProlog(std::string_view s) {
  if (s.starts_with(kBom)) s.remove_prefix(kBom.size());
  while (true) {
    s.remove_prefix(std::min(s.find_first_not_of(kBlanks), s.size()));
    std::string_view close;
    if (s.starts_with("<!--")) {
      close = "-->";
    } else if (s.starts_with("<?")) {
      close = "?>";
    } else if (s.starts_with("<!")) {
      close = ">";
    } else {
      return s;
    }
    const std::size_t end = s.find(close, 2);
    if (end == std::string_view::npos) return {};
    s.remove_prefix(end + close.size());
  }
}

bool IsHtml(std::string_view root) {
  constexpr std::string_view kHtml = "html";
  return root.size() == kHtml.size() &&
         std::equal(root.begin(), root.end(), kHtml.begin(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

}  // namespace

std::string_view RootName(std::string_view head) {
  const std::string_view s = SkipProlog(head);
  if (s.size() < 2 || s[0] != '<' || !IsNameStart(s[1])) return {};
  const std::size_t end = s.find_first_of(" \t\r\n/>", 1);
  if (end == std::string_view::npos) return {};
  return xml::LocalName(s.substr(1, end - 1));
}

bool LooksLikeCcda(std::string_view head) {
  const std::string_view root = RootName(head);
  return !root.empty() && !IsHtml(root) && IsHl7V3(head, root);
}

bool LooksLikeXml(std::string_view head) {
  const std::string_view root = RootName(head);
  if (IsHtml(root)) return false;
  if (head.starts_with(kBom)) head.remove_prefix(kBom.size());
  head.remove_prefix(std::min(head.find_first_not_of(kBlanks), head.size()));
  return head.starts_with("<?xml") || !root.empty();
}

}  // namespace phiwire::ccda
