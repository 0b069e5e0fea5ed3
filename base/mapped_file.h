// SPDX-License-Identifier: Apache-2.0
//
// A regular file mapped into memory to be read: the system's own copy of it,
// shared by all processes. The file must not be cut short while it is open;
// replace it by a new one instead. Safe from any thread.

#ifndef PHIWIRE_BASE_MAPPED_FILE_H_
#define PHIWIRE_BASE_MAPPED_FILE_H_

#include <cstddef>
#include <string_view>

#include "absl/status/statusor.h"

namespace phiwire {

class MappedFile {
 public:
  // kNotFound when it can't be opened, kDataLoss when it is empty or larger
  // than most_bytes.
  static absl::StatusOr<MappedFile> Open(std::string_view path,
                                         std::size_t most_bytes);
  MappedFile(MappedFile&&) noexcept;
  MappedFile& operator=(MappedFile&&) noexcept;
  ~MappedFile();

  std::string_view bytes() const { return bytes_; }

 private:
  MappedFile() = default;
  std::string_view bytes_;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_MAPPED_FILE_H_
