// SPDX-License-Identifier: Apache-2.0

#include "engine/char_kind.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace phiwire {

CharKind HighKind(std::string_view text, std::size_t i, std::size_t* length) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto at = static_cast<std::int64_t>(i);
  UChar32 c = 0;
  U8_NEXT(bytes, at, static_cast<std::int64_t>(text.size()), c);
  *length = static_cast<std::size_t>(at) - i;
  if (c < 0) return kSymbol;
  if (u_isUWhiteSpace(c)) return kSpace;
  if (u_isdigit(c)) return kDigit;
  if (u_isupper(c)) return kUp;
  const bool letter = u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK ||
                      u_charType(c) == U_OTHER_NUMBER;
  return letter ? kLow : kSymbol;
}

}  // namespace phiwire
