// SPDX-License-Identifier: Apache-2.0
//
// What the bytes of a text are, 64 at a time, a bit each: the tokeniser walks
// bits instead of bytes. SSE2 where there is any (all of x86-64), else a loop;
// AVX2 for a caller that is compiled for it and has asked HasWide.

#ifndef PHIWIRE_ENGINE_CHAR_BLOCKS_H_
#define PHIWIRE_ENGINE_CHAR_BLOCKS_H_

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire {

inline constexpr std::size_t kCharBlock = 64;

struct CharBits {
  std::uint64_t alnum = 0;  // ASCII letters and digits
  std::uint64_t space = 0;  // control characters too, but no line feed
  std::uint64_t line = 0;   // line feeds
  std::uint64_t odd = 0;    // apostrophes, characters beyond ASCII
  std::uint64_t gap = 0;    // what is no part of a long run (long_runs.h)
};

// Of block[0, 64).
CharBits CharBitsOf(const char* block);

#if defined(__x86_64__)
#define PHIWIRE_HAS_WIDE 1
// For functions that HasWide must be asked for.
#define PHIWIRE_WIDE [[gnu::target("avx2,bmi,bmi2")]]

inline bool HasWide() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

namespace internal {
PHIWIRE_WIDE inline __m256i Fill(int byte) {
  return _mm256_set1_epi8(static_cast<char>(byte));
}
PHIWIRE_WIDE inline std::uint64_t Tops(__m256i bytes) {
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
}
}  // namespace internal

// The same as CharBitsOf.
PHIWIRE_WIDE inline CharBits CharBitsOfWide(const char* block) {
  using internal::Fill;
  using internal::Tops;
  CharBits out;
  for (unsigned at = 0; at < kCharBlock; at += 32) {
    const __m256i bytes =
        _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + at));
    const __m256i low = _mm256_or_si256(bytes, Fill(0x20));
    // In the ranges a-z and 0-9, all without sign.
    const __m256i letter = _mm256_cmpgt_epi8(
        Fill(26 - 0x80), _mm256_add_epi8(low, Fill(0x80 - 'a')));
    const __m256i digit = _mm256_cmpgt_epi8(
        Fill(10 - 0x80), _mm256_add_epi8(bytes, Fill(0x80 - '0')));
    const std::uint64_t line = Tops(_mm256_cmpeq_epi8(bytes, Fill('\n')));
    const __m256i blank = _mm256_or_si256(
        _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, Fill(' ')), bytes),
        _mm256_cmpeq_epi8(bytes, Fill(0x7F)));
    const __m256i quote = _mm256_cmpeq_epi8(bytes, Fill('\''));
    out.alnum |= Tops(_mm256_or_si256(letter, digit)) << at;
    out.space |= (Tops(blank) & ~line) << at;
    out.line |= line << at;
    out.odd |= Tops(_mm256_or_si256(bytes, quote)) << at;
    out.gap |= Tops(_mm256_cmpgt_epi8(Fill('*' + 1), bytes)) << at;
  }
  return out;
}
#endif

// Of the bytes from `begin` on; spaces stand behind the text's end. bits_of is
// one of the functions above.
template <class BitsOf>
[[gnu::always_inline]] inline CharBits CharBitsAt(std::string_view text,
                                                  std::size_t begin,
                                                  BitsOf bits_of) {
  if (text.size() - begin >= kCharBlock) return bits_of(text.data() + begin);
  std::array<char, kCharBlock> rest;
  rest.fill(' ');
  text.copy(rest.data(), kCharBlock, begin);
  return bits_of(rest.data());
}

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CHAR_BLOCKS_H_
