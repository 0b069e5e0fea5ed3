// SPDX-License-Identifier: Apache-2.0

#include "formats/markdown/text.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "base/strings.h"
#include "formats/markup/aside.h"
#include "formats/markup/names.h"
#include "formats/markup/references.h"
#include "formats/markup/tags.h"

namespace phiwire::markdown {
namespace {

using markup::Element;
using markup::IsLetter;

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMaxHeading = 6;

// What may be mark-up.
constexpr ByteSet kStops("*_`~|]<&\\\n");

bool IsBlank(char c) { return markup::IsSpace(c); }

// Letters of any script count: beyond ASCII all bytes do.
bool IsWordByte(char c) {
  return IsLetter(c) || IsDigit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool IsPunctuation(char c) {
  return c > ' ' && c < 0x7F && !IsLetter(c) && !IsDigit(c);
}

class Decoder {
 public:
  Decoder(std::string_view record, markup::XhtmlText* out)
      : record_(record), out_(*out), aside_(record, 0, out) {}

  void Run(std::size_t at) {
    at = LineFront(at);
    while (at < record_.size()) {
      const std::size_t stop = kStops.NextIn(record_, at);
      CopyTo(at, stop);
      at = stop < record_.size() ? Mark(stop) : stop;
    }
    aside_.Finish();
  }

 private:
  std::size_t Mark(std::size_t at) {
    switch (record_[at]) {
      case '\n':
        return LineFront(CopyTo(at, at + 1));
      case '|':
        if (!in_table_) return CopyTo(at, at + 1);
        out_.text.Separate('\t', at, at + 1);
        return at + 1;
      case ']':
        return LinkTarget(at);
      case '<':
        return Angle(at);
      case '&':
        return Ampersand(at);
      case '\\':
        return Backslash(at);
      default:
        return Emphasis(at);
    }
  }

  // Behind the quote marks or the heading's marks of a line.
  std::size_t LineFront(std::size_t at) {
    std::size_t end = at;
    while (end < record_.size() && (record_[end] == ' ' || record_[end] == '>'))
      ++end;
    const bool quote =
        record_.substr(at, end - at).find('>') != std::string_view::npos;
    if (!quote) end = at;
    std::size_t heading = end;
    while (heading < record_.size() && record_[heading] == '#') ++heading;
    if (heading > end && heading - end <= kMaxHeading &&
        heading < record_.size() && record_[heading] == ' ') {
      end = heading + 1;
    }
    std::size_t first = end;
    while (first < record_.size() && record_[first] == ' ') ++first;
    in_table_ = first < record_.size() && record_[first] == '|';
    out_.text.Gap(at, end);
    return end;
  }

  // A run of one mark. Between blanks it is text ("2 * 3"), and so is an
  // underscore inside a word.
  std::size_t Emphasis(std::size_t at) {
    const char mark = record_[at];
    std::size_t end = at;
    while (end < record_.size() && record_[end] == mark) ++end;
    const char before = at > 0 ? record_[at - 1] : '\n';
    const char after = end < record_.size() ? record_[end] : '\n';
    const bool alone = IsBlank(before) && IsBlank(after);
    const bool inside = mark == '_' && IsWordByte(before) && IsWordByte(after);
    const bool tilde = mark == '~' && end - at < 2;  // "~30"
    if (alone || inside || tilde) return CopyTo(at, end);
    out_.text.Gap(at, end);
    return end;
  }

  // "](target)" reads " target ".
  std::size_t LinkTarget(std::size_t at) {
    if (at + 1 >= record_.size() || record_[at + 1] != '(') {
      return CopyTo(at, at + 1);
    }
    if (next_close_ != kNone && next_close_ <= at) {
      next_close_ = record_.find(')', at);
    }
    if (next_close_ == kNone) return CopyTo(at, at + 1);
    if (line_end_ <= at)
      line_end_ = std::min(record_.find('\n', at), kNone - 1);
    if (next_close_ > line_end_) return CopyTo(at, at + 1);
    out_.text.Separate(' ', at, at + 2);
    const std::size_t scheme =
        markup::SchemeSize(record_.substr(at + 2, next_close_ - at - 2));
    out_.text.Gap(at + 2, at + 2 + scheme);
    CopyTo(at + 2 + scheme, next_close_);
    out_.text.Separate(' ', next_close_, next_close_ + 1);
    return next_close_ + 1;
  }

  std::size_t Ampersand(std::size_t at) {
    const markup::Reference found =
        markup::ReferenceAt(record_.substr(at), false);
    if (found.length == 0) return CopyTo(at, at + 1);
    if (found.size == 0) {
      out_.text.Gap(at, at + found.length);
    } else {
      out_.text.Put(found.text(), at);
    }
    return at + found.length;
  }

  std::size_t Backslash(std::size_t at) {
    if (at + 1 < record_.size() && IsPunctuation(record_[at + 1])) {
      out_.text.Gap(at, at + 1);
      return CopyTo(at + 1, at + 2);
    }
    return CopyTo(at, at + 1);
  }

  std::size_t Angle(std::size_t at) {
    const std::string_view rest = record_.substr(at);
    if (rest.starts_with("<!--")) return Comment(at);
    const bool closes = rest.starts_with("</");
    const std::size_t name = at + (closes ? 2 : 1);
    if (name >= record_.size() || !IsLetter(record_[name])) {
      return CopyTo(at, at + 1);
    }
    std::size_t name_end = name;
    while (name_end < record_.size() &&
           (IsLetter(record_[name_end]) || IsDigit(record_[name_end])))
      ++name_end;
    const Element element =
        markup::ElementOf(record_.substr(name, name_end - name));
    // "<john@x.org>" and "<https://x.org>" are text.
    if (element == Element::kUnknown || no_tag_end_ ||
        (name_end < record_.size() && !IsBlank(record_[name_end]) &&
         record_[name_end] != '>' && record_[name_end] != '/')) {
      return CopyTo(at, at + 1);
    }
    const std::size_t end = markup::ReadTag(record_, name, &tag_);
    if (end == kNone) {
      no_tag_end_ = true;
      return CopyTo(at, at + 1);
    }
    for (const auto& attribute : tag_.attributes) aside_.Take(attribute);
    if (element == Element::kInline) {
      out_.text.Gap(at, end);
    } else {
      out_.text.Separate(element == Element::kCell ? '\t' : '\n', at, end);
    }
    return end;
  }

  std::size_t Comment(std::size_t at) {
    const RecordRange inside = markup::CommentInside(record_, at);
    aside_.Raw(inside.begin, inside.end);
    const std::size_t close = record_.find('>', inside.end);
    const std::size_t end = close == kNone ? record_.size() : close + 1;
    out_.text.Gap(at, end);
    return end;
  }

  std::size_t CopyTo(std::size_t at, std::size_t end) {
    out_.text.Copy(record_.substr(at, end - at), at);
    return end;
  }

  std::string_view record_;
  markup::XhtmlText& out_;
  markup::AsideText aside_;
  markup::OpenTag tag_;
  bool in_table_ = false;
  bool no_tag_end_ = false;     // a tag further on runs into the end
  std::size_t line_end_ = 0;    // the next line end
  std::size_t next_close_ = 0;  // the next ')', npos: there is none
};

}  // namespace

absl::Status DecodeMarkdown(std::string_view record, markup::XhtmlText* out) {
  if (record.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return absl::OutOfRangeError(ToAbsl("mark-up over 4 GiB"));
  }
  out->text.Reserve(record.size());
  Decoder(record, out).Run(record.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  return absl::OkStatus();
}

}  // namespace phiwire::markdown
