// SPDX-License-Identifier: Apache-2.0
//
// Which format bytes are in, by their first bytes only. Conservative: what is
// not clearly HL7 v2 is text, which scans every byte. Logs are never guessed,
// because a note that begins with times would be cut into pieces.

#ifndef PHIWIRE_FORMATS_DETECT_H_
#define PHIWIRE_FORMATS_DETECT_H_

#include <string_view>

#include "phiwire/types.h"

namespace phiwire {

Format DetectFormat(std::string_view bytes);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_DETECT_H_
