// SPDX-License-Identifier: Apache-2.0
//
// One record: its fields are scanned, its slots taken, documents inside it
// opened in turn, and what was found becomes edits. Everything a record needs
// is put together once; safe from any thread.
//
// Limits: documents nest to a depth of 4, deeper ones are removed; a record
// over Policy::max_record is refused (kOutOfRange).

#ifndef PHIWIRE_POLICY_RECORD_DEIDENTIFIER_H_
#define PHIWIRE_POLICY_RECORD_DEIDENTIFIER_H_

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/format.h"
#include "phiwire/deidentifier.h"
#include "policy/anonymizer_set.h"
#include "policy/format_readers.h"
#include "policy/replacement.h"
#include "policy/scratch_pool.h"
#include "policy/value_lists.h"
#include "rules/roster_index.h"

namespace phiwire {

class RecordDeidentifier {
 public:
  struct Parts {
    Policy policy;
    std::unique_ptr<const Pipeline> pipeline;
    AnonymizerSet anonymizers;
    ValueLists lists;
    std::unique_ptr<const RosterIndex> roster;  // null: none
    FormatReaders formats;
  };

  explicit RecordDeidentifier(Parts parts);

  const Policy& policy() const { return parts_.policy; }
  const FormatReader& Reader(Format format) const {
    return parts_.formats[format];
  }

  // A plain text: what is found, and the text with findings replaced.
  absl::StatusOr<std::vector<Finding>> AnalyzeText(
      std::string_view text, const AnalyzeOptions& options) const;
  absl::StatusOr<Output> Replace(std::string_view text,
                                 std::vector<Finding> findings,
                                 const RecordOptions& options) const;

  // Where what a record gives goes; appended to `file`.
  struct Place {
    FileOutput* file = nullptr;
    std::size_t shift = 0;  // of the record in the file
    std::size_t ordinal = 0;
    bool write =
        true;  // its text too; else documents inside are looked through
  };

  // A record of a format. On an error `place.file` is as it was.
  absl::Status Record(Format format, const FormatReader& reader,
                      std::string_view record, const AnalyzeOptions& options,
                      const RecordOptions& about, const Place& place) const;

 private:
  class Run;

  // `known` begins with known_.
  absl::Status Find(std::string_view text, KnownMatchers known,
                    const AnalyzeOptions& options, RecordScratch* scratch,
                    std::vector<Finding>* findings) const;
  absl::Status CheckSize(std::string_view record) const;

  Parts parts_;
  std::vector<const KnownMatcher*> known_;  // of every text
  std::array<bool, kPhiTypeCount> enabled_;
  mutable ScratchPool pool_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_RECORD_DEIDENTIFIER_H_
