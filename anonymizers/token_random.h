// SPDX-License-Identifier: Apache-2.0
//
// Random strings of an alphabet, from OpenSSL's generator. Safe from any
// thread.

#ifndef PHIWIRE_ANONYMIZERS_TOKEN_RANDOM_H_
#define PHIWIRE_ANONYMIZERS_TOKEN_RANDOM_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire {

// Uniform over all strings of that length. `alphabet`: 2 to 64 characters.
absl::StatusOr<std::string> RandomText(std::string_view alphabet,
                                       std::size_t length);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_TOKEN_RANDOM_H_
