// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "apps/cli/stop_signal.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

// Small enough that two threads share a file of a few megabytes evenly.
constexpr std::size_t kRead = std::size_t{256} << 10;
// A writer that is silent for so long has finished its entry.
constexpr int kIdleMilliseconds = 200;

}  // namespace

bool LineReader::Fill() {
  if (end_) return false;
  const std::size_t size = buffer_.size();
  buffer_.resize(size + kRead);
  ssize_t got = 0;
  do {
    got = ::read(fd_, buffer_.data() + size, kRead);
  } while (got < 0 && errno == EINTR && StopSignal() == 0);
  if (got < 0) {
    status_ = absl::UnavailableError(
        Concat({"can't be read: ", std::generic_category().message(errno)}));
  }
  buffer_.resize(size + (got > 0 ? static_cast<std::size_t>(got) : 0));
  const std::size_t newline =
      std::string_view(buffer_).substr(size).rfind('\n');
  if (newline != std::string_view::npos) lines_ = size + newline + 1;
  end_ = got <= 0;
  return !end_;
}

bool LineReader::Idle() const {
  pollfd waiting{fd_, POLLIN, 0};
  return !end_ && ::poll(&waiting, 1, kIdleMilliseconds) == 0;
}

std::size_t LineReader::Ready() {
  if (lines_ == 0 || !cut_) return lines_;
  const std::size_t cut = cut_(std::string_view(buffer_).substr(0, lines_));
  if (cut > 0) return cut;
  return buffer_.size() > limit_ || Idle() ? lines_ : 0;
}

LineBlock LineReader::Take(std::size_t size) {
  LineBlock block;
  block.begin = offset_;
  block.size = size;
  std::string rest = buffer_.substr(size);
  buffer_.resize(size);
  block.bytes = std::exchange(buffer_, std::move(rest));
  offset_ += size;
  lines_ -= std::min(lines_, size);
  return block;
}

// Reads to the end of the line and keeps its head only.
LineBlock LineReader::Discard() {
  LineBlock block;
  block.begin = offset_;
  block.oversized = true;
  block.bytes = buffer_.substr(0, kHead);
  while (true) {
    const std::size_t newline = buffer_.find('\n');
    const std::size_t drop =
        newline == std::string::npos ? buffer_.size() : newline + 1;
    block.size += drop;
    buffer_.erase(0, drop);
    if (newline != std::string::npos || !Fill()) break;
  }
  offset_ += block.size;
  const std::size_t newline = buffer_.rfind('\n');
  lines_ = newline == std::string::npos ? 0 : newline + 1;
  return block;
}

std::optional<LineBlock> LineReader::Next() {
  while (true) {
    const std::size_t ready = Ready();
    if (ready > 0) return Take(ready);
    if (lines_ == 0 && buffer_.size() > limit_) return Discard();
    if (!Fill()) break;
  }
  // A read error leaves half a line: it is not a record.
  if (!status_.ok() || buffer_.empty()) return std::nullopt;
  return Take(buffer_.size());
}

}  // namespace phiwire::cli
