// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes are RTF, by their front: what --format auto asks.

#ifndef PHIWIRE_FORMATS_RTF_SNIFF_H_
#define PHIWIRE_FORMATS_RTF_SNIFF_H_

#include <string_view>

namespace phiwire {

inline bool LooksLikeRtf(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (!head.empty() && (head.front() == ' ' || head.front() == '\t' ||
                           head.front() == '\r' || head.front() == '\n')) {
    head.remove_prefix(1);
  }
  return head.starts_with("{\\rtf");
}

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_RTF_SNIFF_H_
