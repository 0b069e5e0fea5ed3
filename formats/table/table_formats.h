// SPDX-License-Identifier: Apache-2.0
//
// The readers of tables; formats.h has the other formats. They take a column
// map besides the site's rules, whose places are columns: names of the header
// row in any case, or "#3". A rule for a column that a file lacks is passed
// over; a map's is an error of Open.

#ifndef PHIWIRE_FORMATS_TABLE_TABLE_FORMATS_H_
#define PHIWIRE_FORMATS_TABLE_TABLE_FORMATS_H_

#include "formats/formats.h"
#include "formats/table/column_map.h"

namespace phiwire {

NewReader NewCsvFormat(SiteRules site, ColumnMap columns = {});
// Without columns every file is refused, as nothing tells where they are.
NewReader NewFixedFormat(SiteRules site, ColumnMap columns = {});

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_TABLE_TABLE_FORMATS_H_
