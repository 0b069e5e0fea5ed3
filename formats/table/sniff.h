// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes look like separated text with a header row, or like a table
// without one. Conservative: prose with commas is none.

#ifndef PHIWIRE_FORMATS_TABLE_SNIFF_H_
#define PHIWIRE_FORMATS_TABLE_SNIFF_H_

#include <cstddef>
#include <string_view>

namespace phiwire {

struct CsvSigns {
  std::size_t known = 0;  // columns of a header row known by name
  bool header = false;    // so many that it is one
  bool table = false;     // a header row, or rows like a table's
};

// `head`: the first bytes of a file, cut anywhere.
CsvSigns FindCsvSigns(std::string_view head);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_TABLE_SNIFF_H_
