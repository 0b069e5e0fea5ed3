// SPDX-License-Identifier: Apache-2.0
//
// What an anonymizer may need when it is made, besides its settings. What it
// points to outlives the anonymizer.

#ifndef PHIWIRE_ANONYMIZERS_CONTEXT_H_
#define PHIWIRE_ANONYMIZERS_CONTEXT_H_

#include <string>

#include "anonymizers/slot.h"
#include "base/key_ring.h"

namespace phiwire {

class TokenVault;

struct AnonymizerContext {
  SlotOptions slots;
  // Never null for an anonymizer that its catalogue row calls keyed.
  const KeyRing* keys = nullptr;
  // Never null where the row says it needs the vault.
  TokenVault* vault = nullptr;
  // Where the installed data files lie (names.tsv and the like).
  std::string data_dir = {};
  // Settings are checked and nothing more: keys are no real ones, no file may
  // be read, the result is thrown away.
  bool check_only = false;
};

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_CONTEXT_H_
