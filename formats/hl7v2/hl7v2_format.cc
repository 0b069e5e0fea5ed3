// SPDX-License-Identifier: Apache-2.0
//
// HL7 v2 (ER7): puts splitter, reader and escapes together. See docs/hl7v2.md.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status_macros.h"
#include "formats/formats.h"
#include "formats/hl7v2/escape.h"
#include "formats/hl7v2/reader.h"
#include "formats/hl7v2/segments.h"
#include "formats/hl7v2/splitter.h"
#include "formats/splice.h"

namespace phiwire {
namespace {

using hl7v2::Delimiters;

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
    Edit wide = hl7v2::WidenToEscapes(record, d, edit);
    if (!out.empty() && wide.begin < out.back().end) {
      out.back().end = wide.end;
      out.back().text += wide.text;
    } else {
      out.push_back(std::move(wide));
    }
  }
  return out;
}

// An edit over a delimiter would change the structure of the message.
absl::Status CheckInsideLeaves(std::string_view record, const Delimiters& d,
                               std::span<const Edit> edits) {
  for (const Edit& edit : edits) {
    for (std::size_t i = edit.begin; i < edit.end; ++i) {
      if (d.Separates(record[i])) {
        return absl::InternalError(ToAbsl("edit over an HL7 delimiter"));
      }
    }
  }
  return absl::OkStatus();
}

class Hl7v2Format final : public FormatReader {
 public:
  std::string_view name() const override { return "hl7"; }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    return hl7v2::SplitMessages(file);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    return hl7v2::ReadFields(record);
  }

  RecordRange Widen(std::string_view record, RecordRange range) const override {
    const auto parsed = hl7v2::ParseRecord(record);
    if (!parsed.ok()) return range;
    const Edit wide = hl7v2::WidenToEscapes(record, parsed->delimiters,
                                            {range.begin, range.end, ""});
    return {wide.begin, wide.end};
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
    PHIWIRE_ASSIGN_OR_RETURN(const hl7v2::Record parsed,
                             hl7v2::ParseRecord(record));
    const Delimiters& d = parsed.delimiters;
    const std::vector<Edit> wide = WidenAll(record, d, edits);
    PHIWIRE_RETURN_IF_ERROR(CheckInsideLeaves(record, d, wide));
    return SpliceEdits(record, wide,
                       [&d](std::string_view text, std::string& out) {
                         hl7v2::AppendEscaped(text, d, out);
                       });
  }
};

}  // namespace

std::unique_ptr<FormatReader> NewHl7v2Format() {
  return std::make_unique<Hl7v2Format>();
}

}  // namespace phiwire
