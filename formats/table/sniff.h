// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes look like separated text with a header row, or like a table
// without one. Conservative: prose with commas is none.

#ifndef PHIWIRE_FORMATS_TABLE_SNIFF_H_
#define PHIWIRE_FORMATS_TABLE_SNIFF_H_

#include <cstddef>
#include <string_view>

namespace phiwire {

// `head`: the first bytes of a file, cut anywhere.
bool LooksLikeCsv(std::string_view head);
// The same, and so many columns of its header row are known by name.
bool HasKnownColumns(std::string_view head, std::size_t least);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_TABLE_SNIFF_H_
