// SPDX-License-Identifier: Apache-2.0

#include "formats/markup/tags.h"

#include <algorithm>

namespace phiwire::markup {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool StartsWith(std::string_view text, std::string_view front) {
  return text.substr(0, front.size()) == front;
}

// Reads one tag; every method says where it stopped, npos for the end.
class TagReader {
 public:
  TagReader(std::string_view markup, OpenTag& tag)
      : markup_(markup), tag_(tag) {}

  std::size_t Read(std::size_t at) {
    std::size_t end = at;
    while (end < markup_.size() && !EndsName(markup_[end])) ++end;
    tag_.name = {at, end};
    at = end;
    while (true) {
      while (at < markup_.size() &&
             (IsSpace(markup_[at]) || markup_[at] == '/'))
        ++at;
      if (at >= markup_.size()) return kNone;
      if (markup_[at] == '>') return at + 1;
      at = Attribute(at);
      if (at == kNone) return kNone;
    }
  }

 private:
  static bool EndsName(char c) { return IsSpace(c) || c == '/' || c == '>'; }

  std::size_t Attribute(std::size_t at) {
    TagAttribute attribute;
    attribute.name.begin = at;
    ++at;  // a '=' at the front is part of the name
    while (at < markup_.size() && !EndsName(markup_[at]) && markup_[at] != '=')
      ++at;
    attribute.name.end = at;
    attribute.value = {at, at};
    const std::size_t equals = SkipSpace(at);
    if (equals < markup_.size() && markup_[equals] == '=') {
      at = Value(SkipSpace(equals + 1), &attribute);
    }
    if (at != kNone) tag_.attributes.push_back(attribute);
    return at;
  }

  std::size_t Value(std::size_t at, TagAttribute* attribute) {
    if (at >= markup_.size()) return kNone;
    const char quote = markup_[at];
    if (quote == '"' || quote == '\'') {
      const std::size_t close = markup_.find(quote, at + 1);
      if (close == kNone) return kNone;
      attribute->value = {at + 1, close};
      attribute->quoted = true;
      return close + 1;
    }
    std::size_t end = at;
    while (end < markup_.size() && !IsSpace(markup_[end]) &&
           markup_[end] != '>')
      ++end;
    attribute->value = {at, end};
    return end;
  }

  std::size_t SkipSpace(std::size_t at) const {
    while (at < markup_.size() && IsSpace(markup_[at])) ++at;
    return at;
  }

  std::string_view markup_;
  OpenTag& tag_;
};

}  // namespace

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::size_t ReadTag(std::string_view markup, std::size_t at, OpenTag* tag) {
  tag->attributes.clear();
  return TagReader(markup, *tag).Read(at);
}

RecordRange CommentInside(std::string_view markup, std::size_t at) {
  const std::size_t begin = at + 4;
  const std::string_view rest = markup.substr(begin);
  if (StartsWith(rest, ">")) return {begin, begin};
  if (StartsWith(rest, "->")) return {begin, begin};
  for (std::size_t close = markup.find('>', begin); close != kNone;
       close = markup.find('>', close + 1)) {
    const std::string_view before = markup.substr(begin, close - begin);
    if (before.size() >= 2 && before.substr(before.size() - 2) == "--") {
      return {begin, close - 2};
    }
    if (before.size() >= 3 && before.substr(before.size() - 3) == "--!") {
      return {begin, close - 3};
    }
  }
  return {begin, markup.size()};
}

bool IsStandardDoctype(std::string_view inside) {
  constexpr std::string_view kDoctype = "doctype";
  if (!EqualsIgnoringCase(inside.substr(0, kDoctype.size()), kDoctype)) {
    return false;
  }
  inside.remove_prefix(kDoctype.size());
  constexpr std::string_view kWords[] = {"html", "public", "system"};
  constexpr std::string_view kIdentifiers[] = {
      "-//W3C//DTD ", "-//IETF//DTD HTML", "http://www.w3.org/TR/",
      "about:legacy-compat"};
  for (std::size_t at = 0; at < inside.size();) {
    if (IsSpace(inside[at])) {
      ++at;
      continue;
    }
    const char quote = inside[at];
    const bool quoted = quote == '"' || quote == '\'';
    const std::size_t begin = quoted ? at + 1 : at;
    std::size_t end = begin;
    while (end < inside.size() &&
           (quoted ? inside[end] != quote : IsLetter(inside[end])))
      ++end;
    const std::string_view word = inside.substr(begin, end - begin);
    const auto fits = [word, quoted](std::string_view known) {
      return quoted ? StartsWith(word, known) && word.size() < 80
                    : EqualsIgnoringCase(word, known);
    };
    if (quoted ? std::none_of(std::begin(kIdentifiers), std::end(kIdentifiers),
                              fits)
               : std::none_of(std::begin(kWords), std::end(kWords), fits)) {
      return false;
    }
    at = quoted ? std::min(end + 1, inside.size()) : end;
  }
  return true;
}

}  // namespace phiwire::markup
