// SPDX-License-Identifier: Apache-2.0

#include "formats/markup/aside.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "formats/markup/names.h"
#include "formats/markup/references.h"
#include "formats/markup/xhtml_text.h"

namespace phiwire::markup {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kBase64Mark = ";base64,";
// "data:" and a media type with parameters stand before the mark.
constexpr std::size_t kLongestMediaType = 128;

bool IsBase64(char c) {
  return IsDigit(c) || IsLetter(c) || c == '+' || c == '/' || c == '=' ||
         c == '-' || c == '_' || c == '%';
}

// "image/png" of "...data:image/png;charset=x"; false when no data URL.
bool MediaTypeBefore(std::string_view text, std::string* type) {
  if (text.size() > kLongestMediaType) {
    text.remove_prefix(text.size() - kLongestMediaType);
  }
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::size_t data = lower.rfind("data:");
  if (data == std::string::npos) return false;
  *type = lower.substr(data + 5);
  type->resize(std::min(type->size(), type->find(';')));
  return true;
}

}  // namespace

std::size_t SchemeSize(std::string_view value) {
  for (const std::string_view scheme : {"mailto:", "tel:", "sms:", "fax:"}) {
    if (EqualsIgnoringCase(value.substr(0, scheme.size()), scheme)) {
      return scheme.size();
    }
  }
  return 0;
}

void AsideText::Begin(std::size_t begin) {
  if (!any_) {
    any_ = true;
    out_.aside_range.begin = base_ + begin;
  } else if (joint_ == ':') {
    out_.aside.Put(": ", base_ + end_);
    out_.aside.Gap(base_ + end_, base_ + begin);
  } else {
    out_.aside.Separate(joint_, base_ + end_, base_ + begin);
  }
  joint_ = '\n';
}

void AsideText::Raw(std::size_t begin, std::size_t end) {
  if (begin == end) return;
  Stretch(begin, end, false);
}

void AsideText::Take(const TagAttribute& attribute) {
  const RecordRange& value = attribute.value;
  const std::string_view name = markup_.substr(
      attribute.name.begin, attribute.name.end - attribute.name.begin);
  const std::string_view raw =
      markup_.substr(value.begin, value.end - value.begin);
  const Attribute kind = AttributeOf(name);
  if (kind == Attribute::kLook && IsLook(raw)) return;
  if (kind == Attribute::kNamespace && IsStandardUri(raw)) return;
  if (kind == Attribute::kUnknown) {
    Begin(attribute.name.begin);
    out_.aside.Copy(name, base_ + attribute.name.begin);
    end_ = attribute.name.end;
    // Words without values: "<p John Smith>".
    joint_ = raw.empty() ? ' ' : ':';
  }
  if (raw.empty()) return;
  Value(attribute);
  if (kind == Attribute::kLabel) joint_ = ':';
}

void AsideText::Value(const TagAttribute& attribute) {
  const RecordRange& value = attribute.value;
  if (!attribute.quoted) {
    out_.unquoted.push_back({base_ + value.begin, base_ + value.end});
  }
  const std::string_view raw =
      markup_.substr(value.begin, value.end - value.begin);
  Stretch(value.begin + SchemeSize(raw), value.end, true);
}

// A piece, without the payloads of data URLs in it.
void AsideText::Stretch(std::size_t begin, std::size_t end, bool references) {
  const std::string_view piece = markup_.substr(0, end);
  std::size_t mark = piece.find(kBase64Mark, begin);
  while (mark != kNone) {
    const std::size_t payload = mark + kBase64Mark.size();
    DataUrl url;
    std::size_t close = payload;
    if (MediaTypeBefore(piece.substr(begin, mark - begin), &url.media_type)) {
      // White space only where a quote says how far the value goes.
      while (close < end &&
             (IsBase64(piece[close]) || (references && IsSpace(piece[close]))))
        ++close;
    }
    if (close > payload) {
      Begin(begin);
      if (references) {
        Decode(begin, payload);
      } else {
        out_.aside.Copy(piece.substr(begin, payload - begin), base_ + begin);
      }
      end_ = payload;
      url.begin = base_ + payload;
      url.end = base_ + close;
      out_.data_urls.push_back(std::move(url));
      begin = close;
    }
    mark = piece.find(kBase64Mark, std::max(close, payload));
  }
  if (begin == end) return;
  Begin(begin);
  if (references) {
    Decode(begin, end);
  } else {
    out_.aside.Copy(piece.substr(begin), base_ + begin);
  }
  end_ = end;
}

void AsideText::Decode(std::size_t begin, std::size_t end) {
  const std::string_view piece = markup_.substr(0, end);
  std::size_t at = begin;
  while (at < end) {
    const std::size_t stop = std::min(end, piece.find('&', at));
    out_.aside.Copy(piece.substr(at, stop - at), base_ + at);
    at = stop;
    if (at == end) break;
    const Reference found = ReferenceAt(piece.substr(at), true);
    if (found.length == 0) {
      out_.aside.Copy("&", base_ + at);
      ++at;
      continue;
    }
    if (found.size == 0) {
      out_.aside.Gap(base_ + at, base_ + at + found.length);
    } else {
      out_.aside.Put(found.text(), base_ + at);
    }
    at += found.length;
  }
}

void AsideText::Finish() { out_.aside_range.end = base_ + end_; }

}  // namespace phiwire::markup
