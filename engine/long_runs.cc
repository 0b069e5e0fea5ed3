// SPDX-License-Identifier: Apache-2.0

#include "engine/long_runs.h"

#include <array>
#include <bit>

#include "base/ask_ahead.h"
#include "engine/byte_lanes.h"

namespace phiwire {
namespace {

constexpr std::size_t kBlock = 64;

// A bit for each of 64 bytes that may not be part of a run.
std::uint64_t GapsOf(const char* block) {
  std::uint64_t out = 0;
#if defined(__SSE2__)
  for (unsigned at = 0; at < kBlock; at += 16) {
    const __m128i gap = _mm_cmplt_epi8(LoadLanes(block + at), Fill('*' + 1));
    out |= Tops(gap) << at;
  }
#else
  for (unsigned at = 0; at < kBlock; ++at) {
    out |= std::uint64_t{!IsLongRunPart(block[at])} << at;
  }
#endif
  return out;
}

// The first of every 16 bits in a row that are 1.
std::uint64_t Sixteens(std::uint64_t bits) {
  static_assert(kShortestLongRun == 16);
  bits &= bits >> 1;
  bits &= bits >> 2;
  bits &= bits >> 4;
  return bits & bits >> 8;
}

class Finder {
 public:
  Finder(std::string_view text, std::vector<ByteRun>* runs)
      : text_(text), runs_(runs) {}

  void Run() {
    std::array<char, kBlock> rest{};
    for (std::size_t at = 0; at < text_.size(); at += kBlock) {
      AskAhead(text_.data() + at, kTextAhead);
      const bool whole = text_.size() - at >= kBlock;
      if (!whole) text_.copy(rest.data(), kBlock, at);
      const std::uint64_t gaps =
          GapsOf(whole ? text_.data() + at : rest.data());
      // Where runs are known to be; one may have begun before the block.
      std::uint64_t inside = Sixteens(~gaps);
      const auto head = static_cast<unsigned>(std::countr_zero(gaps));
      if (head != 0 && head + tail_ >= kShortestLongRun) inside |= 1;
      tail_ = static_cast<unsigned>(std::countl_zero(gaps));
      for (; inside != 0; inside &= inside - 1) {
        const std::size_t seen =
            at + static_cast<unsigned>(std::countr_zero(inside));
        if (seen >= done_) AddAround(seen);
      }
    }
  }

 private:
  void AddAround(std::size_t seen) {
    std::size_t begin = seen, end = seen;
    while (begin > done_ && IsLongRunPart(text_[begin - 1])) --begin;
    while (end < text_.size() && IsLongRunPart(text_[end])) ++end;
    runs_->push_back(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    done_ = end;
  }

  std::string_view text_;
  std::vector<ByteRun>* runs_;
  std::size_t done_ = 0;  // behind the last run
  unsigned tail_ = 0;     // bytes at the last block's end that may be of a run
};

}  // namespace

void FindLongRuns(std::string_view text, std::vector<ByteRun>* runs) {
  runs->clear();
  Finder(text, runs).Run();
}

}  // namespace phiwire
