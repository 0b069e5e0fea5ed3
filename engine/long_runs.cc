// SPDX-License-Identifier: Apache-2.0

#include "engine/long_runs.h"

#include <array>
#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace phiwire {
namespace {

// A bit for each of 64 bytes that may not be part of a run.
std::uint64_t GapsOf(const char* block) {
  std::uint64_t out = 0;
#if defined(__SSE2__)
  for (unsigned at = 0; at < 64; at += 16) {
    const __m128i bytes =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + at));
    const __m128i gap = _mm_cmplt_epi8(bytes, _mm_set1_epi8('*' + 1));
    out |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(gap))}
           << at;
  }
#else
  for (unsigned at = 0; at < 64; ++at) {
    out |= std::uint64_t{!LongRuns::IsPart(block[at])} << at;
  }
#endif
  return out;
}

// The top bit of every byte that is zero.
std::uint64_t ZeroBytes(std::uint64_t v) {
  constexpr std::uint64_t kLow = 0x7F7F7F7F7F7F7F7Fu;
  return ~(((v & kLow) + kLow) | v | kLow);
}

}  // namespace

bool LongRuns::Next(ByteRun* run) {
  while (true) {
    for (; eights_ != 0; eights_ &= eights_ - 1) {
      // The top bit of an eight is marked.
      const auto bit = static_cast<unsigned>(std::countr_zero(eights_)) - 7;
      if (at_ - kBlock + bit < done_) continue;
      *run = Around(bit);
      done_ = run->end;
      if (run->end - run->begin >= kShortest) return true;
    }
    if (at_ >= text_.size()) return false;
    if (text_.size() - at_ >= kBlock) {
      gaps_ = GapsOf(text_.data() + at_);
    } else {
      std::array<char, kBlock> rest{};
      text_.copy(rest.data(), kBlock, at_);
      gaps_ = GapsOf(rest.data());
    }
    // Every run of kShortest has eight bytes in it that begin at a multiple of
    // eight.
    eights_ = ZeroBytes(gaps_);
    at_ += kBlock;
  }
}

ByteRun LongRuns::Around(unsigned bit) const {
  const std::size_t block = at_ - kBlock;
  const std::uint64_t before = gaps_ & ((std::uint64_t{1} << bit) - 1);
  const std::uint64_t behind = gaps_ >> bit;
  ByteRun run{block, at_};
  if (before != 0) {
    run.begin += static_cast<unsigned>(std::bit_width(before));
  } else {
    while (run.begin > done_ && IsPart(text_[run.begin - 1])) --run.begin;
  }
  if (behind != 0) {
    run.end = block + bit + static_cast<unsigned>(std::countr_zero(behind));
  } else {
    while (run.end < text_.size() && IsPart(text_[run.end])) ++run.end;
  }
  return run;
}

}  // namespace phiwire
