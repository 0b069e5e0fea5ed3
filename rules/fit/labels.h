// SPDX-License-Identifier: Apache-2.0
//
// What a token of an annotated document counts as. Pure functions.

#ifndef PHIWIRE_RULES_FIT_LABELS_H_
#define PHIWIRE_RULES_FIT_LABELS_H_

#include <cstddef>
#include <cstdint>

#include "rules/document_view.h"
#include "rules/fit/gold.h"
#include "rules/groups.h"

namespace phiwire {

// Group of a token at [begin, end) of the original text. document.spans are
// sorted by begin; tokens come in order, *at (first 0) remembers the place.
// *counted: whether annotators agree on it (no OPTIONAL span).
Group LabelOf(const GoldDocument& document, std::size_t begin, std::size_t end,
              std::size_t* at, bool* counted);

// Of what annotators may disagree on, bare years and names of days, states and
// countries are no PHI under the default policy: learned as such. calm:
// ClassMasks::calm.
bool CalmToken(const DocumentView& view, std::size_t i, std::uint64_t calm);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_LABELS_H_
