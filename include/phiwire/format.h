// SPDX-License-Identifier: Apache-2.0
//
// How bytes are read: the format of a file or of one record.

#ifndef PHIWIRE_INCLUDE_PHIWIRE_FORMAT_H_
#define PHIWIRE_INCLUDE_PHIWIRE_FORMAT_H_

namespace phiwire {

// kAuto decides by content (MSH| means HL7 v2, ...).
enum class Format { kAuto, kText, kLog, kHl7 };

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_FORMAT_H_
