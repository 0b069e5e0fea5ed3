// SPDX-License-Identifier: Apache-2.0
//
// HL7 v2 (ER7): puts splitter, reader and escapes together. See docs/hl7v2.md.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/formats.h"
#include "formats/hl7v2/byte_scan.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/reader.h"
#include "formats/hl7v2/segments.h"
#include "formats/hl7v2/splitter.h"
#include "formats/splice.h"

namespace phiwire {
namespace {

using hl7v2::Delimiters;
using hl7v2::RecordText;

// Behind "MSH|^~\\&".
constexpr std::size_t kEncodingEnd = 8;

// The edits widened to whole \X..\ sequences; two in one sequence are joined.
std::vector<Edit> WidenAll(std::string_view record, const Delimiters& d,
                           std::span<const Edit> edits) {
  std::vector<Edit> out;
  out.reserve(edits.size());
  for (const Edit& edit : edits) {
    // Inside a sequence that is replaced already: no second look around.
    if (!out.empty() && edit.end <= out.back().end) {
      out.back().text += edit.text;
      continue;
    }
    const RecordRange wide =
        hl7v2::WidenToEscapes(record, d, {edit.begin, edit.end});
    if (!out.empty() && wide.begin < out.back().end) {
      out.back().end = wide.end;
      out.back().text += edit.text;
    } else {
      out.push_back({wide.begin, wide.end, edit.text});
    }
  }
  return out;
}

// Whether an escape sequence may begin anywhere in the record's text; MSH-2
// names the character once.
bool MayHaveEscapes(std::string_view record, const hl7v2::Header& header) {
  const char escape = header.delimiters.escape;
  return escape != '\0' &&
         record.find(escape, header.first.begin + kEncodingEnd) !=
             std::string_view::npos;
}

bool IsAscii(std::string_view text) {
  unsigned all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all < 0x80;
}

// What the delimiters make of a byte.
class ByteRoles {
 public:
  static constexpr unsigned kEscaped = 1;
  static constexpr unsigned kHigh = 2;  // not ASCII

  ByteRoles() = default;
  explicit ByteRoles(const Delimiters& d) {
    std::fill_n(roles_.begin(), 0x20, kEscaped);
    roles_[0x7F] = kEscaped;
    std::fill(roles_.begin() + 0x80, roles_.end(), kHigh);
    Add(d.escape, kEscaped);
    Add(d.truncation, kEscaped);
    for (const char c : {d.field, d.component, d.repetition, d.subcomponent}) {
      Add(c, kEscaped);
    }
  }

  // Of all bytes together.
  unsigned Of(std::string_view text) const {
    // Four at a time: values are short, so that the loop is half of the work.
    constexpr std::size_t kStep = 4;
    unsigned all = 0;
    std::size_t i = 0;
    for (; i + kStep <= text.size(); i += kStep) {
      all |= At(text[i]) | At(text[i + 1]) | At(text[i + 2]) | At(text[i + 3]);
    }
    for (; i < text.size(); ++i) all |= At(text[i]);
    return all;
  }
  unsigned Of(std::span<const Edit> edits) const {
    unsigned all = 0;
    for (const Edit& edit : edits) all |= Of(edit.text);
    return all;
  }

 private:
  unsigned At(char c) const { return roles_[static_cast<unsigned char>(c)]; }
  void Add(char c, unsigned roles) {
    roles_[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(roles);
  }

  std::array<std::uint8_t, 256> roles_ = {};
};

// Writes edits in the record's character set.
class Writer {
 public:
  static absl::StatusOr<Writer> Of(std::string_view record,
                                   std::span<const Edit> edits) {
    PHIWIRE_ASSIGN_OR_RETURN(const hl7v2::Header header,
                             hl7v2::ParseHeader(record));
    Writer out;
    out.delimiters_ = header.delimiters;
    const Delimiters& d = out.delimiters_;
    out.escapes_ = MayHaveEscapes(record, header);
    const bool raw = record.find('\x1B') != std::string_view::npos;
    out.roles_ = ByteRoles(header.delimiters);
    const char separators[] = {d.field, d.component, d.repetition,
                               d.subcomponent};
    out.separators_ =
        hl7v2::ByteScan(std::string_view(separators, sizeof separators));
    const unsigned roles = out.roles_.Of(edits);
    out.plain_ = roles == 0;
    out.encodes_ = (roles & ByteRoles::kHigh) != 0;
    const bool switches =
        raw || (out.escapes_ && hl7v2::Switches::HasEscapes(record, d));
    if (!out.encodes_ && !switches) return out;
    const bool high = !IsAscii(record);
    PHIWIRE_ASSIGN_OR_RETURN(
        out.text_, RecordText::Of(record, header.first, d, high, raw));
    // A record of ASCII alone stays so where it says it is in another set.
    using Kind = hl7v2::Charset::Kind;
    const auto kind =
        hl7v2::CharsetOf(hl7v2::CharsetField(record, header.first, d), d).kind;
    out.ascii_ = !high && kind != Kind::kAbsent && kind != Kind::kUtf8;
    return out;
  }

  // The bytes that count as delimiters.
  std::string_view Structure(std::string_view record) const {
    return text_.switches.empty() ? record : text_.switches.structure();
  }
  const Delimiters& delimiters() const { return delimiters_; }

  // An edit over a delimiter would change the structure of the message.
  bool IsInsideLeaf(std::string_view structure, const Edit& edit) const {
    return separators_.Next(structure, edit.begin, edit.end) == edit.end;
  }
  bool escapes() const { return escapes_; }
  // Whether texts of edits stand in the record as they are.
  bool plain() const { return plain_ && text_.switches.empty(); }

  // Appends the edit's text as it is to stand in the record.
  void Append(const Edit& edit, std::string* out) const {
    if (text_.switches.empty()) return AppendText(edit.text, out);
    // Inside a run of another set the text is in ASCII, and then the run's set
    // is switched to again.
    if (const auto* by = text_.switches.At(edit.begin)) {
      *out += Sequence(*by, "(B");
    }
    AppendText(edit.text, out);
    if (const auto* by = text_.switches.At(edit.end)) {
      *out += Sequence(*by, by->escape);
    }
  }

 private:
  void AppendText(std::string_view text, std::string* out) const {
    if (plain_) {
      out->append(text);
      return;
    }
    if (!encodes_) return hl7v2::AppendEscaped(text, delimiters_, *out);
    hl7v2::AppendEscaped(hl7v2::EncodeFor(text, text_.table, ascii_),
                         delimiters_, *out);
  }

  // A switch to a set, raw or as an escape like `like`.
  std::string Sequence(const hl7v2::Switch& like,
                       std::string_view escape) const {
    constexpr char kDigits[] = "0123456789ABCDEF";
    if (like.raw) return Concat({"\x1B", escape});
    std::string out{delimiters_.escape, escape[0] == '$' ? 'M' : 'C'};
    for (const char c : escape) {
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return out + delimiters_.escape;
  }

  Delimiters delimiters_;
  ByteRoles roles_;
  hl7v2::ByteScan separators_ = hl7v2::ByteScan("|");
  RecordText text_;
  bool plain_ = false;    // no text needs an escape or another set
  bool escapes_ = false;  // the record may hold escape sequences
  bool encodes_ = false;  // some text is not ASCII
  bool ascii_ = false;    // the record's set has nothing else
};

absl::Status Write(std::string_view record, std::span<const Edit> edits,
                   const Writer& writer, std::string* out) {
  const std::string_view structure = writer.Structure(record);
  for (const Edit& edit : edits) {
    if (!writer.IsInsideLeaf(structure, edit)) {
      return absl::InternalError(ToAbsl("edit over an HL7 delimiter"));
    }
  }
  if (writer.plain()) {
    AppendSpliced(record, edits, out);
    return absl::OkStatus();
  }
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out->append(record.data() + copied, edit.begin - copied);
    writer.Append(edit, out);
    copied = edit.end;
  }
  out->append(record.substr(copied));
  return absl::OkStatus();
}

class Hl7v2Format final : public FormatReader {
 public:
  explicit Hl7v2Format(hl7v2::SiteTable site) : site_(std::move(site)) {}

  std::string_view name() const override { return "hl7"; }

  bool streams() const override { return true; }

  std::size_t Cut(std::string_view bytes) const override {
    return hl7v2::LastRecord(bytes);
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    return hl7v2::SplitMessages(file);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    return hl7v2::ReadFields(record, site_);
  }
  absl::StatusOr<RecordFields> LateFields(
      std::string_view record) const override {
    return hl7v2::ReadLateFields(record, site_);
  }

  RecordRange Widen(std::string_view record, RecordRange range) const override {
    const auto delimiters = hl7v2::DelimitersOf(record);
    if (!delimiters.ok()) return range;
    return hl7v2::WidenToEscapes(record, *delimiters, range);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    std::string out;
    out.reserve(record.size() + record.size() / 4);
    PHIWIRE_RETURN_IF_ERROR(SpliceTo(record, edits, &out));
    return out;
  }

  absl::Status SpliceTo(std::string_view record, std::span<const Edit> edits,
                        std::string* out) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
    if (edits.empty()) {
      out->append(record);
      return absl::OkStatus();
    }
    PHIWIRE_ASSIGN_OR_RETURN(const Writer writer, Writer::Of(record, edits));
    if (!writer.escapes()) return Write(record, edits, writer, out);
    return Write(record, WidenAll(record, writer.delimiters(), edits), writer,
                 out);
  }

 private:
  hl7v2::SiteTable site_;
};

}  // namespace

std::unique_ptr<FormatReader> NewHl7v2Format() {
  return std::make_unique<Hl7v2Format>(hl7v2::SiteTable());
}

NewReader NewHl7v2Format(SiteRules site) {
  PHIWIRE_ASSIGN_OR_RETURN(hl7v2::SiteTable table,
                           hl7v2::SiteTable::Create(site));
  return std::make_unique<Hl7v2Format>(std::move(table));
}

}  // namespace phiwire
