// SPDX-License-Identifier: Apache-2.0
//
// Sixteen bytes at a time with SSE2, which all of x86-64 has: what the passes
// over whole texts are made of. Elsewhere they loop.

#ifndef PHIWIRE_ENGINE_BYTE_LANES_H_
#define PHIWIRE_ENGINE_BYTE_LANES_H_

#if defined(__SSE2__)

#include <emmintrin.h>

#include <cstdint>

namespace phiwire {

inline __m128i LoadLanes(const char* bytes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}

inline __m128i Fill(int byte) { return _mm_set1_epi8(static_cast<char>(byte)); }

// The highest bits of the bytes, the first byte's lowest.
inline std::uint64_t Tops(__m128i bytes) {
  return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
}

// Bytes of [first, first + count), all without sign.
inline __m128i InRange(__m128i bytes, char first, int count) {
  const __m128i shifted = _mm_add_epi8(bytes, Fill(0x80 - first));
  return _mm_cmplt_epi8(shifted, Fill(count - 0x80));
}

}  // namespace phiwire

#endif

#endif  // PHIWIRE_ENGINE_BYTE_LANES_H_
