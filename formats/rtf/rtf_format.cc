// SPDX-License-Identifier: Apache-2.0
//
// RTF: a file is one record. See docs/rtf.md.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "formats/formats.h"
#include "formats/rtf/reader.h"
#include "formats/rtf/tokens.h"
#include "formats/splice.h"

namespace phiwire {
namespace {

// \uN is signed; the group keeps the text's own \uc out of it.
void AppendUnit(char32_t unit, std::string* out) {
  const int number =
      unit > 0x7FFF ? static_cast<int>(unit) - 0x10000 : static_cast<int>(unit);
  out->append("\\u").append(std::to_string(number)).append("?");
}

void AppendCodePoint(char32_t value, std::string* out) {
  out->append("{\\uc1");
  if (value > 0xFFFF) {
    AppendUnit(0xD800 + ((value - 0x10000) >> 10), out);
    AppendUnit(0xDC00 + ((value - 0x10000) & 0x3FF), out);
  } else {
    AppendUnit(value, out);
  }
  out->append("}");
}

void AppendRtf(std::string_view text, std::string* out) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = DecodeUtf8(text, at);
    at += c.length;
    switch (c.value) {
      case '\\':
      case '{':
      case '}':
        *out += '\\';
        *out += static_cast<char>(c.value);
        break;
      case '\n':
        *out += "\\line ";
        break;
      case '\t':
        *out += "\\tab ";
        break;
      default:
        if (c.value >= 0x80) {
          AppendCodePoint(c.value, out);
        } else {
          *out += c.value < 0x20 ? ' ' : static_cast<char>(c.value);
        }
    }
  }
}

// A word's own number: nothing else can follow it without a blank.
bool IsNumberAt(std::string_view record, std::size_t at) {
  if (at < record.size() && record[at] == '-') ++at;
  return DigitsAt(record, at) > 0;
}

// "\\mo4\\dy" becomes "\\mo\\dy"; a blank only where letters follow.
void AppendNumber(const Edit& edit, std::string_view record, std::string* out) {
  if (!edit.text.empty() && edit.text.size() <= 9 &&
      DigitsAt(edit.text, 0) == edit.text.size()) {
    *out += edit.text;
    return;
  }
  constexpr std::string_view kEnds = " \\{}\r\n";
  if (edit.end < record.size() &&
      kEnds.find(record[edit.end]) == std::string_view::npos) {
    *out += ' ';
  }
}

class RtfFormat final : public FormatReader {
 public:
  std::string_view name() const override { return "rtf"; }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    std::vector<RecordRange> records;
    if (!file.empty()) records.push_back({0, file.size()});
    return records;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    return rtf::ReadFields(record);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
    std::string out;
    out.reserve(record.size());
    std::size_t copied = 0;
    for (const Edit& edit : edits) {
      out.append(record.substr(copied, edit.begin - copied));
      copied = edit.end;
      if (rtf::EndsOpenWord(record, edit.begin)) {
        if (IsNumberAt(record, edit.begin)) {
          AppendNumber(edit, record, &out);
          continue;
        }
        out += ' ';
      }
      AppendRtf(edit.text, &out);
    }
    return out.append(record.substr(copied));
  }
};

}  // namespace

std::unique_ptr<FormatReader> NewRtfFormat() {
  return std::make_unique<RtfFormat>();
}

}  // namespace phiwire
