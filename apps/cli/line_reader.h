// SPDX-License-Identifier: Apache-2.0
//
// Reads a file descriptor as blocks of whole lines, so that a pipe of any
// length flows through bounded memory. A block is what is complete when data
// arrives: a program that writes one line and waits gets its answer.
//
// `cut` may hold lines back that belong together with what follows (the
// entries of a log); they come when the input pauses or ends.
//
// A line longer than `limit` is not kept: it comes as a block of its own with
// `oversized` set and only its first bytes. Threads: one at a time.

#ifndef PHIWIRE_APPS_CLI_LINE_READER_H_
#define PHIWIRE_APPS_CLI_LINE_READER_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace phiwire::cli {

struct LineBlock {
  std::string bytes;      // whole lines; the last may lack its newline
  std::size_t begin = 0;  // offset in the input
  std::size_t size = 0;   // bytes of the input it stands for
  bool oversized = false;
};

class LineReader {
 public:
  // Bytes kept of an oversized line, to find its id in.
  static constexpr std::size_t kHead = 4096;

  // How many bytes of these whole lines may be given out; 0: none yet.
  using Cut = std::function<std::size_t(std::string_view lines)>;

  // Does not own `fd`.
  LineReader(int fd, std::size_t limit, Cut cut = nullptr)
      : fd_(fd), limit_(limit), cut_(std::move(cut)) {}

  // nullopt at the end or on an error.
  std::optional<LineBlock> Next();
  const absl::Status& status() const { return status_; }

 private:
  bool Fill();  // false at the end of input
  bool Idle() const;
  std::size_t Ready();  // bytes of buffer_ that may be given out
  LineBlock Take(std::size_t size);
  LineBlock Discard();

  int fd_;
  std::size_t limit_;
  Cut cut_;
  std::string buffer_;      // from offset_ on
  std::size_t offset_ = 0;  // of the buffer in the input
  std::size_t lines_ = 0;   // bytes up to the last newline
  bool end_ = false;
  absl::Status status_;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_LINE_READER_H_
