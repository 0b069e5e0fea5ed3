// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/zip3.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"

namespace phiwire {
namespace {

bool IsUsZip(std::string_view s) {
  const bool plus4 = s.size() == 10 && (s[5] == '-' || s[5] == ' ');
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (!IsDigit(s[i]) && !(plus4 && i == 5)) return false;
  }
  return s.size() == 3 || s.size() == 5 || s.size() == 9 || plus4;
}

bool IsRestricted(std::string_view prefix, ZipList list) {
  const auto row = std::find_if(
      kRestrictedZip3.begin(), kRestrictedZip3.end(),
      [prefix](const RestrictedZip3& r) { return r.prefix == prefix; });
  if (row == kRestrictedZip3.end()) return false;
  switch (list) {
    case ZipList::k2000:
      return row->in_2000;
    case ZipList::k2020:
      return row->in_2020;
    case ZipList::kUnion:
      break;
  }
  return true;
}

}  // namespace

std::string HarborZip(std::string_view zip, ZipList list) {
  while (zip.starts_with(' ')) zip.remove_prefix(1);
  while (zip.ends_with(' ')) zip.remove_suffix(1);
  if (!IsUsZip(zip)) return "";
  const std::string_view prefix = zip.substr(0, 3);
  return IsRestricted(prefix, list) ? "000" : std::string(prefix);
}

}  // namespace phiwire
