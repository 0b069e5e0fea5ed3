// SPDX-License-Identifier: Apache-2.0
//
// Whether a file begins as an X12 interchange does.

#ifndef PHIWIRE_FORMATS_X12_SNIFF_H_
#define PHIWIRE_FORMATS_X12_SNIFF_H_

#include <string_view>

#include "formats/x12/delimiters.h"

namespace phiwire {

// `head`: the first bytes, behind a byte order mark and blanks. A broken ISA is
// no X12 here: what can't be told is scanned as text.
inline bool LooksLikeX12(std::string_view head) {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (head.substr(0, kBom.size()) == kBom) head.remove_prefix(kBom.size());
  const std::size_t start = head.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return false;
  head.remove_prefix(start);
  return x12::IsIsaAt(head, 0) && x12::ReadIsa(head).ok();
}

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_X12_SNIFF_H_
