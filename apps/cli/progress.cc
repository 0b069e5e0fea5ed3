// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "apps/cli/output_file.h"

namespace phiwire::cli {
namespace {

constexpr double kMega = 1e6;
constexpr auto kPatience = std::chrono::seconds(2);
constexpr auto kRedraw = std::chrono::milliseconds(100);

double Mega(std::uint64_t bytes) { return static_cast<double>(bytes) / kMega; }

}  // namespace

void Tally::Count(std::span<const Finding> found) {
  for (const Finding& f : found) ++findings[static_cast<std::size_t>(f.type)];
}

void Tally::Add(const Tally& other) {
  documents += other.documents;
  refused += other.refused;
  bytes += other.bytes;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    findings[i] += other.findings[i];
  }
}

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
  int size = std::snprintf(line, sizeof(line), "%zu of %zu files  %.1f MB",
                           done.documents, documents_, Mega(done.bytes));
  std::string text(line, static_cast<std::size_t>(std::max(size, 0)));
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

std::string Summary(const Tally& tally, double seconds) {
  char line[200];
  std::string text;
  const auto add = [&](int size) {
    text.append(line, static_cast<std::size_t>(std::max(size, 0)));
  };
  const std::size_t findings = std::accumulate(
      tally.findings.begin(), tally.findings.end(), std::size_t{0});
  add(std::snprintf(line, sizeof(line),
                    "documents %10zu   refused %zu\n"
                    "findings  %10zu\n",
                    tally.documents, tally.refused, findings));
  for (std::size_t i = 0; i < tally.findings.size(); ++i) {
    if (tally.findings[i] == 0) continue;
    const std::string name(TypeName(static_cast<PhiType>(i)));
    add(std::snprintf(line, sizeof(line), "  %-14s %5zu\n", name.c_str(),
                      tally.findings[i]));
  }
  add(std::snprintf(line, sizeof(line), "%.1f MB in %.1f s: %.1f MB/s\n",
                    Mega(tally.bytes), seconds,
                    Mega(tally.bytes) / std::max(seconds, 1e-9)));
  return text;
}

}  // namespace phiwire::cli
