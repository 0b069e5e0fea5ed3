// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/zip3.h"

#include <algorithm>
#include <cstddef>

namespace phiwire {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsUsZip(std::string_view s) {
  const bool plus4 = s.size() == 10 && (s[5] == '-' || s[5] == ' ');
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!IsDigit(s[i]) && !(plus4 && i == 5)) return false;
  }
  return s.size() == 3 || s.size() == 5 || s.size() == 9 || plus4;
}

}  // namespace

std::string HarborZip(std::string_view zip) {
  while (zip.starts_with(' ')) zip.remove_prefix(1);
  while (zip.ends_with(' ')) zip.remove_suffix(1);
  if (!IsUsZip(zip)) return "";
  const std::string_view prefix = zip.substr(0, 3);
  const bool restricted =
      std::find(kRestrictedZip3.begin(), kRestrictedZip3.end(), prefix) !=
      kRestrictedZip3.end();
  return restricted ? "000" : std::string(prefix);
}

}  // namespace phiwire
