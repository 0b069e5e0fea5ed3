// SPDX-License-Identifier: Apache-2.0
//
// One input, a file or standard input, and its bytes as UTF-8.
//
// Nothing here puts a path or content into a Status: the caller names the
// input (diagnostics.h).

#ifndef PHIWIRE_APPS_CLI_INPUTS_H_
#define PHIWIRE_APPS_CLI_INPUTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/encoding.h"

namespace phiwire::cli {

struct Input {
  std::size_t ordinal = 0;  // from 1, in walking order
  std::string path;         // "-": standard input
  std::string relative;     // where it stands below its root: "a/b.txt"
  std::uint64_t bytes = 0;  // size when listed; 0 for standard input
  absl::Status status;      // not OK: a folder that can't be read
};

// The raw bytes. kPermissionDenied, kUnavailable; kOutOfRange over `limit`.
absl::StatusOr<std::string> ReadInput(const Input& input, std::size_t limit);

// A file descriptor for reading (0 for "-"), to be closed unless it is 0.
absl::StatusOr<int> OpenInput(const Input& input);

// kInvalidArgument "a PDF file: ..." for formats known by their first bytes.
absl::Status CheckNotBinary(std::string_view bytes);

// The bytes as UTF-8. Refuses binary formats and NUL.
absl::StatusOr<DecodedText> DecodeInput(std::string_view bytes,
                                        std::string_view encoding);

// kInvalidArgument when no such encoding is known.
absl::Status CheckEncoding(std::string_view encoding);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_INPUTS_H_
