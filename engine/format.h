// SPDX-License-Identifier: Apache-2.0
//
// A byte format: how a file falls into records, a record into fields, and how
// edits are written back. Immutable and thread-safe. A new format is one
// folder under formats/ that implements this, and one line in policy/.

#ifndef PHIWIRE_ENGINE_FORMAT_H_
#define PHIWIRE_ENGINE_FORMAT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "engine/field.h"

namespace phiwire {

// The values a record knows of itself, where they are written out only when a
// text may hold one. It may keep views of the record.
class KnownSource {
 public:
  virtual ~KnownSource() = default;
  // Calls visit for texts such that every known value has a digit in it or is
  // one of them.
  using Visit = absl::FunctionRef<void(std::string_view)>;
  virtual void ForEachText(Visit visit) const = 0;
  // The values, once; `fields` are the record's.
  virtual std::vector<KnownValue> Take(std::span<const Field> fields) = 0;
};

struct RecordFields {
  // Sorted by begin; disjoint, but that one may lie in a gap of a text.
  std::vector<Field> fields;
  std::vector<KnownValue> known;  // for the record's own free text
  // In place of `known`, of a reader's LateFields; null: that is all.
  std::unique_ptr<KnownSource> late_known;
  // Ids of the patients the record is about, mostly one (PID-3).
  std::vector<std::string> subjects;
  std::vector<PersonName> persons;  // the patient first
};

class FormatReader {
 public:
  virtual ~FormatReader() = default;
  virtual std::string_view name() const = 0;  // "text", "hl7", ...

  // A reader for one file, given its first bytes (`whole`: all of them), where
  // a file says at its front how the rest is to be read: a header row, declared
  // delimiters. Null: this one does. Errors refuse the file.
  virtual absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const {
    static_cast<void>(head);
    static_cast<void>(whole);
    return std::unique_ptr<const FormatReader>();
  }

  // For files read piece by piece: the size of the longest front of `bytes`
  // that is whole records whatever follows; 0 when none is certain. Formats
  // whose files are one document say 0: they are read whole.
  virtual std::size_t Cut(std::string_view bytes) const {
    static_cast<void>(bytes);
    return 0;
  }
  // Whether Cut can be more than 0.
  virtual bool streams() const { return false; }

  // The records of a file (or of a piece that Cut allowed), in order and
  // disjoint. Errors: kDataLoss with a
  // byte range, when no record border is certain.
  virtual absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const = 0;

  // kDataLoss when the record can't be read with certainty: it is refused.
  virtual absl::StatusOr<RecordFields> Fields(
      std::string_view record) const = 0;
  // The same, where known values may come as late_known.
  virtual absl::StatusOr<RecordFields> LateFields(
      std::string_view record) const {
    return Fields(record);
  }

  // The range an edit of [begin, end) takes away: wider where the format can't
  // cut an escape sequence in two.
  virtual RecordRange Widen(std::string_view record, RecordRange range) const {
    static_cast<void>(record);
    return range;
  }

  // The record with the edits (sorted, disjoint, each inside one field and in
  // none of its gaps)
  // applied and escaped as the format needs.
  virtual absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const = 0;

  // The same at the end of `out`, for formats of many small records. After an
  // error what was appended counts for nothing.
  virtual absl::Status SpliceTo(std::string_view record,
                                std::span<const Edit> edits,
                                std::string* out) const {
    absl::StatusOr<std::string> text = Splice(record, edits);
    if (!text.ok()) return text.status();
    *out += *text;
    return absl::OkStatus();
  }
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_FORMAT_H_
