// SPDX-License-Identifier: Apache-2.0
//
// What was found in one record becomes edits: the record's session is set up
// with all its persons and values first, then each finding goes to its type's
// anonymizer in order.

#ifndef PHIWIRE_POLICY_REPLACEMENT_H_
#define PHIWIRE_POLICY_REPLACEMENT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "engine/anonymizer.h"
#include "engine/format.h"
#include "policy/anonymizer_set.h"

namespace phiwire {

// A finding or slot; views into the record and its fields.
struct Found {
  // As Field's: lists of these are not zeroed first.
  Found() {}  // NOLINT(modernize-use-equals-default)

  std::size_t begin = 0;  // bytes of the record
  std::size_t end = 0;
  Target target;              // surface as the format decodes it
  std::int32_t subject = -1;  // index in RecordFields::subjects
  bool required = false;      // must not become empty
  bool slot = false;
  bool escaped = false;  // the record spells it with escapes
  Spelling spelling = Spelling::kPlain;
  // Of the field: what stays under an edit.
  std::span<const RecordRange> gaps = {};
  // Set: the replacement itself, which no anonymizer makes (a document).
  const std::string* made = nullptr;
};

struct RecordContext {
  // The record's own persons and subjects; null for a plain text.
  const RecordFields* fields = nullptr;
  // Whom the record is about when it doesn't say so itself.
  std::string_view subject;
  Format format = Format::kText;
};

// The field's own patient, else the record's, else the caller's.
std::string_view SubjectOf(const Found& found, const RecordContext& context);

// One record's. All its values are added first; then what was found is
// replaced, in one call or in several that follow each other in the record;
// then Finish, before anything of it is let out. For one thread; everything
// given must outlive it.
class Replacer {
 public:
  // `values`: how many will be added.
  Replacer(const AnonymizerSet& anonymizers, const RecordContext& context,
           std::size_t values);

  void AddValue(PhiType type, std::string_view surface) {
    session_.AddValue(type, surface);
  }

  // Appends the edits, sorted and disjoint; an edit over a gap becomes several,
  // the first with the text. `found` may be in any order; `edits` holds nothing
  // behind its begin. Errors of an anonymizer come with the byte range;
  // kDataLoss when a required slot would become empty.
  absl::Status Replace(std::span<const Found> found, std::vector<Edit>* edits);

  absl::Status Finish();

 private:
  absl::Status ReplaceOne(const Found& found, std::vector<Edit>* edits);

  const AnonymizerSet& anonymizers_;
  const RecordContext& context_;
  Session session_;
};

// All of the above at once.
absl::Status ReplaceFound(const AnonymizerSet& anonymizers,
                          const RecordContext& context,
                          std::span<const Found> found,
                          std::vector<Edit>* edits);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_REPLACEMENT_H_
