// SPDX-License-Identifier: Apache-2.0

#include "engine/long_runs.h"

#include <array>
#include <bit>

#include "base/ask_ahead.h"
#include "engine/byte_lanes.h"

namespace phiwire {
namespace {

// A bit for each of 64 bytes that may not be part of a run.
std::uint64_t GapsOf(const char* block) {
  std::uint64_t out = 0;
#if defined(__SSE2__)
  for (unsigned at = 0; at < 64; at += 16) {
    const __m128i gap = _mm_cmplt_epi8(LoadLanes(block + at), Fill('*' + 1));
    out |= Tops(gap) << at;
  }
#else
  for (unsigned at = 0; at < 64; ++at) {
    out |= std::uint64_t{!LongRuns::IsPart(block[at])} << at;
  }
#endif
  return out;
}

// The first of every 16 bits in a row that are 1.
std::uint64_t Sixteens(std::uint64_t bits) {
  bits &= bits >> 1;
  bits &= bits >> 2;
  bits &= bits >> 4;
  return bits & bits >> 8;
}

}  // namespace

bool LongRuns::Next(ByteRun* run) {
  while (true) {
    for (; inside_ != 0; inside_ &= inside_ - 1) {
      const std::size_t seen =
          at_ - kBlock + static_cast<unsigned>(std::countr_zero(inside_));
      if (seen < done_) continue;
      run->begin = run->end = seen;
      while (run->begin > done_ && IsPart(text_[run->begin - 1])) --run->begin;
      while (run->end < text_.size() && IsPart(text_[run->end])) ++run->end;
      done_ = run->end;
      return true;
    }
    if (at_ >= text_.size()) return false;
    AskAhead(text_.data() + at_, kTextAhead);
    std::uint64_t gaps = 0;
    if (text_.size() - at_ >= kBlock) {
      gaps = GapsOf(text_.data() + at_);
    } else {
      std::array<char, kBlock> rest{};
      text_.copy(rest.data(), kBlock, at_);
      gaps = GapsOf(rest.data());
    }
    at_ += kBlock;
    inside_ = Sixteens(~gaps);
    const unsigned head = static_cast<unsigned>(std::countr_zero(gaps));
    if (head != 0 && head + tail_ >= kShortest) inside_ |= 1;
    tail_ = static_cast<unsigned>(std::countl_zero(gaps));
  }
}

}  // namespace phiwire
