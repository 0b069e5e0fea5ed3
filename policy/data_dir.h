// SPDX-License-Identifier: Apache-2.0
//
// Where the data files are when the caller does not say: beside the library
// or program this code was linked into (an install), or in the build tree it
// was made in.

#ifndef PHIWIRE_POLICY_DATA_DIR_H_
#define PHIWIRE_POLICY_DATA_DIR_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire {

// A folder with lexicon.bin; kNotFound names the places looked at.
absl::StatusOr<std::string> FindDataDir(std::string_view wanted);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_DATA_DIR_H_
