// SPDX-License-Identifier: Apache-2.0
//
// The byte formats, one factory each. The readers are stateless, immutable
// and thread-safe; see docs/text.md, docs/log.md and docs/hl7v2.md.

#ifndef PHIWIRE_FORMATS_FORMATS_H_
#define PHIWIRE_FORMATS_FORMATS_H_

#include <memory>

#include "engine/format.h"

namespace phiwire {

std::unique_ptr<FormatReader> NewTextFormat();
std::unique_ptr<FormatReader> NewLogFormat();
std::unique_ptr<FormatReader> NewHl7v2Format();

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_FORMATS_H_
