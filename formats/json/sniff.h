// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes begin as JSON: an object or array whose first tokens fit, or
// lines of them. `head`: the first bytes of a file, cut anywhere. Pure
// function.

#ifndef PHIWIRE_FORMATS_JSON_SNIFF_H_
#define PHIWIRE_FORMATS_JSON_SNIFF_H_

#include <string_view>

namespace phiwire::json {

bool LooksLikeJson(std::string_view head);

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_SNIFF_H_
