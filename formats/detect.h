// SPDX-License-Identifier: Apache-2.0
//
// Which format bytes are in, by their first bytes only. Conservative: what is
// not clearly of another format is text, which scans every byte.

#ifndef PHIWIRE_FORMATS_DETECT_H_
#define PHIWIRE_FORMATS_DETECT_H_

#include <string_view>

#include "phiwire/types.h"

namespace phiwire {

struct DetectedFormat {
  Format format = Format::kText;
  bool sure = true;
  // What spoke for it, as plain words without content: "MSH segment".
  std::string_view why = {};
};

// `head`: the first bytes of a file, 64 KiB are plenty.
DetectedFormat DetectFormat(std::string_view head);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_DETECT_H_
