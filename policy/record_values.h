// SPDX-License-Identifier: Apache-2.0
//
// The values a record knows of itself, as a matcher that is put together only
// when a text may hold one of them: most texts of a message are a word or two,
// and none of the patient's. Until then the values' first words, by their
// first letters, answer; after 64 texts, or 1,024 values whose words were
// looked at, it is put together anyhow. One a record, one thread.

#ifndef PHIWIRE_POLICY_RECORD_VALUES_H_
#define PHIWIRE_POLICY_RECORD_VALUES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/format.h"
#include "engine/stages.h"
#include "rules/known_values.h"

namespace phiwire {

class RecordValues final : public KnownMatcher {
 public:
  // Both must outlive it; what is still to be written out is taken from
  // `fields`.
  RecordValues(std::string_view record, RecordFields* fields)
      : record_(record), fields_(fields) {}

  bool empty() const {
    return fields_->known.empty() && fields_->late_known == nullptr;
  }
  void Find(const Document& document,
            std::vector<KnownMatch>* matches) const override;

 private:
  bool MayStandIn(const Document& document) const;
  void Build() const;

  std::string_view record_;
  RecordFields* fields_;
  mutable std::size_t asked_ = 0;   // MayStandIn
  mutable std::size_t folded_ = 0;  // values it looked at the words of
  mutable std::optional<KnownValueIndex> index_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_RECORD_VALUES_H_
