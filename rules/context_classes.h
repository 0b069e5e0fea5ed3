// SPDX-License-Identifier: Apache-2.0
//
// Reads word classes (context/*.yaml, and a site's rule folders) into the
// table the tokeniser looks words up in.

#ifndef PHIWIRE_RULES_CONTEXT_CLASSES_H_
#define PHIWIRE_RULES_CONTEXT_CLASSES_H_

#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "engine/word_classes.h"

namespace phiwire {

// Each folder's word_classes.yaml, in order; a later one adds words to the
// classes of earlier ones. A folder without the file is fine, but the first
// must have it.
absl::StatusOr<WordClasses> LoadWordClasses(
    std::span<const std::string> folders);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_CONTEXT_CLASSES_H_
