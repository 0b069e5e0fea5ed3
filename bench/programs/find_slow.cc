// SPDX-License-Identifier: Apache-2.0
//
// phiwire_bench_slow SEED SECONDS: looks for texts and files that take much
// longer a byte when they are longer, or far longer than others of their size.
// Pieces of bench/pathological.h and bench/slow_files.h are put together at
// random and repeated, one thing in the first half and maybe another in the
// second, at 6 and at 48 kB, and where that differs at 192. Prints what it
// found, the worst first; exit code 1 when something grew. What is found
// becomes a line of one of those two files.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/cpu_time.h"
#include "bench/options.h"
#include "bench/pathological.h"
#include "bench/slow_files.h"
#include "phiwire/phiwire.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kShort = 6'000;
constexpr std::size_t kLong = 8 * kShort;
constexpr double kMostGrowth = 1.7;  // ns a byte, long beside short
constexpr double kFloor = 100;       // ns a byte: less is not worth a look
constexpr std::size_t kShown = 20;

constexpr std::string_view kBytes =
    " \n\r\t!\"#$%&'()*+,-./0123456789:;<=>?@AZ[\\]^_`az{|}~";

constexpr auto kFormats = std::to_array<Format>(
    {Format::kText, Format::kLog, Format::kHl7, Format::kCsv, Format::kNdjson,
     Format::kFhir, Format::kCcda, Format::kX12, Format::kHtml, Format::kRtf,
     Format::kMarkdown});

struct Slow {
  double worse = 0;  // or ns a byte
  std::string what;
};

class Search {
 public:
  Search(const Deidentifier& deid, unsigned seed)
      : deid_(deid), random_(seed) {}

  void Try() {
    const Format format = kFormats[random_() % kFormats.size()];
    const Shape shape = NewShape(format);
    const std::string small = Make(shape, kShort);
    const std::string large = Make(shape, kLong);
    ++tried_;
    const double longer = NanosecondsAByte(large, format);
    if (longer < kFloor) return;
    const double shorter = NanosecondsAByte(small, format);
    const std::string what =
        std::string(FormatName(format)) + ": " + Shown(shape);
    slow_.push_back({longer, what});
    if (longer < kMostGrowth * shorter) return;
    // Longer texts of some formats are read as others; that ends there.
    const double longest = NanosecondsAByte(Make(shape, 4 * kLong), format);
    if (longest > kMostGrowth * longer) {
      grown_.push_back({longest / longer, what});
    }
  }

  int Report() {
    std::printf("%zu tried\n", tried_);
    Print("times as long a byte, four times as long", &grown_);
    Print("ns a byte", &slow_);
    return grown_.empty() ? 0 : 1;
  }

 private:
  struct Shape {
    std::string head, first, second, tail;
  };

  // The better of two.
  double NanosecondsAByte(const std::string& text, Format format) const {
    double best = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 2; ++i) {
      const double begin = CpuTime();
      (void)deid_.File(text, format).ok();  // a refusal is an answer too
      best = std::min(best, CpuTime() - begin);
    }
    return best * 1e9 / static_cast<double>(text.size());
  }

  std::string Piece(const std::vector<std::string_view>& pieces) {
    if (random_() % 3 == 0) {
      return std::string(1, kBytes[random_() % kBytes.size()]);
    }
    return std::string(pieces[random_() % pieces.size()]);
  }
  std::string Pieces(const std::vector<std::string_view>& pieces) {
    std::string out;
    for (std::size_t n = 1 + random_() % 5; n > 0; --n) out += Piece(pieces);
    return out;
  }

  Shape NewShape(Format format) {
    std::vector<std::string_view> pieces = PathologicalUnits();
    std::vector<const SlowFile*> files;
    for (const SlowFile& file : SlowFiles()) {
      if (file.format != format) continue;
      files.push_back(&file);
      // As often as all texts together.
      pieces.insert(pieces.end(), 10, file.unit);
    }
    Shape shape;
    if (!files.empty()) {
      shape.head = files[random_() % files.size()]->head;
      shape.tail = files[random_() % files.size()]->tail;
    }
    if (random_() % 3 == 0) shape.head += Pieces(pieces);
    shape.first = Pieces(pieces);
    shape.second = random_() % 3 == 0 ? Pieces(pieces) : shape.first;
    return shape;
  }

  static std::string Make(const Shape& shape, std::size_t bytes) {
    std::string out = shape.head;
    while (out.size() < bytes / 2) out += shape.first;
    while (out.size() < bytes) out += shape.second;
    return out + shape.tail;
  }

  static std::string Shown(const Shape& shape) {
    std::string out;
    for (const std::string& part :
         {shape.head, shape.first, shape.second, shape.tail}) {
      out += out.empty() ? "" : " | ";
      for (const char c : part) {
        std::array<char, 8> byte{};
        const bool plain = c >= ' ' && c <= '~' && c != '\\';
        std::snprintf(byte.data(), byte.size(), plain ? "%c" : "\\x%02x",
                      static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += byte.data();
      }
    }
    return out;
  }

  static void Print(const char* unit, std::vector<Slow>* found) {
    std::sort(found->begin(), found->end(),
              [](const Slow& a, const Slow& b) { return a.worse > b.worse; });
    std::printf("%s:\n", unit);
    for (std::size_t i = 0; i < std::min(found->size(), kShown); ++i) {
      std::printf("%8.1f  %s\n", (*found)[i].worse, (*found)[i].what.c_str());
    }
  }

  const Deidentifier& deid_;
  std::mt19937 random_;
  std::size_t tried_ = 0;
  std::vector<Slow> grown_, slow_;
};

int Run(unsigned seed, double seconds) {
  const auto deid = Deidentifier::Create(Policy::SafeHarbor(), BenchOptions());
  if (!deid.ok()) {
    std::puts(deid.status().ToString().c_str());
    return 1;
  }
  Search search(*deid, seed);
  const double begin = CpuTime();
  while (CpuTime() - begin < seconds) search.Try();
  return search.Report();
}

}  // namespace
}  // namespace phiwire::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::puts("usage: phiwire_bench_slow SEED SECONDS");
    return 2;
  }
  return phiwire::bench::Run(
      static_cast<unsigned>(std::strtoul(argv[1], nullptr, 10)),
      std::strtod(argv[2], nullptr));
}
