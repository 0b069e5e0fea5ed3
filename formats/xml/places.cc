// SPDX-License-Identifier: Apache-2.0

#include "formats/xml/places.h"

#include <algorithm>

namespace phiwire::xml {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Behind the tag that begins at `at`: '>' may stand in quotes.
std::size_t TagEnd(std::string_view s, std::size_t at) {
  while (at < s.size() && s[at] != '>') {
    if (s[at] == '"' || s[at] == '\'') {
      at = std::min(s.find(s[at], at + 1), s.size());
      if (at == s.size()) return at;
    }
    ++at;
  }
  return std::min(at + 1, s.size());
}

std::size_t Behind(std::string_view s, std::string_view close,
                   std::size_t from) {
  const std::size_t at = s.find(close, from);
  return at == std::string_view::npos ? s.size() : at + close.size();
}

void AppendCharacter(char c, const Place& place, std::string* out) {
  const bool attribute = place.kind == PlaceKind::kAttribute;
  switch (c) {
    case '&':
      out->append("&amp;");
      return;
    case '<':
      out->append("&lt;");
      return;
    case '>':
      out->append("&gt;");
      return;
    case '\r':
      out->append("&#13;");
      return;
    default:
      break;
  }
  if (attribute && c == place.quote) {
    out->append(c == '"' ? "&quot;" : "&apos;");
  } else if (attribute && c == '\n') {
    out->append("&#10;");
  } else if (attribute && c == '\t') {
    out->append("&#9;");
  } else {
    out->push_back(c);
  }
}

bool IsControl(char c) {
  return static_cast<unsigned char>(c) < 0x20 && !IsBlank(c);
}

// The end of `out` is written so that "]]>" can't come about.
void GuardBrackets(std::string_view after, std::string* out) {
  if (!(out->ends_with("]]") && after.starts_with(">")) &&
      !(out->ends_with("]") && after.starts_with("]>"))) {
    return;
  }
  out->pop_back();
  out->append("&#93;");
}

// In places without references a blank breaks what would end them.
void AppendPlain(std::string_view text, std::string_view close, bool doubled,
                 std::string_view after, std::string* out) {
  const char last = close.back();
  const std::string_view front = close.substr(0, close.size() - 1);
  const auto guard = [&](char next) {
    if (next == last && out->ends_with(front)) out->push_back(' ');
  };
  for (const char c : text) {
    guard(c);
    out->push_back(IsControl(c) ? ' ' : c);
  }
  if (!after.empty()) {
    if (close.size() == 3 && out->ends_with(close[0]) &&
        after.starts_with(close.substr(1))) {
      out->push_back(' ');
    }
    guard(after.front());
  } else if (doubled && out->ends_with(last)) {
    out->push_back(' ');
  }
}

}  // namespace

bool Places::Advance(std::size_t to) {
  while (whole_.end <= to) {
    const std::size_t at = whole_.end;
    if (at >= document_.size()) return false;
    const std::string_view rest = document_.substr(at);
    std::size_t end = 0;
    if (rest.front() != '<') {
      piece_ = Piece::kText;
      end = std::min(document_.find('<', at), document_.size());
      content_ = {at, end};
    } else if (rest.starts_with("<!--")) {
      piece_ = Piece::kComment;
      end = Behind(document_, "-->", at + 4);
      content_ = {at + 4, end - 3};
    } else if (rest.starts_with("<![CDATA[")) {
      piece_ = Piece::kCdata;
      end = Behind(document_, "]]>", at + 9);
      content_ = {at + 9, end - 3};
    } else if (rest.starts_with("<?")) {
      piece_ = Piece::kOther;
      end = Behind(document_, "?>", at + 2);
      content_ = {at + 2, end - 2};
    } else {
      piece_ = Piece::kTag;
      // No '<' stands in a tag: one that ends before `to` is skipped with the
      // text behind it.
      end = std::min(document_.find('<', at + 1), document_.size());
      if (end > to) end = TagEnd(document_, at + 1);
      content_ = {at, end};
    }
    whole_ = {at, end};
  }
  return true;
}

bool Places::FindAttribute(RecordRange range, Place* place) const {
  const std::string_view tag = document_.substr(0, whole_.end);
  std::size_t at = whole_.begin + 1;
  while (at < tag.size() && !IsBlank(tag[at])) ++at;
  while (true) {
    const std::size_t blanks = at;
    while (at < tag.size() && IsBlank(tag[at])) ++at;
    const std::size_t name = at;
    const std::size_t open = tag.find_first_of("\"'", at);
    if (open == std::string_view::npos || open >= range.begin + 1) return false;
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) return false;
    at = close + 1;
    if (range.begin > close) continue;
    if (range.end > close) return false;
    place->kind = PlaceKind::kAttribute;
    place->content = {open + 1, close};
    place->attribute = {blanks, close + 1};
    place->name = tag.substr(name, tag.find_first_of("= \t\r\n", name) - name);
    place->tag = whole_;
    place->quote = tag[open];
    return true;
  }
}

bool Places::Find(RecordRange range, Place* place) {
  if (!Advance(range.begin)) return false;
  if (piece_ == Piece::kTag) return FindAttribute(range, place);
  constexpr PlaceKind kKinds[] = {PlaceKind::kText, PlaceKind::kText,
                                  PlaceKind::kCdata, PlaceKind::kComment,
                                  PlaceKind::kInstruction};
  place->kind = kKinds[static_cast<std::size_t>(piece_)];
  place->content = content_;
  return range.begin >= content_.begin && range.end <= content_.end;
}

void AppendEscaped(std::string_view text, const Place& place,
                   std::string_view after, std::string* out) {
  switch (place.kind) {
    case PlaceKind::kCdata:
      return AppendPlain(text, "]]>", false, after, out);
    case PlaceKind::kComment:
      return AppendPlain(text, "--", true, after, out);
    case PlaceKind::kInstruction:
      return AppendPlain(text, "?>", false, after, out);
    case PlaceKind::kText:
    case PlaceKind::kAttribute:
      break;
  }
  for (const char c : text) {
    if (IsControl(c)) {
      out->push_back(' ');
    } else {
      AppendCharacter(c, place, out);
    }
  }
  if (place.kind == PlaceKind::kText) GuardBrackets(after, out);
}

}  // namespace phiwire::xml
