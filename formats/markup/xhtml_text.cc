// SPDX-License-Identifier: Apache-2.0

#include "formats/markup/xhtml_text.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

#include "base/byte_set.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/markup/aside.h"
#include "formats/markup/names.h"
#include "formats/markup/references.h"
#include "formats/markup/tags.h"

namespace phiwire::markup {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// The bytes that running text can't be copied past.
constexpr ByteSet kStops("<&\n\r\t\f");

class Decoder {
 public:
  Decoder(std::string_view markup, std::size_t base, XhtmlText* out)
      : markup_(markup), base_(base), out_(*out), aside_(markup, base, out) {}

  void Run() {
    std::size_t at = 0;
    while (at < markup_.size()) {
      const std::size_t stop = kStops.NextIn(markup_, at);
      if (stop > at) {
        out_.text.Copy(markup_.substr(at, stop - at), base_ + at);
        at = stop;
        if (at == markup_.size()) break;
      }
      switch (markup_[at]) {
        case '<':
          at = Angle(at);
          break;
        case '&':
          at = Ampersand(at);
          break;
        default:
          at = WhiteSpace(at);
      }
    }
    aside_.Finish();
  }

 private:
  std::size_t Ampersand(std::size_t at) {
    const Reference found = ReferenceAt(markup_.substr(at), false);
    if (found.length == 0) return CopyTo(at, at + 1);
    if (found.size == 0) {
      out_.text.Gap(base_ + at, base_ + at + found.length);
    } else {
      out_.text.Put(found.text(), base_ + at);
    }
    return at + found.length;
  }

  // Runs of white space with a line end or tab in them.
  std::size_t WhiteSpace(std::size_t at) {
    if (preformatted_ > 0) return CopyTo(at, at + 1);
    std::size_t end = at;
    while (end < markup_.size() && IsSpace(markup_[end])) ++end;
    const char last = LastByte();
    if (IsSpace(last)) {
      out_.text.Gap(base_ + at, base_ + end);
    } else {
      out_.text.Separate(' ', base_ + at, base_ + end);
    }
    return end;
  }

  std::size_t Angle(std::size_t at) {
    const char next = at + 1 < markup_.size() ? markup_[at + 1] : '\0';
    if (IsLetter(next)) return Tag(at, at + 1, false);
    if (next == '!' || next == '?') return Declaration(at);
    if (next != '/' || at + 2 == markup_.size()) return CopyTo(at, at + 1);
    if (IsLetter(markup_[at + 2])) return Tag(at, at + 2, true);
    return BogusComment(at, at + 2);
  }

  std::size_t Tag(std::size_t at, std::size_t name, bool closes) {
    const std::size_t end = ReadTag(markup_, name, &tag_);
    if (end == kNone) return CopyTo(at, markup_.size());
    const Element element =
        ElementOf(markup_.substr(tag_.name.begin, NameSize()));
    if (element == Element::kUnknown) {
      aside_.Tag(name, end - 1);
    } else {
      for (const TagAttribute& attribute : tag_.attributes) {
        aside_.Take(attribute);
      }
    }
    // XHTML's <script/> is empty; all that follows is scanned either way.
    const bool empty = closes || markup_[end - 2] == '/';
    return Place(element, closes, empty, at, end);
  }

  // What the tag [at, end) is in the running text; where to go on.
  std::size_t Place(Element element, bool closes, bool empty, std::size_t at,
                    std::size_t end) {
    switch (element) {
      case Element::kUnknown:
      case Element::kInline:
        out_.text.Gap(base_ + at, base_ + end);
        return end;
      case Element::kCell:
        Separate('\t', at, end);
        return end;
      case Element::kPreformatted:
        if (!empty) ++preformatted_;
        if (closes && preformatted_ > 0) --preformatted_;
        Separate('\n', at, end);
        return end;
      case Element::kRawText:
        Separate('\n', at, end);
        return empty ? end : RawText(end);
      case Element::kText:
        Separate('\n', at, end);
        return empty ? end : TextOnly(end);
      case Element::kPlainText:
        Separate('\n', at, end);
        return closes ? end : CopyTo(end, markup_.size());
      case Element::kBlock:
        break;
    }
    Separate('\n', at, end);
    return end;
  }

  // The content of script and the like: up to its end tag, which is next.
  std::size_t RawText(std::size_t at) {
    const std::size_t end = FindEndTag(at);
    aside_.Raw(at, end);
    out_.text.Gap(base_ + at, base_ + end);
    return end;
  }

  // The content of textarea and title: text with references, without tags.
  std::size_t TextOnly(std::size_t at) {
    const std::size_t end = FindEndTag(at);
    while (at < end) {
      const std::size_t stop = std::min(end, markup_.find('&', at));
      CopyTo(at, stop);
      at = stop < end ? Ampersand(stop) : end;
    }
    return at;
  }

  // Where the end tag of the element just opened begins, or the input's end.
  std::size_t FindEndTag(std::size_t at) const {
    const std::string_view name = markup_.substr(tag_.name.begin, NameSize());
    for (; at < markup_.size(); ++at) {
      at = markup_.find("</", at);
      if (at == kNone) break;
      const std::size_t after = at + 2 + name.size();
      if (!EqualsIgnoringCase(markup_.substr(at + 2, name.size()), name)) {
        continue;
      }
      if (after == markup_.size() || IsSpace(markup_[after]) ||
          markup_[after] == '>' || markup_[after] == '/') {
        return at;
      }
    }
    return markup_.size();
  }

  std::size_t Declaration(std::size_t at) {
    const std::string_view rest = markup_.substr(at);
    if (rest.substr(0, 4) == "<!--") return Comment(at);
    if (rest.substr(0, 9) == "<![CDATA[" && !no_cdata_) {
      const std::size_t close = markup_.find("]]>", at + 9);
      if (close != kNone) {
        out_.text.Gap(base_ + at, base_ + at + 9);
        CopyTo(at + 9, close);
        out_.text.Gap(base_ + close, base_ + close + 3);
        return close + 3;
      }
      no_cdata_ = true;
    }
    return BogusComment(at, at + 2);
  }

  std::size_t Comment(std::size_t at) {
    const RecordRange inside = CommentInside(markup_, at);
    aside_.Raw(inside.begin, inside.end);
    const std::size_t close = markup_.find('>', inside.end);
    const std::size_t end = close == kNone ? markup_.size() : close + 1;
    out_.text.Gap(base_ + at, base_ + end);
    return end;
  }

  // <!DOCTYPE ...>, <?xml ...?>, </ ...>: up to the next '>'.
  std::size_t BogusComment(std::size_t at, std::size_t inside) {
    const std::size_t close = markup_.find('>', inside);
    const std::size_t end = close == kNone ? markup_.size() : close;
    if (!IsStandardDoctype(markup_.substr(inside, end - inside))) {
      aside_.Raw(inside, end);
    }
    const std::size_t after = close == kNone ? end : end + 1;
    out_.text.Gap(base_ + at, base_ + after);
    return after;
  }

  std::size_t CopyTo(std::size_t at, std::size_t end) {
    out_.text.Copy(markup_.substr(at, end - at), base_ + at);
    return end;
  }

  // Several separators in a row read as one, a line end before a tab.
  void Separate(char as, std::size_t at, std::size_t end) {
    const char last = LastByte();
    if (last == '\n' || (as == '\t' && last == '\t')) {
      out_.text.Gap(base_ + at, base_ + end);
    } else {
      out_.text.Separate(as, base_ + at, base_ + end);
    }
  }

  std::size_t NameSize() const { return tag_.name.end - tag_.name.begin; }

  // The front of the text is the front of a line.
  char LastByte() const {
    return out_.text.empty() ? '\n' : out_.text.text().back();
  }

  std::string_view markup_;
  std::size_t base_;
  XhtmlText& out_;
  AsideText aside_;
  OpenTag tag_;
  int preformatted_ = 0;
  bool no_cdata_ = false;  // there is no "]]>" further on
};

}  // namespace

absl::Status DecodeXhtml(std::string_view markup, std::size_t base,
                         XhtmlText* out) {
  if (base + markup.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return absl::OutOfRangeError(ToAbsl("mark-up over 4 GiB"));
  }
  out->text.Reserve(markup.size());
  Decoder(markup, base, out).Run();
  return absl::OkStatus();
}

void AppendFields(XhtmlText decoded, RecordRange range, std::string_view path,
                  std::vector<Field>* fields) {
  const std::size_t first = fields->size();
  if (!decoded.text.empty()) {
    Field field;
    field.begin = range.begin;
    field.end = range.end;
    field.path = path;
    decoded.text.Finish(field.end, &field);
    fields->push_back(std::move(field));
  }
  if (!decoded.aside.empty()) {
    Field field;
    field.begin = decoded.aside_range.begin;
    field.end = decoded.aside_range.end;
    field.path = Concat({path, "/@"});
    decoded.aside.Finish(field.end, &field);
    fields->push_back(std::move(field));
  }
  for (DataUrl& url : decoded.data_urls) {
    Field field;
    field.begin = url.begin;
    field.end = url.end;
    field.kind = FieldKind::kDocument;
    field.wrapping = Wrapping::kBase64;
    field.media_type = std::move(url.media_type);
    field.path = Concat({path, "/@data"});
    fields->push_back(std::move(field));
  }
  std::stable_sort(
      fields->begin() + static_cast<std::ptrdiff_t>(first), fields->end(),
      [](const Field& a, const Field& b) { return a.begin < b.begin; });
}

absl::Status AppendXhtmlFields(std::string_view markup, std::size_t base,
                               std::string_view path,
                               std::vector<Field>* fields) {
  XhtmlText decoded;
  PHIWIRE_RETURN_IF_ERROR(DecodeXhtml(markup, base, &decoded));
  AppendFields(std::move(decoded), {base, base + markup.size()}, path, fields);
  return absl::OkStatus();
}

}  // namespace phiwire::markup
