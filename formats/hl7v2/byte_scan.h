// SPDX-License-Identifier: Apache-2.0
//
// The next of a few bytes in a text: sixteen at a time where the processor can
// (SSE2, which all of x86-64 has), else by a table. Delimiters of HL7 stand
// five bytes apart, so the way out must cost little.
//
// ByteScan is immutable, safe from any thread; a ByteWalk is one thread's.

#ifndef PHIWIRE_FORMATS_HL7V2_BYTE_SCAN_H_
#define PHIWIRE_FORMATS_HL7V2_BYTE_SCAN_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace phiwire::hl7v2 {

class ByteScan {
 public:
  static constexpr std::size_t kMost = 6;

  // At most kMost bytes; with `high`, bytes over 0x7F too.
  explicit ByteScan(std::string_view bytes, bool high = false) : high_(high) {
    for (std::size_t i = 0; i < kMost; ++i) {
      const char c = bytes[i < bytes.size() ? i : 0];
      lanes_[i].fill(c);
      is_in_[static_cast<unsigned char>(c)] = true;
    }
    if (!high) return;
    for (std::size_t i = 0x80; i < is_in_.size(); ++i) is_in_[i] = true;
  }

  // The place of the next one in text[at, end), or `end`; end <= text.size().
  std::size_t Next(std::string_view text, std::size_t at,
                   std::size_t end) const {
#if defined(__SSE2__)
    constexpr std::size_t kStep = 16;
    for (; at + kStep <= text.size() && at < end; at += kStep) {
      const unsigned found = Find16(text.data() + at);
      if (found == 0) continue;
      at += static_cast<std::size_t>(std::countr_zero(found));
      return at < end ? at : end;
    }
#endif
    while (at < end && !is_in_[static_cast<unsigned char>(text[at])]) ++at;
    return at < end ? at : end;
  }

  // Of 64 bytes the places of those looked for, a bit each.
  std::uint64_t Find64(const char* at) const {
    std::uint64_t found = 0;
#if defined(__SSE2__)
    for (unsigned i = 0; i < 64; i += 16) {
      found |= std::uint64_t{Find16(at + i)} << i;
    }
#else
    for (unsigned i = 0; i < 64; ++i) {
      found |= std::uint64_t{is_in_[static_cast<unsigned char>(at[i])]} << i;
    }
#endif
    return found;
  }

 private:
#if defined(__SSE2__)
  unsigned Find16(const char* at) const {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    __m128i any = _mm_setzero_si128();
    for (const Lanes& lanes : lanes_) {
      any = _mm_or_si128(
          any,
          _mm_cmpeq_epi8(block, _mm_load_si128(reinterpret_cast<const __m128i*>(
                                    lanes.data()))));
    }
    if (high_) any = _mm_or_si128(any, block);  // its sign bits
    return static_cast<unsigned>(_mm_movemask_epi8(any));
  }
#endif

  // Each of the bytes, as often as it is compared at once.
  using Lanes = std::array<char, 16>;
  alignas(16) std::array<Lanes, kMost> lanes_{};
  std::array<bool, 256> is_in_{};
  bool high_;
};

// All of them in text[at, end), one after the other.
class ByteWalk {
 public:
  ByteWalk(const ByteScan& scan, std::string_view text, std::size_t at,
           std::size_t end)
      : scan_(scan), text_(text), base_(at), end_(end) {
    if (base_ < end_) found_ = Block();
  }

  // The next place; `end` when there is none.
  std::size_t Next() {
    while (found_ == 0) {
      if (base_ >= end_ || end_ - base_ <= kBlock) return end_;
      base_ += kBlock;
      found_ = Block();
    }
    const std::size_t at =
        base_ + static_cast<std::size_t>(std::countr_zero(found_));
    found_ &= found_ - 1;
    if (at < end_) return at;
    found_ = 0;
    base_ = end_;
    return end_;
  }

 private:
  static constexpr std::size_t kBlock = 64;

  std::uint64_t Block() const {
    if (text_.size() - base_ >= kBlock) return scan_.Find64(&text_[base_]);
    std::array<char, kBlock> rest{};
    std::memcpy(rest.data(), &text_[base_], text_.size() - base_);
    return scan_.Find64(rest.data());
  }

  const ByteScan& scan_;
  std::string_view text_;
  std::size_t base_;
  std::size_t end_;
  std::uint64_t found_ = 0;  // in text[base, base + 64)
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_BYTE_SCAN_H_
