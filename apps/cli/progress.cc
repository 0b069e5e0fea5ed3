// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "apps/cli/output_file.h"

namespace phiwire::cli {
namespace {

constexpr double kMega = 1e6;
constexpr auto kPatience = std::chrono::seconds(2);
constexpr auto kRedraw = std::chrono::milliseconds(100);

constexpr std::uint64_t kBarWidth = 20;

// "[#####---------------]  25 %  ", nothing while the whole is not known.
std::string Bar(std::uint64_t done, std::uint64_t all) {
  if (all == 0) return "";
  done = std::min(done, all);
  const auto full = static_cast<std::size_t>(done * kBarWidth / all);
  std::string bar = "[";
  bar.append(full, '#').append(kBarWidth - full, '-');
  return bar + "] " + std::to_string(done * 100 / all) + " %  ";
}

double Mega(std::uint64_t bytes) { return static_cast<double>(bytes) / kMega; }

}  // namespace

Progress::Progress(std::size_t documents, std::uint64_t bytes)
    : documents_(documents),
      bytes_(bytes),
      terminal_(::isatty(STDERR_FILENO) == 1) {}

double Progress::Seconds() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

std::string Progress::Line(const Tally& done) const {
  const double seconds = std::max(Seconds(), 1e-9);
  const double rate = Mega(done.bytes) / seconds;
  char line[200];
  std::string text = Bar(done.bytes, bytes_);
  int size = std::snprintf(line, sizeof(line), "%zu of %zu files  %.1f MB",
                           done.documents, documents_, Mega(done.bytes));
  text.append(line, static_cast<std::size_t>(std::max(size, 0)));
  if (bytes_ > 0 && done.bytes > 0) {
    const std::uint64_t left = bytes_ - std::min(bytes_, done.bytes);
    const auto eta = static_cast<long>(Mega(left) / rate);
    size = std::snprintf(line, sizeof(line),
                         " of %.1f MB  %.1f MB/s  ETA %ld:%02ld", Mega(bytes_),
                         rate, eta / 60, eta % 60);
  } else {
    size = std::snprintf(line, sizeof(line), "  %.1f MB/s", rate);
  }
  return text.append(line, static_cast<std::size_t>(std::max(size, 0)));
}

void Progress::Update(const Tally& done) {
  if (!terminal_) return;
  const auto now = Clock::now();
  if (now - start_ < kPatience || now - last_ < kRedraw) return;
  last_ = now;
  drawn_ = true;
  WriteAll(STDERR_FILENO, "\r\x1b[K" + Line(done)).IgnoreError();
}

void Progress::Clear() {
  if (drawn_) WriteAll(STDERR_FILENO, "\r\x1b[K").IgnoreError();
  drawn_ = false;
}

}  // namespace phiwire::cli
