// SPDX-License-Identifier: Apache-2.0
//
// The next of a few bytes in a text: sixteen at a time where the processor can
// (SSE2, which all of x86-64 has), else by a table. Delimiters of HL7 stand
// five bytes apart, so the way out must cost little.
//
// Immutable, safe from any thread.

#ifndef PHIWIRE_FORMATS_HL7V2_BYTE_SCAN_H_
#define PHIWIRE_FORMATS_HL7V2_BYTE_SCAN_H_

#include <array>
#include <cstddef>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>

#include <bit>
#endif

namespace phiwire::hl7v2 {

class ByteScan {
 public:
  static constexpr std::size_t kMost = 6;

  // At most kMost bytes; with `high`, bytes over 0x7F too.
  explicit ByteScan(std::string_view bytes, bool high = false) : high_(high) {
    for (std::size_t i = 0; i < kMost; ++i) {
      const char c = bytes[i < bytes.size() ? i : 0];
      set_[i] = c;
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

 private:
#if defined(__SSE2__)
  unsigned Find16(const char* at) const {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    __m128i any = _mm_cmpeq_epi8(block, _mm_set1_epi8(set_[0]));
    for (std::size_t i = 1; i < kMost; ++i) {
      any = _mm_or_si128(any, _mm_cmpeq_epi8(block, _mm_set1_epi8(set_[i])));
    }
    if (high_) any = _mm_or_si128(any, block);  // its sign bits
    return static_cast<unsigned>(_mm_movemask_epi8(any));
  }
#endif

  std::array<char, kMost> set_{};
  std::array<bool, 256> is_in_{};
  bool high_;
};

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_BYTE_SCAN_H_
