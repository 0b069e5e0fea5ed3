// SPDX-License-Identifier: Apache-2.0
//
// Fails when ten times as much of a text, or of a file of some format, takes
// far more than ten times as long, or when one made to be slow takes far longer
// than prose: what is quadratic takes a hundred times as long. CPU times are
// compared with each other, in one run, and a comparison that fails is made
// again before it counts. A refusal costs little time, so it counts only where
// one is meant. With --all the times of each are told.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>

#include "bench/cpu_time.h"
#include "bench/options.h"
#include "bench/pathological.h"
#include "bench/slow_files.h"
#include "phiwire/phiwire.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kShort = 60'000;
constexpr std::size_t kLong = 10 * kShort;
constexpr double kMostGrowth = 25;   // ./dev bench has the real bounds:
constexpr double kMostOfProse = 40;  // 12 and 20
constexpr double kFloor = 0.002;     // seconds: not worth a look
constexpr int kTries = 4;

// More texts in base64 or hexadecimal inside one than a pipeline opens.
constexpr std::string_view kRefused[] = {"hexadecimal-words", "base64-words"};

bool Refused(std::string_view name) {
  return std::find(std::begin(kRefused), std::end(kRefused), name) !=
         std::end(kRefused);
}

// What is made slow, and how it is answered.
struct Input {
  std::string_view name;
  std::function<std::string(std::size_t bytes)> make;
  std::function<bool(const std::string&)> answered;
  bool refused = false;  // as it should be
};

// Never ends where it is answered otherwise than it should be.
double Seconds(const Input& input, const std::string& text) {
  const double begin = CpuTime();
  const bool ok = input.answered(text);
  const double took = CpuTime() - begin;
  return ok != input.refused ? took : std::numeric_limits<double>::infinity();
}

struct Times {
  double small = std::numeric_limits<double>::infinity();
  double large = std::numeric_limits<double>::infinity();
};

bool Fine(const Times& times, double prose) {
  return std::isfinite(times.small) &&
         times.large <= std::max(kFloor, kMostGrowth * times.small) &&
         times.large <= std::max(kFloor, kMostOfProse * prose);
}

void Tell(const Input& input, const Times& times, double prose) {
  const auto a_byte = [](double seconds, std::size_t bytes) {
    return seconds * 1e9 / static_cast<double>(bytes);
  };
  std::printf("%-26s %8.1f %8.1f ns a byte at %zu and %zu kB, %.1f x prose\n",
              std::string(input.name).c_str(), a_byte(times.small, kShort),
              a_byte(times.large, kLong), kShort / 1000, kLong / 1000,
              times.large / prose);
}

bool Check(const Input& input, double prose, bool tell) {
  const std::string small = input.make(kShort);
  const std::string large = input.make(kLong);
  if (small.empty() || large.empty()) return false;
  Times times;  // the best of the tries
  for (int i = 0; i < kTries; ++i) {
    times.small = std::min(times.small, Seconds(input, small));
    times.large = std::min(times.large, Seconds(input, large));
    if (!Fine(times, prose)) continue;
    if (tell) Tell(input, times, prose);
    return true;
  }
  if (std::isinf(times.small) || std::isinf(times.large)) {
    std::printf("%s: %s\n", std::string(input.name).c_str(),
                input.refused ? "not refused" : "refused");
    return false;
  }
  Tell(input, times, prose);
  return false;
}

Input OfText(const Deidentifier& deid, std::string_view name) {
  return {name,
          [name](std::size_t bytes) { return MakePathological(name, bytes); },
          [&deid](const std::string& text) { return deid.Text(text).ok(); },
          Refused(name)};
}

Input OfFile(const Deidentifier& deid, const SlowFile& file) {
  return {file.name,
          [&file](std::size_t bytes) { return MakeSlowFile(file, bytes); },
          [&](const std::string& text) {
            return deid.File(text, file.format).ok();
          }};
}

int Run(bool tell) {
  const auto deid = Deidentifier::Create(Policy::SafeHarbor(), BenchOptions());
  if (!deid.ok()) {
    std::puts(deid.status().ToString().c_str());
    return 1;
  }
  const Input prose = OfText(*deid, "prose");
  const std::string text = prose.make(kLong);
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kTries; ++i) {
    best = std::min(best, Seconds(prose, text));
  }
  if (std::isinf(best)) {
    std::puts("prose: refused");
    return 1;
  }
  int slow = 0;
  for (const std::string_view name : PathologicalNames()) {
    if (!Check(OfText(*deid, name), best, tell)) ++slow;
  }
  for (const SlowFile& file : SlowFiles()) {
    if (!Check(OfFile(*deid, file), best, tell)) ++slow;
  }
  std::printf("%zu texts, %zu files, %d too slow\n", PathologicalNames().size(),
              SlowFiles().size(), slow);
  return slow == 0 ? 0 : 1;
}

}  // namespace
}  // namespace phiwire::bench

int main(int argc, char** argv) {
  const bool all = argc == 2 && std::string_view(argv[1]) == "--all";
  if (argc > 1 && !all) {
    std::puts("usage: phiwire_bench_growth [--all]");
    return 2;
  }
  return phiwire::bench::Run(all);
}
