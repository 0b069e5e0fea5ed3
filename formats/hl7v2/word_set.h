// SPDX-License-Identifier: Apache-2.0
//
// Sets of short words, made when compiled: a look is a load or two. Immutable.
//
//   constexpr WordSet<2> kYesNo({"Y", "N"});   kYesNo.Has("Y")

#ifndef PHIWIRE_FORMATS_HL7V2_WORD_SET_H_
#define PHIWIRE_FORMATS_HL7V2_WORD_SET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire::hl7v2 {

// A word of one to eight bytes as a number; not 0 unless it begins with NUL.
inline constexpr std::size_t kMostBytes = sizeof(std::uint64_t);
constexpr std::uint64_t KeyOf(std::string_view word) {
  std::uint64_t key = 0;
  for (const char c : word) key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

// Such words, none of them twice.
template <std::size_t kCount>
class WordSet {
 public:
  constexpr explicit WordSet(
      const std::array<std::string_view, kCount>& words) {
    for (const std::string_view word : words) {
      std::size_t at = Place(KeyOf(word));
      while (keys_[at] != 0) at = (at + 1) % kPlaces;
      keys_[at] = KeyOf(word);
    }
  }

  constexpr bool Has(std::string_view word) const {
    if (word.empty() || word.size() > kMostBytes || word.front() == '\0') {
      return false;
    }
    const std::uint64_t key = KeyOf(word);
    for (std::size_t at = Place(key); keys_[at] != 0; at = (at + 1) % kPlaces) {
      if (keys_[at] == key) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t PlacesFor(std::size_t count) {
    std::size_t places = 4;
    while (places < 4 * count) places *= 2;
    return places;
  }
  static constexpr std::size_t kPlaces = PlacesFor(kCount);
  static constexpr std::size_t Place(std::uint64_t key) {
    return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 40) % kPlaces;
  }

  std::array<std::uint64_t, kPlaces> keys_ = {};
};

template <class... Words>
constexpr auto WordSetOf(Words... words) {
  return WordSet<sizeof...(words)>({std::string_view(words)...});
}

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_WORD_SET_H_
