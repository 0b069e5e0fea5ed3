// SPDX-License-Identifier: Apache-2.0
//
// All of phiwire's public interface in one include.

#ifndef PHIWIRE_INCLUDE_PHIWIRE_PHIWIRE_H_
#define PHIWIRE_INCLUDE_PHIWIRE_PHIWIRE_H_

#include "phiwire/anonymizer.h"
#include "phiwire/deidentifier.h"
#include "phiwire/finding.h"
#include "phiwire/policy.h"
#include "phiwire/types.h"

#endif  // PHIWIRE_INCLUDE_PHIWIRE_PHIWIRE_H_
