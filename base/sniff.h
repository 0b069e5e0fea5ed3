// SPDX-License-Identifier: Apache-2.0
//
// Names a binary file format by its first bytes, so that a refusal can say
// "this is a PDF" instead of "invalid UTF-8 at byte 10". Not a detector of
// text formats. Pure; safe from any thread.

#ifndef PHIWIRE_BASE_SNIFF_H_
#define PHIWIRE_BASE_SNIFF_H_

#include <optional>
#include <string_view>

namespace phiwire {

// bytes: the file's beginning; 512 bytes are enough for every format known.
std::optional<std::string_view> BinaryFormatName(std::string_view bytes);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_SNIFF_H_
