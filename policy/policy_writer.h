// SPDX-License-Identifier: Apache-2.0
//
// A policy as YAML with every setting written out, for `phiwire policy show`:
// what extends gave is there, so nothing is left to be looked up. Read again
// with base_dir "." it gives the same policy. Paths are written as they are in
// the policy; the key's path is, the key never. allow and deny are written too,
// and a site may have put names there.

#ifndef PHIWIRE_POLICY_POLICY_WRITER_H_
#define PHIWIRE_POLICY_POLICY_WRITER_H_

#include <string>

#include "phiwire/policy.h"

namespace phiwire {

std::string ToYaml(const Policy& policy);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_POLICY_WRITER_H_
