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

  struct Result {
    std::vector<Finding> findings;  // offsets of the record
    std::vector<Removal> removals;  // likewise; their ordinal is not set
    std::vector<Edit> edits;        // when they were wanted
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

  // A record of a format; its edits only when `edit`. Without them documents
  // inside it are only looked through.
  absl::StatusOr<Result> Record(Format format, const FormatReader& reader,
                                std::string_view record,
                                const AnalyzeOptions& options,
                                const RecordOptions& about, bool edit) const;

 private:
  class Run;

  absl::Status Find(std::string_view text, KnownMatchers known,
                    const AnalyzeOptions& options, Pipeline::Scratch* scratch,
                    std::vector<Finding>* findings) const;
  absl::Status CheckSize(std::string_view record) const;

  Parts parts_;
  std::vector<const KnownMatcher*> known_;  // of every text
  mutable ScratchPool pool_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_RECORD_DEIDENTIFIER_H_
