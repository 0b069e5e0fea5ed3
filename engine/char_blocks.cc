// SPDX-License-Identifier: Apache-2.0

#include "engine/char_blocks.h"

#include "engine/byte_lanes.h"

namespace phiwire {

#if defined(__SSE2__)

CharBits CharBitsOf(const char* block) {
  CharBits out;
  for (unsigned at = 0; at < kCharBlock; at += 16) {
    const __m128i bytes = LoadLanes(block + at);
    const std::uint64_t alnum =
        Tops(_mm_or_si128(InRange(_mm_or_si128(bytes, Fill(0x20)), 'a', 26),
                          InRange(bytes, '0', 10)));
    const std::uint64_t line = Tops(_mm_cmpeq_epi8(bytes, Fill('\n')));
    const std::uint64_t blank =
        Tops(_mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(bytes, Fill(' ')), bytes),
                          _mm_cmpeq_epi8(bytes, Fill(0x7F))));
    out.alnum |= alnum << at;
    out.space |= (blank & ~line) << at;
    out.line |= line << at;
    const __m128i quote = _mm_cmpeq_epi8(bytes, Fill('\''));
    out.odd |= Tops(_mm_or_si128(bytes, quote)) << at;
    out.gap |= Tops(_mm_cmplt_epi8(bytes, Fill('*' + 1))) << at;
  }
  return out;
}

#else

CharBits CharBitsOf(const char* block) {
  CharBits out;
  for (unsigned at = 0; at < kCharBlock; ++at) {
    const auto c = static_cast<unsigned char>(block[at]);
    const std::uint64_t bit = std::uint64_t{1} << at;
    const bool upper = c >= 'A' && c <= 'Z';
    const bool digit = c >= '0' && c <= '9';
    if (upper || digit || (c >= 'a' && c <= 'z')) out.alnum |= bit;
    if (c != '\n' && (c <= ' ' || c == 0x7F)) out.space |= bit;
    if (c == '\n') out.line |= bit;
    if (c >= 0x80 || c == '\'') out.odd |= bit;
    if (c >= 0x80 || c <= '*') out.gap |= bit;
  }
  return out;
}

#endif

}  // namespace phiwire
