// SPDX-License-Identifier: Apache-2.0
//
// What takes the place of a finding. One class an anonymizer, immutable and
// thread-safe; a new one is a class under anonymizers/ and one line in policy/.

#ifndef PHIWIRE_ENGINE_ANONYMIZER_H_
#define PHIWIRE_ENGINE_ANONYMIZER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/field.h"
#include "phiwire/types.h"

namespace phiwire {

struct Target {
  PhiType type = PhiType::kName;
  SlotGrammar grammar = SlotGrammar::kFreeText;
  std::string_view surface;  // decoded text of the finding or slot
};

class Anonymizer {
 public:
  virtual ~Anonymizer() = default;
  // The name in policies ("replace"); part of the file format.
  virtual std::string_view name() const = 0;
  // The replacement, unescaped. For a slot grammar it must be a value that
  // grammar allows; an empty string empties the slot.
  virtual absl::StatusOr<std::string> Apply(const Target& target) const = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_ANONYMIZER_H_
