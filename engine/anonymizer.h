// SPDX-License-Identifier: Apache-2.0
//
// The anonymizer's interface, public so that users can write their own.

#ifndef PHIWIRE_ENGINE_ANONYMIZER_H_
#define PHIWIRE_ENGINE_ANONYMIZER_H_

#include "engine/field.h"
#include "phiwire/anonymizer.h"

#endif  // PHIWIRE_ENGINE_ANONYMIZER_H_
