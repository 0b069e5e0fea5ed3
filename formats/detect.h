// SPDX-License-Identifier: Apache-2.0
//
// Which format bytes are in, by their first bytes, and by their name where
// those leave it open. Conservative: what is not clearly of another format is
// text, which scans every byte. docs/formats.md has the rules.
//
//   DetectFormat("MSH|^~\\&|")        {kHl7, sure, "HL7 header"}
//   DetectFormat("# Note", "a.md")    {kMarkdown, sure, "the file's name"}

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

// `head`: the first bytes of a file, 64 KiB are plenty. `name`: the file's, of
// which only the ending is looked at; may be empty.
DetectedFormat DetectFormat(std::string_view head, std::string_view name = {});

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_DETECT_H_
