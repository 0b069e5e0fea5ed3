// SPDX-License-Identifier: Apache-2.0
//
// Random strings of an alphabet, from OpenSSL's generator. RandomText is safe
// from any thread; a RandomDraw, which asks OpenSSL once for many strings, is
// one thread's.

#ifndef PHIWIRE_ANONYMIZERS_TOKEN_RANDOM_H_
#define PHIWIRE_ANONYMIZERS_TOKEN_RANDOM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire {

// Uniform over all strings of that length. `alphabet`: 2 to 64 characters.
absl::StatusOr<std::string> RandomText(std::string_view alphabet,
                                       std::size_t length);

class RandomDraw {
 public:
  RandomDraw() = default;
  RandomDraw(const RandomDraw&) = delete;
  RandomDraw& operator=(const RandomDraw&) = delete;
  ~RandomDraw();

  // As RandomText.
  absl::StatusOr<std::string> Text(std::string_view alphabet,
                                   std::size_t length);

 private:
  // What was given out is wiped.
  std::array<std::uint8_t, 1024> bytes_{};
  std::size_t taken_ = sizeof(bytes_);
};

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_TOKEN_RANDOM_H_
