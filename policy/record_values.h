// SPDX-License-Identifier: Apache-2.0
//
// The values a record knows of itself, as a matcher that is put together only
// when a text may hold one of them: most texts of a message are a word or two,
// and none of the patient's. Until then a filter of the values' first words
// answers. One a record, one thread.

#ifndef PHIWIRE_POLICY_RECORD_VALUES_H_
#define PHIWIRE_POLICY_RECORD_VALUES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/stages.h"
#include "rules/known_values.h"

namespace phiwire {

class RecordValues final : public KnownMatcher {
 public:
  // `values` must outlive it.
  explicit RecordValues(std::span<const KnownValue> values) : values_(values) {}

  void Find(const Document& document,
            std::vector<KnownMatch>* matches) const override;

 private:
  bool MayStandIn(const Document& document) const;
  void FillFilter() const;

  std::span<const KnownValue> values_;
  // A value's hashes have a bit each.
  mutable std::array<std::uint64_t, 16> filter_ = {};
  mutable bool filled_ = false;
  mutable std::optional<KnownValueIndex> index_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_RECORD_VALUES_H_
