// SPDX-License-Identifier: Apache-2.0
//
// A policy in plain words, for `phiwire policy show`: what happens to each
// type, where it is otherwise, and which of HIPAA's eighteen identifiers (45
// CFR 164.514(b)(2)(i)) it leaves in, whole or in a form derived from them. A
// reading aid and no legal advice.

#ifndef PHIWIRE_POLICY_POLICY_WORDS_H_
#define PHIWIRE_POLICY_POLICY_WORDS_H_

#include <string>

#include "phiwire/policy.h"

namespace phiwire {

std::string InWords(const Policy& policy);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_POLICY_WORDS_H_
